import { boundNames } from "./bound_names.ts";
import { codeOf, freeNames } from "./free_names.ts";
import { withGroundLike } from "./ground_like.ts";
import { allImports, withImports } from "./imports.ts";
import type { Language } from "./language.ts";

/** A file that shows how one like it takes names from others. */
export interface LikeFile {
  /** What it holds. */
  readonly text: string;
  /** Whether an import of it takes from a file of the project. */
  isLocal(statement: string): boolean;
}

/**
 * Gives a new file what a file like it has, of names that the new one uses and takes from nowhere: values, helpers and hooks that stand in it,
 * and imports. Small models write a test and leave out its head.
 *
 * @param own text of the new file
 * @param like the file like it, in the same folder
 * @param about what the new file is about, without what its language or its kind adds: a name that is written so is taken from where the
 *   file like it takes its own
 * @param by the languages whose forms count
 * @returns the text with them
 */
export function withImportsLike(own: string, like: LikeFile, about: string, by: readonly Language[]): string {
  const text = withGroundLike(own, like.text, by);
  const boundBy = (statement: string) => boundNames(statement, by);
  const code = codeOf(text, by[0]);
  const used = new Set(freeNames(text, by));
  const statements = allImports(like.text, by);
  const fresh = statements.filter((statement) => boundBy(statement).some((name) => used.has(name)));
  const taken = new Set(fresh.flatMap(boundBy));
  const subject = [...used].find((name) => !taken.has(name) && isCalled(name, code) && plain(name) === plain(about));
  const local = subject === undefined ? undefined : statements.findLast(like.isLocal);
  const ofSubject = local === undefined ? null : taking(subject!, local);
  return withImports(text, ofSubject === null ? fresh : [...fresh, ofSubject], by).text;
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
