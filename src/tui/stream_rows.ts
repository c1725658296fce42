import { TidyText } from "./tidy_text.ts";
import { neutralise, wrap } from "./text.ts";

/** An escape sequence at the end of a chunk that may not be whole yet, a `\r` that may have its `\n` to come, or half a surrogate pair. */
const UNFINISHED =
  // deno-lint-ignore no-control-regex
  /(?:\x1b(?:[\]PX^_][^\x07\x1b\x9c\n]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)?|[\x90\x98\x9d-\x9f][^\x07\x9c\n]*|\x9b[0-?]*[ -/]*|\r|[\ud800-\udbff])$/;
const MOST_HELD = 4096;

/** Text that is being written, as a pane takes it. */
export interface Streaming {
  /** Words before it. */
  readonly lead: string;
  /** The text, in the pieces it came in; the same list grows, another list is another text. */
  readonly pieces: readonly string[];
}

/** Rows of a text that grows: each piece is taken once, and what was wrapped stays wrapped. */
export class StreamRows {
  #pieces: readonly string[] = [];
  #taken = 0;
  #tidy = new TidyText();
  #held = "";
  #width = 0;
  #rows: string[] = [];
  /** Text of the last row, which what comes next may change. */
  #last = "";

  /**
   * Takes what has come since the last time.
   *
   * @param streaming the text
   * @param width cells of a row; another one than before wraps the whole text anew
   * @returns its rows; the array is kept and grows, callers do not change it
   */
  update({ lead, pieces }: Streaming, width: number): readonly string[] {
    if (pieces !== this.#pieces || width !== this.#width) {
      this.#pieces = pieces;
      this.#width = width;
      this.#taken = 0;
      this.#tidy = new TidyText();
      this.#held = "";
      this.#rows = [];
      this.#last = lead;
    } else if (pieces.length === this.#taken) return this.#rows;
    const waiting = this.#held + this.#tidy.take(pieces.slice(this.#taken).join(""));
    this.#taken = pieces.length;
    const unfinished = this.#unfinished(waiting);
    this.#held = unfinished.length > MOST_HELD ? "" : unfinished;
    const settled = waiting.slice(0, waiting.length - this.#held.length);
    // An escape that is held back ends what stands before it otherwise than the end of the text would.
    const guard = this.#held.startsWith("\x1b")
      ? "\x1b"
      : this.#held.length > 1 && this.#held[0] === "\r"
      ? "\r\x1b"
      : "";
    const clean = neutralise(settled + guard);
    this.#wrap(this.#last + clean.slice(0, clean.length - guard.length));
    return this.#rows;
  }

  /** The end of a text that what comes next may change; a `\r` also where only sequences, which vanish, stand behind it. */
  #unfinished(waiting: string): string {
    const open = UNFINISHED.exec(waiting)?.[0].length ?? 0;
    const settled = waiting.slice(0, waiting.length - open);
    const back = settled.lastIndexOf("\r");
    const from = back >= 0 && settled.length - back < MOST_HELD && neutralise(settled.slice(back + 1)) === ""
      ? back
      : settled.length;
    return waiting.slice(from);
  }

  /** Puts a text in place of the last row. */
  #wrap(text: string): void {
    const rows = wrap(text, this.#width);
    this.#rows.pop();
    for (const row of rows) this.#rows.push(row);
    this.#last = text.slice(text.length - (rows.at(-1)?.length ?? 0));
  }
}
