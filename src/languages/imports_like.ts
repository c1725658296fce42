import { boundNames } from "./bound_names.ts";
import type { Writing } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import { allImports, withImports } from "./imports.ts";
import type { Language } from "./language.ts";

/** What gives a name its meaning. */
const DECLARES = /\b(?:const|let|var|function|class|def|func|type|for|as)[ \t]{0,4}\*?[ \t]{0,4}([A-Za-z_$][\w$]*)/g;

/** A file that shows how one like it takes names from others. */
export interface LikeFile {
  /** What it holds. */
  readonly text: string;
  /** Whether an import of it takes from a file of the project. */
  isLocal(statement: string): boolean;
}

/**
 * Gives a new file the imports that a file like it has, of names that the new one uses and takes from nowhere: small models write a test
 * and leave out its head.
 *
 * @param text text of the new file
 * @param like the file like it, in the same folder
 * @param about what the new file is about, without what its language or its kind adds: a name that is written so is taken from where the
 *   file like it takes its own
 * @param by the languages whose forms count
 * @returns the text with them
 */
export function withImportsLike(text: string, like: LikeFile, about: string, by: readonly Language[]): string {
  const boundBy = (statement: string) => boundNames(statement, by);
  const own = allImports(text, by);
  const code = codeOf(text, by[0]);
  const given = new Set([...own.flatMap(boundBy), ...[...code.matchAll(DECLARES)].map(([, name = ""]) => name)]);
  const used = new Set((code.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !given.has(name)));
  const statements = allImports(like.text, by);
  const fresh = statements.filter((statement) => boundBy(statement).some((name) => used.has(name)));
  const taken = new Set(fresh.flatMap(boundBy));
  const subject = [...used].find((name) => !taken.has(name) && isCalled(name, code) && plain(name) === plain(about));
  const local = subject === undefined ? undefined : statements.findLast(like.isLocal);
  const ofSubject = local === undefined ? null : taking(subject!, local);
  return withImports(text, ofSubject === null ? fresh : [...fresh, ofSubject], by).text;
}

/** A text without what stands in quotes and in comments. */
function codeOf(text: string, { comments, quotes }: Writing = {}): string {
  return codePieces(text, comments, quotes).map((piece) => piece.kind === "code" ? piece.text : " ").join("");
}

/** An import that takes another name from the same place; null where it has another form. */
function taking(name: string, statement: string): string | null {
  const isList = /\{[^{}]*\}/;
  if (isList.test(statement)) return statement.replace(isList, `{ ${name} }`);
  const from = /^(\s*from\s+\S+\s+import\b)/.exec(statement)?.[1];
  return from === undefined ? null : `${from} ${name}`;
}

function isCalled(name: string, code: string): boolean {
  return code.includes(`${name}(`);
}

/** A name without what tells words apart. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
