import type { Timer } from "../ports/timer.ts";
import type { Code, CodeLanguage } from "./code.ts";
import type { CodeLook, Line } from "./line.ts";

/** What reads code: a module of its own, since it is large. */
export interface Colourist {
  /**
   * Makes ready for a language.
   *
   * @param language such as `python`
   * @returns gives the lines of a text in their colours; throws where it cannot
   */
  readerOf(language: CodeLanguage): Promise<(text: string) => readonly Line[]>;
}

/** Most texts whose colours are kept, and most that wait for them; of more the oldest are left out. One view shows fewer than are kept. */
const MOST = { kept: 1_000, waiting: 400 };

/** As many texts get their colours before the screen is painted with them. */
const AT_ONCE = 8;

/**
 * Gives code its colours beside the painting: a text is shown plain until it is its turn, one text in each turn of the program, so that no key
 * waits for more than one. What reads code is loaded with the first text.
 */
export class CodeColours implements CodeLook {
  readonly #load: () => Promise<Colourist>;
  readonly #after: Timer;
  readonly #coloured: () => void;
  /** By text, of each language; null where it cannot be read. */
  readonly #known = new Map<string, readonly Line[] | null>();
  readonly #waiting = new Map<string, Code>();
  readonly #readers = new Map<CodeLanguage, ((text: string) => readonly Line[]) | null>();
  #colourist: Colourist | null = null;
  #isAtWork = false;
  #isClosed = false;
  #callOff: () => void = () => {};
  version = 0;

  /**
   * @param load loads what reads code
   * @param after counts turns
   * @param coloured hears that texts have got their colours
   */
  constructor(load: () => Promise<Colourist>, after: Timer, coloured: () => void) {
    this.#load = load;
    this.#after = after;
    this.#coloured = coloured;
  }

  of(code: Code): readonly Line[] | null {
    const key = keyOf(code);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#isClosed || this.#waiting.has(key)) return null;
    this.#waiting.set(key, code);
    dropOldest(this.#waiting, MOST.waiting);
    if (!this.#isAtWork) void this.#work();
    return null;
  }

  /** Gives no colours any more to what has none. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
    this.#callOff();
  }

  /** Settles when nothing waits for its colours, or when it is closed; a text that cannot be read stays plain. */
  async #work(): Promise<void> {
    this.#isAtWork = true;
    for (let done = 1; this.#waiting.size > 0; done++) {
      const [[key, code] = ["", null]] = this.#waiting;
      if (code === null) break;
      const lines = await this.#read(code);
      this.#waiting.delete(key);
      if (this.#isClosed) break;
      this.#known.set(key, lines);
      dropOldest(this.#known, MOST.kept);
      if (this.#waiting.size === 0 || done % AT_ONCE === 0) {
        this.version += 1;
        this.#coloured();
      }
      await this.#turn();
    }
    this.#isAtWork = false;
  }

  async #read({ language, text }: Code): Promise<readonly Line[] | null> {
    try {
      this.#colourist ??= await this.#load();
      if (!this.#readers.has(language)) this.#readers.set(language, await this.#colourist.readerOf(language));
    } catch {
      // What reads it has a fault of its own: the text is the same without colours.
      this.#readers.set(language, null);
    }
    try {
      return this.#readers.get(language)?.(text) ?? null;
    } catch {
      // A text that it fails on says nothing of the next one.
      return null;
    }
  }

  #turn(): Promise<void> {
    const turn = Promise.withResolvers<void>();
    const callOff = this.#after(0, turn.resolve);
    this.#callOff = () => {
      callOff();
      turn.resolve();
    };
    return turn.promise;
  }
}

/** Strings that are joined once: the same code is asked for with each of its rows. */
const keys = new WeakMap<Code, string>();

function keyOf(code: Code): string {
  let key = keys.get(code);
  if (key === undefined) keys.set(code, key = `${code.language}\n${code.text}`);
  return key;
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}
