import type { Emitter, HLJSApi, LanguageFn } from "highlight.js";
import core from "highlight.js/lib/core";
import type { CodeLanguage } from "./code.ts";
import type { Colourist } from "./code_colours.ts";
import { type Line, type Span, span, type Style } from "./line.ts";

/** Grammars, each loaded with the first text of its language: all of them at once cost more than the rest of the screen. */
const GRAMMARS: Readonly<Record<CodeLanguage, () => Promise<{ readonly default: LanguageFn }>>> = {
  python: () => import("highlight.js/lib/languages/python"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  rust: () => import("highlight.js/lib/languages/rust"),
  go: () => import("highlight.js/lib/languages/go"),
  java: () => import("highlight.js/lib/languages/java"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  scala: () => import("highlight.js/lib/languages/scala"),
  groovy: () => import("highlight.js/lib/languages/groovy"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  php: () => import("highlight.js/lib/languages/php"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  bash: () => import("highlight.js/lib/languages/bash"),
  json: () => import("highlight.js/lib/languages/json"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
  ini: () => import("highlight.js/lib/languages/ini"),
  xml: () => import("highlight.js/lib/languages/xml"),
  css: () => import("highlight.js/lib/languages/css"),
  sql: () => import("highlight.js/lib/languages/sql"),
};

/** Styles of scopes by the first word of their names; text of one that is not here looks as what it stands in. */
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
  title: "name",
  section: "name",
  name: "keyword",
  // What a text in quotes computes is code again.
  subst: "plain",
};

/** Takes what is read, and keeps it as lines of spans. */
class LineEmitter implements Emitter {
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
  __addSublanguage(other: Emitter): void {
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
 * Makes what reads code.
 *
 * @returns it, with no language yet
 */
export function newColourist(): Colourist {
  const api: HLJSApi = core.newInstance();
  api.configure({ __emitter: LineEmitter });
  return {
    async readerOf(language) {
      const { default: grammar } = await GRAMMARS[language]();
      api.registerLanguage(language, grammar);
      return (text): readonly Line[] => {
        const { _emitter: emitter } = api.highlight(text, { language, ignoreIllegals: true });
        const lines = emitter instanceof LineEmitter ? emitter.lines : [];
        // Where a grammar fails, the library gives what it has: no character of a text may be missing.
        const read = lines.map((line) => line.map((piece) => piece.text).join("")).join("\n");
        if (read !== text) throw new Error(`The grammar of ${language} left characters out.`);
        return lines;
      };
    },
  };
}
