import { Buffer } from "node:buffer";
import { safe } from "../kernel/say.ts";
import { counted } from "../kernel/text.ts";
import type { Programs } from "./programs.ts";

/** Bytes that are copied at most: from 100,000 of the whole sequence on, terminals pass over it. */
const MOST_BYTES = 74_994;

/** Time that tmux has to take a text, in milliseconds. */
const TMUX_MS = 3_000;

/** Letters of a sequence that screen hands on at a time. */
const SCREEN_CHUNK = 76;

/** What is asked of the environment about the terminal. */
export interface ClipboardEnvironment {
  readonly TERM?: string;
  readonly TMUX?: string;
  /** Set by GNU screen. */
  readonly STY?: string;
}

/** Puts text into the clipboard of whoever sits at the terminal, also over a connection: by OSC 52, and inside tmux by tmux. */
export class Clipboard {
  readonly #write: (text: string) => void;
  readonly #env: ClipboardEnvironment;
  readonly #programs: Programs | null;

  /**
   * @param write writes to the terminal at once
   * @param env the terminal
   * @param programs starts tmux; null where nothing can be started
   */
  constructor(write: (text: string) => void, env: ClipboardEnvironment, programs: Programs | null) {
    this.#write = write;
    this.#env = env;
    this.#programs = programs;
  }

  /**
   * Copies a text, without what a terminal would obey in it.
   *
   * @param name what it is: `message m7`
   * @param text the text
   * @returns what became of it, in a sentence
   */
  async copy(name: string, text: string): Promise<string> {
    const { TERM, TMUX } = this.#env;
    if (TERM === "linux" || TERM === "dumb") {
      return `This terminal (TERM=${TERM}) has no clipboard that a program can write: nothing was copied.`;
    }
    const whole = safe(text).replace(/(?<!\s)\s+$/, "");
    if (whole === "") return `There is nothing to copy of ${name}.`;
    const copied = bounded(whole);
    const how = TMUX ? await this.#byTmux(copied) : this.#bySequence(copied);
    const all = linesOf(whole);
    const said = copied === whole ? counted(all, "line") : `the first ${linesOf(copied)} of ${all} lines, no more fit`;
    return `Copied ${name}: ${said}${how}.`;
  }

  #bySequence(text: string): string {
    const sequence = `\x1b]52;c;${Buffer.from(text).toString("base64")}\x07`;
    // screen hands on what stands between these marks, a little at a time.
    const chunks = Array.from(
      { length: Math.ceil(sequence.length / SCREEN_CHUNK) },
      (_, index) => sequence.slice(index * SCREEN_CHUNK, (index + 1) * SCREEN_CHUNK),
    );
    this.#write(this.#env.STY ? chunks.map((chunk) => `\x1bP${chunk}\x1b\\`).join("") : sequence);
    return ", by OSC 52";
  }

  /** tmux takes no sequence of a program unless it was told to, but it takes a buffer, and hands that on. */
  async #byTmux(text: string): Promise<string> {
    const taken = await this.#programs?.feed(
      ["tmux", "load-buffer", "-w", "-"],
      text,
      AbortSignal.timeout(TMUX_MS),
    );
    if (taken === true) return ", into tmux's buffer and its clipboard (set-clipboard)";
    const sequence = `\x1b]52;c;${Buffer.from(text).toString("base64")}\x07`;
    this.#write(`\x1bPtmux;${sequence.replaceAll("\x1b", "\x1b\x1b")}\x1b\\`);
    return ", by OSC 52 through tmux, where allow-passthrough is on";
  }
}

/** A text as far as it fits: whole lines, where the first one does. */
function bounded(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_BYTES) return text;
  const cut = bytes.subarray(0, MOST_BYTES).toString().replace(/\ufffd{1,3}$/, "");
  const end = cut.lastIndexOf("\n");
  return end <= 0 ? cut : cut.slice(0, end);
}

function linesOf(text: string): number {
  return text.split("\n").length;
}
