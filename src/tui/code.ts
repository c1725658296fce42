import { neutralise } from "./text.ts";

/** A text in a programming language. */
export interface Code {
  readonly language: CodeLanguage;
  /** Neutralised, its lines as they are shown. */
  readonly text: string;
}

/** Languages whose code has colours: the names of their files, and what fences call them beside their own name. */
const LANGUAGES = {
  python: [/\.pyi?$/, "py"],
  typescript: [/\.[cm]?tsx?$/, "ts tsx"],
  javascript: [/\.[cm]?jsx?$/, "js jsx mjs"],
  rust: [/\.rs$/, "rs"],
  go: [/\.go$/, "golang"],
  java: [/\.java$/, ""],
  kotlin: [/\.kts?$/, "kt"],
  scala: [/\.scala$/, ""],
  groovy: [/\.(?:groovy|gradle)$/, "gradle"],
  ruby: [/\.(?:rb|rake)$|(^|\/)(?:Gemfile|Rakefile)$/, "rb"],
  php: [/\.php$/, ""],
  c: [/\.[ch]$/, ""],
  cpp: [/\.(?:cc|cpp|cxx|hh|hpp)$/, "c++"],
  csharp: [/\.cs$/, "cs c#"],
  makefile: [/(^|\/)(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)$/, "make"],
  bash: [/\.(?:sh|bash)$/, "sh shell zsh"],
  json: [/\.jsonc?$/, "jsonc"],
  yaml: [/\.ya?ml$/, "yml"],
  ini: [/\.(?:ini|toml|cfg)$/, "toml"],
  xml: [/\.(?:xml|html?|svg)$/, "html svg"],
  css: [/\.css$/, ""],
  sql: [/\.sql$/, ""],
} as const satisfies Record<string, readonly [files: RegExp, words: string]>;

/** A language whose code has colours. */
export type CodeLanguage = keyof typeof LANGUAGES;

const ALL = Object.entries(LANGUAGES) as readonly (readonly [CodeLanguage, readonly [RegExp, string]])[];

/** The language of a file by its name; null for one without colours. */
export function languageOfFile(path: string): CodeLanguage | null {
  return ALL.find(([, [files]]) => files.test(path))?.[0] ?? null;
}

/** The language that a fence names, such as `ts`; null for one without colours. */
export function languageOfFence(word: string): CodeLanguage | null {
  const wanted = word.toLowerCase();
  if (wanted === "") return null;
  return ALL.find(([name, [, words]]) => name === wanted || words.split(" ").includes(wanted))?.[0] ?? null;
}

/** Bounds of a text that gets colours: what is longer stays plain, so that nobody waits for it. */
const MOST = { characters: 4_000, lines: 200, ofLine: 200 };

/**
 * Makes code of lines as they came.
 *
 * @param language null where it is not known
 * @param lines lines without their ends
 * @returns null where it gets no colours: of no language, or too long
 */
export function codeOf(language: CodeLanguage | null, lines: readonly string[]): Code | null {
  if (language === null || lines.length === 0 || lines.length > MOST.lines) return null;
  if (lines.some(({ length }) => length > MOST.ofLine)) return null;
  if (lines.reduce((sum, { length }) => sum + length + 1, 0) > MOST.characters) return null;
  return { language, text: lines.map((line) => neutralise(line).replaceAll("\n", " ")).join("\n") };
}
