import { neutralise, rowEnd } from "./text.ts";

/** An escape sequence at the end of a chunk that may not be whole yet, a `\r` that may have its `\n` to come, or half a surrogate pair. */
const UNFINISHED =
  // deno-lint-ignore no-control-regex
  /(?:\x1b(?:[\]PX^_][^\x07\x1b\x9c\n]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)?|[\x90\x98\x9d-\x9f][^\x07\x9c\n]*|\x9b[0-?]*[ -/]*|\r|[\ud800-\udbff])$/;
const MOST_HELD = 4096;

/** Rows of a text that grows: what was wrapped stays wrapped, so that a long stream costs only its new part. */
export class StreamRows {
  #raw = "";
  #clean = "";
  #held = "";
  #width = 0;
  #rows: string[] = [];
  #start = 0;

  /**
   * Takes the text as it is now.
   *
   * @param raw whole text so far, as the model wrote it
   * @param width cells of a row
   * @returns its rows; the array is kept and grows, callers do not change it
   */
  update(raw: string, width: number): readonly string[] {
    const grown = raw.length >= this.#raw.length && raw.startsWith(this.#raw);
    if (!grown) {
      this.#clean = "";
      this.#held = "";
    }
    const added = grown ? raw.slice(this.#raw.length) : raw;
    if (grown && added === "" && width === this.#width) return this.#rows;
    this.#raw = raw;
    const waiting = this.#held + added;
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
    this.#clean += clean.slice(0, clean.length - guard.length);
    if (!grown || width !== this.#width) {
      this.#width = width;
      this.#rows = [];
      this.#start = 0;
    } else {
      this.#rows.pop();
    }
    this.#wrapRest();
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

  #wrapRest(): void {
    for (;;) {
      const row = rowEnd(this.#clean, this.#start, Math.max(2, this.#width));
      this.#rows.push(this.#clean.slice(this.#start, row.end));
      if (row.next === null) return;
      this.#start = row.next;
    }
  }
}
