import { setImmediate } from "node:timers/promises";
import { isSecretPath, ToolError, type Workspace } from "../../src/plugin/mod.ts";
import { type LineFinder, LONGEST_MATCHED } from "./line_finder.ts";

/** Most places that one search shows. */
export const MOST_PLACES = 200;
/** Most characters of a found line. */
const MOST_OF_LINE = 200;
/** Time that a search has, in milliseconds. */
export const SEARCH_BOUND_MS = 30_000;
/** Time that a search works before everything else has its turn, in milliseconds. */
const TURN_MS = 30;

/** A search through files: what it found and passed over, and when it has to stop. */
export class Search {
  readonly found: string[] = [];
  /** Files that were looked at. */
  searched = 0;
  /** Files that hold no text. */
  unread = 0;
  /** Files that may hold secrets. */
  secret = 0;
  /** Lines longer than an expression sees. */
  cut = 0;
  readonly #deadline = performance.now() + SEARCH_BOUND_MS;
  #turn = performance.now();
  #late = false;

  constructor(readonly finds: LineFinder, readonly signal: AbortSignal) {}

  /** Whether nothing more is looked at: enough was found, or the time is over. */
  isOver(): boolean {
    return this.#late || this.found.length > MOST_PLACES;
  }

  /** Whether the time ended it. */
  isLate(): boolean {
    return this.#late;
  }

  /**
   * Looks through files.
   *
   * @param named the file that the call names itself, about which a person was asked where it may hold secrets
   * @throws the signal's reason when it is aborted
   */
  async through(files: readonly string[], named: string, workspace: Workspace): Promise<void> {
    for (const file of files) {
      if (this.isOver()) return;
      this.searched++;
      // Their lines would go to a model.
      if (file !== named && isSecretPath(file)) this.secret++;
      else await this.#look(file, await textOf(file, workspace));
    }
  }

  async #look(file: string, text: string | null): Promise<void> {
    this.signal.throwIfAborted();
    if (performance.now() - this.#turn > TURN_MS) await this.#giveTurn();
    if (text === null) this.unread++;
    for (const [index, line] of text?.split("\n").entries() ?? []) {
      if (performance.now() - this.#turn > TURN_MS) await this.#giveTurn();
      if (this.isOver()) return;
      if (line.length > LONGEST_MATCHED) this.cut++;
      if (!this.finds(line)) continue;
      const plain = line.trim();
      const shown = plain.length > MOST_OF_LINE ? `${plain.slice(0, MOST_OF_LINE)}…` : plain;
      this.found.push(`${file}:${index + 1}: ${shown}`);
    }
  }

  /** Lets everything else have its turn, so that a search through much leaves the program alive and can be ended. */
  async #giveTurn(): Promise<void> {
    await setImmediate();
    this.signal.throwIfAborted();
    this.#turn = performance.now();
    this.#late = this.#turn > this.#deadline;
  }
}

/** The text of a file, null where it holds none. */
async function textOf(file: string, workspace: Workspace): Promise<string | null> {
  try {
    return (await workspace.read(file)).text;
  } catch (cause) {
    if (cause instanceof ToolError) return null;
    throw cause;
  }
}
