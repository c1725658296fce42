import { boundNames } from "./bound_names.ts";
import { codePieces } from "./code_pieces.ts";
import { allImports } from "./imports.ts";
import type { Language } from "./language.ts";

/** A name that something has, and the one that it gets. */
export interface Rename {
  /** As it is called. */
  readonly from: string;
  /** As it shall be called. */
  readonly to: string;
}

/** How a file knows a function that gets another name. */
export interface Knows {
  /** What holds it as a part: `members` of `members.get`. */
  readonly holders: ReadonlySet<string>;
  /** Whether its name alone means it there. */
  readonly isBound: boolean;
}

/** A test, and the project around it. */
export interface TestFile {
  /** Relative to the project. */
  readonly path: string;
  readonly language: Language;
  /** Files of the project. */
  readonly files: readonly string[];
}

/** Names that are no word of a language: what is written so in a text or a comment means the same. */
const TELLING = /[a-z][A-Z]|^[A-Z].*[a-z]|\w_\w/;
/** Words of the languages themselves: nothing is called so everywhere. */
const RESERVED =
  /^(?:abstract|and|any|as|async|await|boolean|break|case|catch|class|const|constructor|continue|def|default|del|delete|do|elif|else|enum|except|export|extends|extern|false|finally|float|fn|for|from|func|function|global|go|if|impl|implements|import|in|instanceof|int|interface|is|lambda|let|map|match|mod|mut|never|new|nil|none|nonlocal|not|null|number|object|of|or|package|pass|private|protected|pub|public|raise|range|return|self|static|str|string|struct|super|switch|this|throw|trait|true|try|type|typeof|undefined|unknown|use|var|void|where|while|with|yield|False|None|True)$/;
/** Words by which tests judge, or that mean the same in each test: by another one of them a test may say less. */
const JUDGES =
  /^(?:above|approx\w*|assert\w*|abs|all|atol|be|below|bytes|after\w*|before\w*|bench\w*|check\w*|close\w*|contains?|context|count|deep\w*|delta|describe\w*|dict|each|empty|ends?_?with|eql?|equals?\w*|err|error\w*|every|exist\w*|exit|expect\w*|fail\w*|falsy|fatal\w*|filter|format|greater\w*|gte?|has|hash|helper|id|includes?|input|it|iter|keys|least|len|length|less\w*|like|list|log\w*|lte?|main|match\w*|max|members|min|mock\w*|most|ne|next|not\w*|ok|one_?of|only|open|own|panic\w*|patch|places|plan|print\w*|property|pytest\w*|raises?|regex|rejects?|rel|repr|resolves?|retr\w*|round|rtol|same\w*|set|set_?up\w*|should|skip\w*|some|sorted|spec|spy\w*|starts?_?with|strict\w*|stub\w*|subtests?|suite|sum|tear_?down\w*|test\w*|throws?|timeout|todo|tol\w*|true|false|truthy|tuple|values|verify\w*|warn\w*|within|zip)$/i;
