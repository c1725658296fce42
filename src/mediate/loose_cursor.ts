/** Thrown inside the loose readers only: what stands there is no value. */
export const NO_VALUE = new SyntaxError("no value");

/** Blanks, and line ends that were written as signs where no text is. */
const BLANKS = /(?:[\s\u00a0\ufeff]|\\[nrt](?![\w]))*/y;

/** A place in a text that moves on as things are read there. */
export class LooseCursor {
  /** What makes the writing no strict JSON. */
  protected readonly mends = new Set<string>();
  /** True once the text ended inside a value. */
  cut = false;
  /** What the text says of the value inside which it ended. */
  begun: string | null = null;
  /** Characters that were looked at beyond those that were read: they cost as much. */
  ahead = 0;
  /** Whether the writing is Python's, where single quotes and `True` are right. */
  protected isPython = false;
  /** Brackets that are open, outermost first, each as the mark that closes it. */
  protected readonly open: string[] = [];

  /**
   * @param text the whole text
   * @param at offset to begin at
   * @param limit offset beyond which reading gives up
   */
  constructor(protected readonly text: string, public at: number, protected readonly limit: number) {}

  /** What was mended so far, each once. */
  get mended(): readonly string[] {
    return [...this.mends];
  }

  protected blanks(): void {
    this.at = this.skipFrom(this.at, true);
  }

  protected skipFrom(start: number, mend = false): number {
    // Beyond its end a sticky expression would begin again at 0.
    let at = Math.min(start, this.text.length);
    for (;;) {
      BLANKS.lastIndex = at;
      const blank = BLANKS.exec(this.text)?.[0] ?? "";
      if (mend && blank.includes("\\")) this.mends.add("line ends written as signs");
      at += blank.length;
      const close = this.text.startsWith("//", at) || (this.text[at] === "#" && this.open.at(-1) !== undefined)
        ? "\n"
        : this.text.startsWith("/*", at)
        ? "*/"
        : null;
      if (close === null) return at;
      const end = this.text.indexOf(close, at + 1);
      at = end < 0 ? this.text.length : end + close.length;
      if (mend) this.mends.add("comments");
    }
  }

  protected match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  protected looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }
}
