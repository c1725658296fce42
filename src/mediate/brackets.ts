/** Follows the brackets and texts of JSON, character by character; texts count only inside brackets. */
export class Brackets {
  /** Brackets that are open. */
  depth = 0;
  /** Whether the last character stands inside a text, its closing quote not counted. */
  inText = false;
  /** Whether a bracket was opened at all. */
  begun = false;
  private escaped = false;

  look(char: string): void {
    if (this.escaped) this.escaped = false;
    else if (this.inText) {
      if (char === "\\") this.escaped = true;
      else if (char === '"') this.inText = false;
    } else if (char === "{" || char === "[") {
      this.begun = true;
      this.depth++;
    } else if (char === "}" || char === "]") this.depth = Math.max(0, this.depth - 1);
    else if (char === '"' && this.depth > 0) this.inText = true;
  }
}
