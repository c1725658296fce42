import { NO_VALUE } from "./loose_cursor.ts";
import { putMember } from "./put_member.ts";
import { CLOSING_QUOTE, CUT, LooseStrings } from "./loose_strings.ts";

/** Deepest nesting that is still read. */
export const DEEPEST = 64;

/** A bare name; the underscores of Markdown come escaped. */
const BARE_KEY = /[\p{L}_$](?:[\p{L}\p{N}_$.-]|\\_)*/uy;
const NUMBER = /[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_/:.-])/uy;
const WORD = /(?:true|false|null|True|False|None|undefined)(?![\p{L}\p{N}_])/uy;
const WORDS: Readonly<Record<string, unknown>> = { true: true, True: true, false: false, False: false };
const BARE_TEXT = /[\p{L}\p{N}_./@*~$#+-][^,{}[\]()"'`<>\n]*/uy;

/** Reads objects, arrays and literals as models write them. */
export class LooseParser extends LooseStrings {
  /** Braces opened right after a brace. */
  private braces = 0;

  /** Reads one value. @returns the value, or {@link CUT} where the text ends inside it */
  value(): unknown {
    this.blanks();
    if (this.at > this.limit || this.open.length > DEEPEST) throw NO_VALUE;
    const char = this.text[this.at];
    if (char === undefined) return CUT;
    if (char === "{") return this.object();
    if (char === "[") return this.array("]");
    if (char === "(" && this.open.length > 0) return this.array(")");
    if (char in CLOSING_QUOTE) return this.string(char);
    if (/[rbfuRBFU]/.test(char) && /["']/.test(this.text[this.at + 1] ?? "")) {
      this.at++;
      return this.string(this.text[this.at] ?? "", /[rR]/.test(char));
    }
    return this.scalar();
  }

  /** Reads `(a=1, b="x")`. @param order names for arguments without one @returns the arguments */
  keywords(order: readonly string[]): Record<string, unknown> {
    this.at++;
    this.open.push(")");
    this.isPython = true;
    const result: Record<string, unknown> = {};
    let unnamed = 0;
    for (;;) {
      this.blanks();
      if (this.closes(")")) return result;
      const start = this.at;
      let key = this.match(BARE_KEY);
      this.blanks();
      const mark = this.text[this.at];
      if (key !== null && (mark === ":" || (mark === "=" && this.text[this.at + 1] !== "="))) {
        this.at++;
        if (mark === ":") this.mends.add("colons for equals signs");
      } else {
        this.at = start;
        key = order[unnamed++] ?? null;
        if (key === null) throw NO_VALUE;
        this.mends.add("arguments without names");
      }
      const value = this.wordFor(key, order) ?? this.value();
      if (value === CUT) {
        this.cut = true;
        this.keepBegun(result, key);
        return result;
      }
      putMember(result, key.replaceAll("\\_", "_"), value);
      this.separator(")");
    }
  }

  /** `city=Paris`: a bare word stands for a text, unless it is the argument's own name or another's. */
  private wordFor(key: string, order: readonly string[]): string | null {
    const start = this.at;
    this.blanks();
    WORD.lastIndex = this.at;
    const word = WORD.test(this.text) ? null : this.match(BARE_KEY);
    this.blanks();
    const next = this.text[this.at] ?? "";
    if (word !== null && ",)".includes(next) && next !== "" && word !== key && !order.includes(word)) {
      this.mends.add("a word without quotes");
      return word;
    }
    this.at = start;
    return null;
  }

  private object(): Record<string, unknown> {
    this.at++;
    this.blanks();
    if (this.text[this.at] === "{") return this.doubled();
    this.open.push("}");
    const result: Record<string, unknown> = {};
    for (;;) {
      this.blanks();
      // An object that was only opened says nothing yet.
      if (this.at >= this.text.length && Object.keys(result).length === 0) return this.endCut("}", result);
      if (this.closes("}")) return result;
      const key = this.key();
      if (key === null) return this.endCut("}", result);
      this.blanks();
      const mark = this.text[this.at];
      if (mark === undefined) return this.endCut("}", result);
      if (mark !== ":" && mark !== "=" && mark !== "：") throw NO_VALUE;
      this.at += this.text.startsWith("=>", this.at) ? 2 : 1;
      if (mark === "=") this.mends.add("equals signs for colons");
      if (mark === "：") this.mends.add("wide signs");
      const value = this.value();
      if (value === CUT) {
        this.keepBegun(result, key);
        return this.endCut("}", result);
      }
      putMember(result, key, value);
      this.separator("}");
    }
  }

  /** The member in which the text ended keeps what was said of it; the whole is known to be cut. */
  private keepBegun(result: Record<string, unknown>, key: string): void {
    if (this.begun !== null) putMember(result, key, this.begun);
    this.begun = null;
  }

  /** `{{…}}`, as templates write it. */
  private doubled(): Record<string, unknown> {
    this.mends.add("doubled braces");
    if (++this.braces > 3) throw NO_VALUE;
    const inner = this.object();
    this.braces--;
    this.blanks();
    if (this.text[this.at] === "}") this.at++;
    return inner;
  }

  private array(closer: string): unknown[] {
    this.at++;
    this.open.push(closer);
    if (closer === ")" && !this.isPython) this.mends.add("round brackets");
    const result: unknown[] = [];
    for (;;) {
      this.blanks();
      if (this.closes(closer)) return result;
      const value = this.value();
      if (value === CUT) return this.endCut(closer, result);
      result.push(value);
      this.separator(closer);
    }
  }

  private endCut<T>(closer: string, result: T): T {
    this.cut = true;
    this.mends.add("a bracket that is not closed");
    if (this.open.at(-1) === closer) this.open.pop();
    return result;
  }

  /** Whether the innermost bracket ends here, by its mark, by an outer one's, by a tag or fence, or with the text. */
  private closes(closer: string): boolean {
    const char = this.text[this.at];
    if (char === closer) this.at++;
    else {
      const outer = char !== undefined && "}])".includes(char) && this.open.includes(char);
      const ended = char === undefined || char === "<" || this.text.startsWith("```", this.at);
      if (!outer && !ended) return false;
      this.mends.add("a bracket that is not closed");
    }
    this.open.pop();
    return true;
  }

  private separator(closer: string): void {
    this.blanks();
    const char = this.text[this.at];
    if (char === "," || char === "，") {
      if (char === "，") this.mends.add("wide signs");
      this.at++;
      this.blanks();
      if (this.text[this.at] === closer) this.mends.add("a trailing comma");
      return;
    }
    if (char === undefined || char === "<" || "}])".includes(char) || this.text.startsWith("```", this.at)) return;
    this.mends.add(char === ";" ? "a semicolon for a comma" : "a missing comma");
    if (char === ";" && closer !== "]") this.at++;
    else if (closer !== "}" || !this.looksAtMember()) throw NO_VALUE;
  }

  private key(): string | null {
    const char = this.text[this.at] ?? "";
    this.bareKey = !(char in CLOSING_QUOTE);
    if (!this.bareKey) {
      const value = this.string(char, false, true);
      return typeof value === "string" ? value : null;
    }
    const bare = this.match(BARE_KEY);
    if (bare === null) throw NO_VALUE;
    this.mends.add("a key without quotes");
    return bare;
  }

  private scalar(): unknown {
    const number = this.match(NUMBER);
    if (number !== null) {
      if (this.at >= this.text.length && this.open.length > 0) return CUT;
      return Number(number.replaceAll("_", ""));
    }
    const word = this.match(WORD);
    if (word !== null) {
      if (!this.isPython && !/^(?:true|false|null)$/.test(word)) this.mends.add("words of Python");
      return WORDS[word] ?? null;
    }
    if (this.open.at(-1) !== "}") throw NO_VALUE;
    const bare = this.match(BARE_TEXT);
    if (bare === null) throw NO_VALUE;
    if (this.at >= this.text.length) return CUT;
    this.mends.add("a text without quotes");
    return bare.trim();
  }
}
