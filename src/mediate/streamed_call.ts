import { Brackets } from "./brackets.ts";

/** What a letter behind a backslash stands for; a back space and a form feed are nothing to be shown. */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "", f: "" };

/**
 * Makes a reply that a schema holds to `{reason, name, arguments}` readable while it is written: the reason, and on a line of its
 * own `→` with the name. A reply that is no object is text as it stands. Each character is looked at once.
 */
export class StreamedCall {
  private readonly brackets = new Brackets();
  private begun: "" | "call" | "text" = "";
  /** What came before it was clear what the reply is. */
  private blank = "";
  /** Member of the outer object whose value is being written; null where a name is to come. */
  private member: string | null = null;
  private word = "";
  private escape = "";
  private isEmpty = true;

  /** @param piece the text that came @returns what it adds to the text that is shown */
  feed(piece: string): string {
    if (this.begun === "") {
      this.blank += piece;
      const start = this.blank.trimStart();
      if (start === "") return "";
      this.begun = start.startsWith("{") ? "call" : "text";
      return this.feed(this.blank);
    }
    if (this.begun === "text") return piece;
    let shown = "";
    for (const unit of piece.split("")) shown += this.add(unit);
    return shown;
  }

  private add(unit: string): string {
    const wasInText = this.brackets.inText;
    this.brackets.look(unit);
    if (this.brackets.depth !== 1) return "";
    if (wasInText) return this.brackets.inText ? this.within(this.unescaped(unit)) : "";
    if (this.brackets.inText) return this.lead();
    if (unit === ":") this.member = this.word;
    else if (unit === ",") this.member = null;
    return "";
  }

  /** What stands before a text that begins. */
  private lead(): string {
    this.word = "";
    if (!this.isShown()) return "";
    return (this.isEmpty ? "" : "\n") + this.within(this.member === "name" ? "→ " : "");
  }

  private within(text: string): string {
    if (this.member === null) this.word += text;
    if (!this.isShown()) return "";
    if (text !== "") this.isEmpty = false;
    return text;
  }

  private isShown(): boolean {
    return this.member === "reason" || this.member === "name";
  }

  /** The text that a unit of a JSON string ends: itself, or what an escape stands for; empty inside an escape. */
  private unescaped(unit: string): string {
    if (this.escape === "" && unit !== "\\") return unit;
    this.escape += unit;
    const [, letter = "", ...digits] = this.escape;
    if (letter === "" || (letter === "u" && digits.length < 4)) return "";
    this.escape = "";
    if (letter !== "u") return ESCAPES[letter] ?? letter;
    const code = Number.parseInt(digits.join(""), 16);
    return Number.isNaN(code) ? "" : String.fromCharCode(code);
  }
}