const ASKS = /^(?:is|to)[A-Z_]/;
/** What a test is run by, without any import. */
const RUNNERS = new Set("assert chai console cy expect jest process sinon vi".split(" "));
/** What the runner hands to a test. */
const HANDED = [
  /\b(\w{1,40})[ \t]+\*testing\.\w+/g,
  /\b(?:test|it|step|describe|suite)(?:\.\w{1,20})?[ \t]{0,8}\([^()\n]{0,200},[ \t]{0,8}(?:async[ \t]{1,8})?(?:function[ \t]{0,8})?\(?[ \t]{0,8}(\w{1,40})[ \t]{0,8}\)?[ \t]{0,8}(?:=>|\{)/g,
];
/** What stands before the title of a test. */
const TITLED = /\b(?:test|it|step|describe|suite)(?:\.\w{1,20})?\(\s*$/;
/** Parts of something that get names of their own. */
const PARTS_OF = /\b(?:const|let|var)[ \t]*\{([^{}]{0,200})\}[ \t]*=[ \t]*(\w{1,40})/g;
/** Code inside of a text. */
const HOLES = { js: /\$\{[^{}]*\}/g, python: /\{[^{}]*\}/g };
/** Characters of a test, and lines of imports, that are looked at. */
const MOST_READ = { chars: 200_000, imports: 200 };
/** What stands before quotes in which code is put into a text, in Python. */
const FORMATTED = /(?<![A-Za-z0-9_])(?:[fF][rR]?|[rR][fF])$/;
/** Characters before and behind a name that tell what it is a part of. */
const LOOKED_AT = 400;
/** What makes a name a part of something, and the name of that. */
const PART = /(?<!\.\.)\??\.\s*$/;
const HOLDER = /([\w$]+)\s*\??\.\s*$/;
/** A word that opens an accessor of a class or object, not a name. */
const OPENING = /^(?:get|set)$/;
const OPENS = /^[ \t]+(?:[\w$#]+[ \t]*\(|\[)/;
/** Pairs of names of which all ways are tried by which a test may have got them. */
const MOST_PAIRS = 3;

/** Whether a name stands out so much that a text or a comment can mean nothing else by it. */
export function tellsItselfApart(name: string): boolean {
  return TELLING.test(name);
}

/** Whether a name is a word of a language itself. */
export function isReserved(name: string): boolean {
  return RESERVED.test(name);
}

/**
 * Puts a name in the place of another in code or a document.
 *
 * @param text its text
 * @param language that it is written in; of a document, which has none, only what stands as code is renamed, unless the name tells itself
 *   apart
 * @param knows how the file knows what is renamed, so that `members.get` gets its new name and `map.get` stays; null where each use of the
 *   name is meant
 * @returns the text, and how often the name stood there
 */
export function renamed(
  text: string,
  { from, to }: Rename,
  language: Pick<Language, "comments"> | undefined,
  knows: Knows | null,
): { readonly text: string; readonly count: number } {
  const word = wordOf(from);
  let count = 0;
  const change = (part: string) =>
    part.replace(word, () => {
      count += 1;
      return to;
    });
  if (TELLING.test(from)) return { text: change(text), count };
  if (language === undefined) return { text: text.replace(/`[^`\n]*`/g, change), count };
  const code = blanked(text, language);
  return replaced(text, code, { from, to }, (at) => knows === null || isMeant(code, at, from, knows));
}

/** Whether a name in code is the one that is renamed, as its file knows it. */
function isMeant(code: string, at: number, name: string, { holders, isBound }: Knows): boolean {
  const before = code.slice(Math.max(0, at - LOOKED_AT), at);
  const behind = code.slice(at + name.length, at + name.length + LOOKED_AT);
  if (OPENING.test(name) && OPENS.test(behind)) return false;
  if (PART.test(before)) {
    const holder = HOLDER.exec(before)?.[1];
    return holder !== undefined && holders.has(holder);
  }
  // A key of an object is named so by whoever reads it.
  const isKey = /^\s*:/.test(behind) && /[{,]\s*$/.test(before) && opened(before) === "{" &&
    !/^[^{}]*\}\s*=(?!=)/.test(behind);
  return isBound && (!isKey || new RegExp(`^\\s*:\\s*${escaped(name)}(?![\\w$])`).test(behind));
}

/** The bracket that is open behind a piece of code; null where none is. */
function opened(code: string): string | null {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    if (/[)\]}]/.test(code[at]!)) depth += 1;
    else if (/[([{]/.test(code[at]!) && depth-- === 0) return code[at]!;
  }
  return null;
}

/**
 * Puts a name in the place of another in a test: in its code alone, and nowhere where the name may be one of what runs it or judges by it.
 *
 * @param isFunction whether a function of a module is renamed, which a test has by an import or as a part of one; else a part of anything that
 *   does not come from elsewhere. Absent: as its imports tell
 * @returns null where it cannot be told, or the test has both names
 */
export function renamedTest(
  text: string,
  { from, to }: Rename,
  { path, language, files }: TestFile,
  isFunction?: boolean,
): string | null {
  if ([from, to].some((name) => JUDGES.test(name) || ASKS.test(name) || RESERVED.test(name))) return null;
  const statements = text.length > MOST_READ.chars ? [] : allImports(text, [language]);
  if (text.length > MOST_READ.chars || statements.length > MOST_READ.imports) return null;
  const code = blanked(text, language);
  if (wordOf(to).test(code) || isNamedOtherwise(text, code, from, language)) return null;
  const used = language.imports?.files?.(path, text, files) ?? [];
  const leads = (statement: string) => (language.imports?.files?.(path, statement, used) ?? []).length > 0;
  const namesOf = (all: readonly string[]) => new Set(all.flatMap((statement) => boundNames(statement, [language])));
  const own = namesOf(statements.filter(leads));
  const foreign = new Set([
    ...namesOf(statements.filter((statement) => !leads(statement))),
    ...HANDED.flatMap((pattern) => [...code.matchAll(pattern)].map(([, name = ""]) => name)),
    ...RUNNERS,
  ]);
  for (const [, names = "", whole = ""] of code.matchAll(PARTS_OF)) {
    for (const name of foreign.has(whole) ? names.match(/\w+/g) ?? [] : []) foreign.add(name);
  }
  if (foreign.has(from)) return null;
  let isTold = true;
  const { text: now } = replaced(text, code, { from, to }, (at) => {
    const before = code.slice(Math.max(0, at - LOOKED_AT), at);
    if (!PART.test(before)) return true;
    const holder = HOLDER.exec(before)?.[1];
    if (isFunction ?? own.has(from)) return holder !== undefined && own.has(holder);
    const root = rootOf(before);
    isTold &&= root !== null;
    return root !== null && !foreign.has(root);
  });
  return isTold ? now : null;
}

/** Whether a test names something in a way of which nobody can tell whom it is for: in quotes, as a key or a named argument, as an accessor. */
function isNamedOtherwise(text: string, code: string, name: string, { comments }: Pick<Language, "comments">): boolean {
  const word = escaped(name);
  const listed = new RegExp(`^["'\`](?:[\\w$]+\\s*[.,]\\s*)*${word}(?:\\s*[.,]\\s*[\\w$]+)*["'\`]$`);
  const pieces = codePieces(text, comments);
  const isQuoted = pieces.some(({ kind, text }, index) =>
    kind === "quoted" && text.length < LOOKED_AT && listed.test(text) && !TITLED.test(pieces[index - 1]?.text ?? "")
  );
  const isKey = new RegExp(`[{(,]\\s*${word}\\s*(?:=(?![=>])|:(?!:))`).test(code);
  const isAccessor = OPENING.test(name) && new RegExp(`(?<![\\w$.])${word}${OPENS.source.slice(1)}`).test(code);
  return isQuoted || isKey || isAccessor || /\.should\b/.test(code);
}

/** The first name of a chain of parts, calls and elements that ends in a dot: `expect` of `expect(one).to.`; null where it has none. */
function rootOf(before: string): string | null {
  let rest = before;
  for (;;) {
    const dot = PART.exec(rest);
    if (dot === null) return null;
    rest = rest.slice(0, dot.index).trimEnd();
    while (/[)\]]$/.test(rest)) {
      let depth = 0;
      let at = rest.length - 1;
      for (; at >= 0; at--) {
        if (/[)\]}]/.test(rest[at]!)) depth += 1;
        else if (/[([{]/.test(rest[at]!) && --depth === 0) break;
      }
      if (at < 0) return null;
      rest = rest.slice(0, at).trimEnd();
    }
    const name = /[\w$]+$/.exec(rest)?.[0];
    if (name === undefined) return null;
    rest = rest.slice(0, -name.length);
    if (!PART.test(rest)) return name;
  }
}

/**
 * Whether a test differs from what it was in nothing but names that got other ones, each in all of its uses.
 *
 * @param before the test as it was
 * @param now the test as it is
 * @param renames names and those that they get; of pairs that form a chain, or of more than a few, nothing is told
 */
export function isRenamedTest(before: string, now: string, renames: readonly Rename[], file: TestFile): boolean {
  const froms = new Set(renames.map(({ from }) => from));
  if (now.length > MOST_READ.chars || now.split("\n").length !== before.split("\n").length) return false;
  if (renames.length > MOST_PAIRS || renames.some(({ to }) => froms.has(to))) return false;
  const ways = renames.reduce<readonly string[]>((all, one) => [
    ...all,
    ...all.flatMap((text) => [true, undefined].flatMap((isFunction) => renamedTest(text, one, file, isFunction) ?? [])),
  ], [before]);
  return now !== before && ways.includes(now);
}

/** Whether a name stands in what is code of a text. */
export function isNamedIn(text: string, name: string, language: Pick<Language, "comments">): boolean {
  return wordOf(name).test(blanked(text, language));
}

/** A text with a name in the place of another wherever that is meant in its code. */
function replaced(text: string, code: string, { from, to }: Rename, isIt: (at: number) => boolean) {
  let [now, last, count] = ["", 0, 0];
  for (const { index } of code.matchAll(wordOf(from))) {
    if (!isIt(index)) continue;
    now += text.slice(last, index) + to;
    last = index + from.length;
    count += 1;
  }
  return { text: now + text.slice(last), count };
}

/** A text of the same length with blanks for comments and for what stands in quotes, but for the code that is put into a text. */
function blanked(text: string, { comments }: Pick<Language, "comments">): string {
  const pieces = codePieces(text, comments);
  return pieces.map(({ kind, text }, index) => {
    if (kind === "code") return text;
    const holes = kind !== "quoted"
      ? undefined
      : text.startsWith("`")
      ? HOLES.js
      : FORMATTED.test(pieces[index - 1]?.text ?? "")
      ? HOLES.python
      : undefined;
    const blank = text.replace(/[^\n]/g, " ");
    const inside = holes === undefined ? [] : [...text.matchAll(holes)];
    const filled = inside.reduce(
      (all, { 0: hole, index }) => all.slice(0, index) + hole + all.slice(index + hole.length),
      blank,
    );
    return kind === "quoted" && text.length > 1 ? `"${filled.slice(1, -1)}"` : filled;
  }).join("");
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, "g");
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
