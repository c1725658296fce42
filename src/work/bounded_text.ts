/** Text that may grow without bound while only its beginning and its end are kept. */
export class BoundedText {
  #head = "";
  #tail = "";
  #cut = 0;

  /**
   * @param mostHead characters kept of the beginning
   * @param mostTail characters kept of the end
   */
  constructor(readonly mostHead: number, readonly mostTail: number) {}

  /** Characters left out of the middle. */
  get cut(): number {
    return this.#cut + Math.max(0, this.#tail.length - this.mostTail);
  }

  /** Adds text at the end. */
  add(text: string): void {
    const free = this.mostHead - this.#head.length;
    if (free > 0) {
      this.#head += text.slice(0, free);
      text = text.slice(free);
    }
    this.#tail += text;
    // Cut in large steps, so that many small pieces do not copy the tail each time.
    if (this.#tail.length > 2 * this.mostTail + 65_536) {
      this.#cut += this.#tail.length - this.mostTail;
      this.#tail = this.#tail.slice(-this.mostTail);
    }
  }

  /** The text, saying in its middle how much was left out. */
  toString(): string {
    const cut = this.cut;
    if (cut === 0) return this.#head + this.#tail;
    const tail = this.mostTail === 0 ? "" : this.#tail.slice(-this.mostTail);
    return `${this.#head}\n[... ${cut} characters left out ...]\n${tail}`;
  }
}

/**
 * Bounds a text by leaving out its middle.
 *
 * @param most characters to keep; a third of them of the beginning, since the end of an output says most
 * @returns the text, or its beginning and end with a note between
 */
export function boundText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most / 3);
  const bounded = new BoundedText(head, most - head);
  bounded.add(text);
  return bounded.toString();
}
