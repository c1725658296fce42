/**
 * Takes the holes out of a text that comes in pieces: blank lines at its beginning, all but one between two lines, and what is blank
 * at its end for as long as nothing follows.
 */
export class TidyText {
  #held = "";
  #begun = false;

  /** @param piece what comes next @returns what it adds to the tidy text */
  take(piece: string): string {
    const text = this.#held + piece;
    const settled = text.trimEnd();
    if (settled === "") {
      this.#held = text;
      return "";
    }
    this.#held = text.slice(settled.length);
    const shown = this.#begun ? settled : settled.replace(/^(?:[^\S\n]*\n)+/, "");
    this.#begun = true;
    return shown.replace(/\n(?:[^\S\n]*\n){2,}/g, "\n\n");
  }
}
