import type { Language, Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath, stemOf } from "../../languages/test_path.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { newTestPlace } from "./new_test_path.ts";
import type { Criterion } from "./slice.ts";

/** What a new test is made of that a language writes out of calls and what they give. */
export interface CasesPlace {
  /** Path of the test. */
  readonly path: string;
  /** File that holds what is called, or will hold it. */
  readonly subject: string;
}

/**
 * Finds where a test of calls comes to stand: one is made for a function of which the goal says the file, in a language that knows how to
 * write it.
 *
 * @returns null where the test is to be written as a text
 */
export function casesPlaceOf(
  state: State,
  { languages }: Pick<Registry, "languages">,
  task: Task,
): CasesPlace | null {
  const criterion = state.criteria.list?.[(task.criterion ?? 0) - 1];
  if (task.kind !== "test" || task.target === null || criterion?.kind !== "function") return null;
  const language = languageOf(task.target, languages);
  if (language?.writeTest === undefined) return null;
  const subject = subjectOf(criterion, languages) ??
    besideOf(task.target, language, newTestPlace(state, languages, criterion, []).like);
  return subject === null || languageOf(subject, languages) !== language ? null : { path: task.target, subject };
}

/** The source that a criterion speaks of in the sentence that names what is to be there, else the first of all. */
function subjectOf({ text, names: [name] }: Criterion, languages: Languages): string | null {
  const sentences = text.split(/(?<=[.!?:;])\s+|\n/);
  const own = sentences.filter((sentence) => name !== undefined && sentence.includes(name));
  return [...own, text].flatMap((part) => sourcesIn(part, languages))[0] ?? null;
}

/** The source beside the test that the new one stands beside, in a language in which both are one package. */
function besideOf(path: string, { newTest = "/" }: Language, like: string | null): string | null {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (newTest.includes("/") || like === null || like.slice(0, like.lastIndexOf("/") + 1) !== folder) return null;
  return `${folder}${stemOf(like)}${like.slice(like.lastIndexOf("."))}`;
}

function sourcesIn(text: string, languages: Languages): readonly string[] {
  return [...text.matchAll(/[\w./-]{1,120}\.\w{1,6}\b/g)].map(([path]) => path.replace(/^\.\//, "")).filter((path) =>
    languageOf(path, languages)?.definitions !== undefined && !isTestPath(path, languages)
  );
}
