/** A call in Python's writing with literal keyword arguments. */
export interface PythonCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Thrown inside this file only: the text is no list of calls. */
const NO_LIST = new SyntaxError("no list of calls");

const BLANKS = /(?:[ \t\f\n\r]|\\\r?\n|#[^\n]*)*/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{N}\p{M}\p{Pc}]*/uy;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][-+]?\d(?:_?\d)*)?|\d(?:_?\d)*(?:\.(?:[eE][-+]?\d(?:_?\d)*)?|[eE][-+]?\d(?:_?\d)*)?/y;
const STRING = /(?:[rRuU]|)("""|'''|"|')/y;
const KEYWORDS = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield"
    .split(" "),
);
const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads a Python list of calls whose arguments are literals with names, as `ast.parse` and `ast.literal_eval` do: strict, no
 * repair of any kind.
 * @param text such as `[f(a=1), g.h(b=["x"])]`
 * @returns the calls, or null where Python would not read the text so
 */
export function readPythonList(text: string): readonly PythonCall[] | null {
  const reader = new PythonReader(text);
  try {
    return reader.list();
  } catch (error) {
    if (error === NO_LIST) return null;
    throw error;
  }
}

class PythonReader {
  private at = 0;
  constructor(private readonly text: string) {}

  list(): readonly PythonCall[] {
    const calls: PythonCall[] = [];
    this.expect("[");
    while (!this.takes("]")) {
      calls.push(this.call());
      if (!this.takes(",")) {
        this.expect("]");
        break;
      }
    }
    this.blanks();
    if (this.at < this.text.length) throw NO_LIST;
    return calls;
  }

  private call(): PythonCall {
    let name = this.name();
    while (this.takes(".")) name += `.${this.name()}`;
    this.expect("(");
    const values: Record<string, unknown> = {};
    while (!this.takes(")")) {
      const key = this.name();
      this.expect("=");
      const value = this.value(0);
      Object.defineProperty(values, key, { value, enumerable: true, writable: true, configurable: true });
      if (!this.takes(",")) {
        this.expect(")");
        break;
      }
    }
    return { name, arguments: values };
  }

  private name(): string {
    this.blanks();
    const name = this.match(NAME);
    if (name === null || KEYWORDS.has(name)) throw NO_LIST;
    return name.normalize("NFKC");
  }

  private value(depth: number): unknown {
    if (depth > 90) throw NO_LIST;
    this.blanks();
    const char = this.text[this.at];
    if (char === "[") return this.sequence("]", depth);
    if (char === "(") return this.tuple(depth);
    if (char === "{") return this.dictionary(depth);
    if (char === "-" || char === "+") {
      this.at++;
      const value = this.value(depth + 1);
      if (typeof value !== "number") throw NO_LIST;
      return char === "-" ? -value : value;
    }
    STRING.lastIndex = this.at;
    if (STRING.test(this.text)) return this.strings();
    const number = this.match(NUMBER);
    if (number !== null) {
      NAME.lastIndex = this.at;
      if (NAME.test(this.text) || (/^0[\d_]*[1-9]/.test(number) && !/[.eE]/.test(number))) throw NO_LIST;
      return Number(number.replaceAll("_", ""));
    }
    const word = this.match(NAME);
    if (word === "True" || word === "False") return word === "True";
    if (word === "None") return null;
    throw NO_LIST;
  }

  private sequence(close: string, depth: number): unknown[] {
    this.at++;
    const items: unknown[] = [];
    while (!this.takes(close)) {
      items.push(this.value(depth + 1));
      if (!this.takes(",")) {
        this.expect(close);
        break;
      }
    }
    return items;
  }

  /** `(1, 2)` is a tuple, `(1)` is 1. */
  private tuple(depth: number): unknown {
    this.at++;
    if (this.takes(")")) return [];
    const first = this.value(depth + 1);
    if (this.takes(")")) return first;
    this.expect(",");
    const items = [first];
    while (!this.takes(")")) {
      items.push(this.value(depth + 1));
      if (!this.takes(",")) {
        this.expect(")");
        break;
      }
    }
    return items;
  }

  private dictionary(depth: number): Record<string, unknown> | ReadonlySet<unknown> {
    this.at++;
    const values: Record<string, unknown> = {};
    while (!this.takes("}")) {
      const first = this.value(depth + 1);
      if (!this.takes(":")) return this.set(first, depth);
      const key = String(first);
      const value = this.value(depth + 1);
      Object.defineProperty(values, key, { value, enumerable: true, writable: true, configurable: true });
      if (!this.takes(",")) {
        this.expect("}");
        break;
      }
    }
    return values;
  }

  /** `{1, 2}`: equal to no JSON value. */
  private set(first: unknown, depth: number): ReadonlySet<unknown> {
    const items = new Set([first]);
    while (!this.takes("}")) {
      this.expect(",");
      if (this.takes("}")) break;
      items.add(this.value(depth + 1));
    }
    return items;
  }

  private strings(): string {
    let whole = "";
    for (;;) {
      this.blanks();
      STRING.lastIndex = this.at;
      const found = STRING.exec(this.text);
      if (found === null) return whole;
      this.at = STRING.lastIndex;
      whole += this.string(found[1] ?? '"', /^[rR]/.test(found[0]));
    }
  }

  private string(quote: string, raw: boolean): string {
    let value = "";
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined || (char === "\n" && quote.length === 1)) throw NO_LIST;
      if (this.text.startsWith(quote, this.at)) {
        this.at += quote.length;
        return value;
      }
      if (char !== "\\") {
        value += char;
        this.at++;
      } else if (raw) {
        value += this.text.slice(this.at, this.at + 2);
        this.at += 2;
      } else value += this.escape();
    }
  }

  private escape(): string {
    const next = this.text[this.at + 1] ?? "";
    const known = ESCAPES[next];
    if (known !== undefined) {
      this.at += 2;
      return known;
    }
    const code = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/y;
    code.lastIndex = this.at;
    const found = code.exec(this.text);
    if (found === null) {
      if (/[xuUN]/.test(next)) throw NO_LIST;
      this.at += 2;
      return `\\${next}`;
    }
    this.at = code.lastIndex;
    const digits = found[1] ?? found[2] ?? found[3];
    const point = digits === undefined ? Number.parseInt(found[4] ?? "0", 8) : Number.parseInt(digits, 16);
    if (point > 0x10ffff) throw NO_LIST;
    return String.fromCodePoint(point);
  }

  private blanks(): void {
    this.match(BLANKS);
  }

  private takes(mark: string): boolean {
    this.blanks();
    if (!this.text.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  private expect(mark: string): void {
    if (!this.takes(mark)) throw NO_LIST;
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }
}
