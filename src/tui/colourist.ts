import type { CodeLanguage } from "./code.ts";
import type { Colourist } from "./code_colours.ts";
import { type Line, type Span, span, type Style } from "./line.ts";

/** What is used of highlight.js. Its own types bring those of browsers with them, which are none of Deno's. */
interface Highlighter {
  newInstance(): Highlighter;
  configure(options: { readonly __emitter: new () => LineEmitter }): void;
  registerLanguage(name: string, grammar: unknown): void;
  highlight(
    text: string,
    options: { readonly language: string; readonly ignoreIllegals: boolean },
  ): { readonly _emitter: unknown };
}

/**
 * Loads a part of the library, by the file that it is: of a plain text Deno would read the types of browsers, too, and while it loads a module
 * of ours, or by the name of a package, it erases what stands on a terminal below the cursor.
 *
 * @param part such as `core` or `languages/python`
 */
async function partOfLibrary<Part>(part: string): Promise<Part> {
  const loaded: { readonly default: Part } = await import(import.meta.resolve(`highlight.js/lib/${part}`));
  return loaded.default;
}

/**
 * Styles of scopes by the first word of their names; text of one that is not here looks as what it stands in. Names have none: every call
 * has some, and in a difference what comes and goes is to be seen first.
 */
const STYLES: Readonly<Record<string, Style>> = {
  keyword: "keyword",
  "selector-tag": "keyword",
  string: "string",
  regexp: "string",
  char: "string",
  number: "number",
  literal: "number",
  symbol: "number",
  comment: "comment",
  quote: "comment",
  name: "keyword",
  // What a text in quotes computes is code again.
  subst: "plain",
};

/** Takes what is read, and keeps it as lines of spans. */
class LineEmitter {
  readonly lines: Span[][] = [[]];
  readonly #styles: Style[] = ["plain"];

  addText(text: string): void {
    const style = this.#styles.at(-1)!;
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0) this.lines.push([]);
      if (piece !== "") this.lines.at(-1)!.push(span(piece, style));
    }
  }

  /** The scope of a part, by the name that the library uses beside {@link startScope}. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  startScope(name: string): void {
    this.#styles.push(STYLES[name.split(".")[0]!] ?? this.#styles.at(-1)!);
  }

  endScope(): void {
    this.#styles.pop();
  }

  /** @param other what was read of a text in another language, inside this one */
  __addSublanguage(other: unknown): void {
    if (!(other instanceof LineEmitter)) return;
    for (const [index, line] of other.lines.entries()) {
      if (index > 0) this.lines.push([]);
      this.lines.at(-1)!.push(...line);
    }
  }

  finalize(): void {}

  /** What nobody asks for: the lines are taken. */
  toHTML(): string {
    return "";
  }
}

/**
 * Makes what reads code. The library is loaded with the first text, and each grammar with the first of its language: all of them at once cost
 * more than the rest of the screen.
 *
 * @returns it, with no language yet
 */
export async function newColourist(): Promise<Colourist> {
  const core = await partOfLibrary<Highlighter>("core");
  const own = core.newInstance();
  own.configure({ __emitter: LineEmitter });
  return {
    async readerOf(language: CodeLanguage) {
      own.registerLanguage(language, await partOfLibrary<unknown>(`languages/${language}`));
      return (text): readonly Line[] => {
        const { _emitter: emitter } = own.highlight(text, { language, ignoreIllegals: true });
        const lines = emitter instanceof LineEmitter ? emitter.lines : [];
        // Where a grammar fails, the library gives what it has: no character of a text may be missing.
        const read = lines.map((line) => line.map((piece) => piece.text).join("")).join("\n");
        if (read !== text) throw new Error(`The grammar of ${language} left characters out.`);
        return lines;
      };
    },
  };
}
