import { LooseCursor, NO_VALUE } from "./loose_cursor.ts";
import type { Span } from "./spans.ts";

/** A value that the end of the text has cut. */
export const CUT = Symbol("cut");

/** Marks that open a string, each with the one that closes it. */
export const CLOSING_QUOTE: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "‘": "’",
  "„": "“",
};

/** A member of an object; the colon of an address is none. */
const NEXT_MEMBER = /\s*(?:"[^"\n]{0,80}"|'[^'\n]{0,80}'|“[^”\n]{0,80}”|[\p{L}\p{N}_$-]{1,80})\s*[:=：](?!\/\/)/uy;
/** What a key without quotes, or a word of the text, begins with. */
const BARE_SIGN = /[\p{L}\p{N}_$-]/u;
const PLUS = /\s*\+\s*/y;
/** What follows a value. */
const AFTER_VALUE = /\s*(?:[,，;}\])<]|$)/y;
/** What closes a call, as the last thing of a text. */
const CALL_END =
  /[\s}\]]*(?:<\/(?:tool_calls?|TOOLCALL|function_calls?|tools)>|<\|(?:tool_call_end|END_ACTION|call|action_end|tools_suffix)\|>|\[\/TOOL_CALLS\])\s*$/;
const LONGEST_END = 60;
const CLOSER = /\s*[}\])]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  "0": "\0",
  '"': '"',
  "'": "'",
  "`": "`",
  "\\": "\\",
  "/": "/",
  "\n": "",
};

/** Reads strings as models write them: any quotes, quotes and line ends inside, unknown escapes. */
export class LooseStrings extends LooseCursor {
  /** Whether the key of the member that is being read has no quotes. */
  protected bareKey = false;

  protected string(quote: string, raw = false, isKey = false): unknown {
    if (quote !== '"' && !(quote === "'" && this.isPython)) this.mends.add("quotes");
    if ((quote === '"' || quote === "'") && this.text.startsWith(quote.repeat(3), this.at)) return this.tripled(quote);
    const joined = raw || isKey ? null : this.joined();
    if (joined !== null) return joined;
    const closing = CLOSING_QUOTE[quote] ?? quote;
    const parts: string[] = [];
    let from = ++this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (this.at > this.limit) throw NO_VALUE;
      if (char === "\\" && !raw) {
        parts.push(this.text.slice(from, this.at), this.escape());
        from = this.at + 1;
      } else if (char === closing) {
        if (!isKey && !this.ends()) {
          this.mends.add("a quote inside a text");
          continue;
        }
        parts.push(this.text.slice(from, this.at));
        this.at++;
        return parts.join("");
      } else if (char === "\n") {
        if (isKey) throw NO_VALUE;
        this.mends.add("a line end inside a text");
      }
    }
    return this.closedByTag(parts, from);
  }

  /** `"a" + "b"`: the texts as one, where they are the whole value; null where they are not. */
  private joined(): string | null {
    const parts: Span[] = [];
    let at = this.at;
    let plus: string | undefined;
    do {
      const end = this.partEnd(at);
      if (end < 0) return null;
      parts.push([at + 1, end]);
      PLUS.lastIndex = end + 1;
      plus = PLUS.exec(this.text)?.[0];
      if (plus !== undefined) at = PLUS.lastIndex;
      // What a name stands for is not known: the text between would be signs of a program.
      if (plus !== undefined && /^\s+\+\s/.test(plus) && /[\p{L}_]/u.test(this.text[at] ?? "")) throw NO_VALUE;
    } while (plus !== undefined);
    if (parts.length < 2 || parts.some((part, index) => this.quotesSign(parts[index - 1], part))) return null;
    AFTER_VALUE.lastIndex = at = (parts.at(-1)?.[1] ?? at) + 1;
    if (!AFTER_VALUE.test(this.text)) return null;
    const text = parts.map((part) => this.unescaped(part)).join("");
    this.mends.add("texts joined by plus signs");
    this.at = at;
    return text;
  }

  /** Where the quotes that open at an offset close again; -1 where none open or close there. */
  private partEnd(start: number): number {
    const quote = this.text[start] ?? "";
    if (!"\"'`".includes(quote)) return -1;
    let at = start + 1;
    while (at < this.text.length && this.text[at] !== quote) at += this.text[at] === "\\" ? 2 : 1;
    // The first part is read from there in any case.
    if (start > this.at) this.ahead += at - start;
    if (this.at + this.ahead > this.limit) throw NO_VALUE;
    return at < this.text.length ? at : -1;
  }

  /** `split("+")` inside a text: the quotes are those of a plus sign in brackets, and join nothing. */
  private quotesSign(before: Span | undefined, [from]: Span): boolean {
    return before !== undefined && /[([]/.test(this.text[before[1] - 1] ?? "") && /[)\],]/.test(this.text[from] ?? "");
  }

  private unescaped([from, to]: Span): string {
    const parts: string[] = [];
    let begun = from;
    for (this.at = from; this.at < to; this.at++) {
      if (this.text[this.at] !== "\\") continue;
      parts.push(this.text.slice(begun, this.at), this.escape());
      begun = this.at + 1;
    }
    return [...parts, this.text.slice(begun, to)].join("");
  }

  /** A string that nothing closes ends before the mark that closes the call, where the text ends with that mark. */
  private closedByTag(parts: readonly string[], from: number): unknown {
    const rest = this.text.slice(from);
    const tag = CALL_END.exec(rest.slice(-LONGEST_END));
    const end = tag === null ? -1 : rest.length - Math.min(rest.length, LONGEST_END) + tag.index;
    if (end < 0) {
      this.cut = true;
      this.begun = [...parts, rest].join("");
      return CUT;
    }
    this.mends.add("a text that is not closed");
    this.at = from + end;
    return [...parts, rest.slice(0, end)].join("");
  }

  /** Reads the escape at the offset and leaves the offset on its last character. */
  protected escape(): string {
    const next = this.text[++this.at] ?? "";
    if (next === "u" || next === "x") {
      const length = next === "u" ? 4 : 2;
      const digits = this.text.slice(this.at + 1, this.at + 1 + length);
      if (digits.length === length && /^[\da-fA-F]+$/.test(digits)) {
        this.at += length;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
    }
    const known = ESCAPES[next];
    if (known === undefined) this.mends.add("an unknown escape");
    return known ?? `\\${next}`;
  }

  /** Whether a quote at the offset ends its string: what follows must go on with the structure around it. */
  protected ends(): boolean {
    const after = this.skipFrom(this.at + 1);
    const char = this.text[after];
    if (char === undefined || char === "}" || char === "]") return true;
    if (char === ")") return this.open.includes(")") || this.open.length === 0;
    if (char === "<" || this.text.startsWith("```", after)) return true;
    const inner = this.open.at(-1);
    if (char === "," || char === "，") {
      if (inner === "]" || inner === undefined) return true;
      NEXT_MEMBER.lastIndex = this.skipFrom(after + 1);
      if (NEXT_MEMBER.test(this.text)) return true;
      CLOSER.lastIndex = after + 1;
      return CLOSER.test(this.text) || inner === ")" || this.skipFrom(after + 1) >= this.text.length ||
        this.text.startsWith("//", this.skipFrom(after + 1));
    }
    if (inner !== "}") return false;
    return char === ";" ? this.endsMember(after + 1) : this.text.startsWith("//", after) || this.beginsMember(after);
  }

  /** Whether another member, or the end of the object, stands behind a semicolon. */
  private endsMember(from: number): boolean {
    const next = this.skipFrom(from);
    NEXT_MEMBER.lastIndex = next;
    return this.text[next] === undefined || this.text[next] === "}" || NEXT_MEMBER.test(this.text);
  }

  /**
   * Whether another member begins although no comma stands before it. `"fix: it"` inside a text looks like one: a key without quotes
   * stands only where the one before has none, and apart from the quote.
   */
  private beginsMember(at: number): boolean {
    if (BARE_SIGN.test(this.text[at] ?? "") && (!this.bareKey || at === this.at + 1)) return false;
    NEXT_MEMBER.lastIndex = at;
    return NEXT_MEMBER.test(this.text);
  }

  protected tripled(quote: string): unknown {
    this.mends.add("triple quotes");
    const start = this.at + 3;
    const end = this.text.indexOf(quote.repeat(3), start);
    this.at = end < 0 ? this.text.length : end + 3;
    if (end < 0) {
      this.cut = true;
      this.begun = this.text.slice(start);
      return CUT;
    }
    return this.text.slice(start, end);
  }

  /** Whether another member of an object begins at the offset. */
  protected looksAtMember(): boolean {
    return this.looksAt(NEXT_MEMBER);
  }
}
