import type { Languages } from "../../languages/language.ts";
import type { NewProject } from "../../languages/new_project.ts";
import { OTHER_LANGUAGES } from "../../languages/other_languages.ts";

/** A path in a text. */
const PATH = /[\w./-]{1,120}\.\w{1,6}\b/g;
/** Characters of a goal that are looked at, and those before a name that say how it is meant. */
const MOST = 20_000;
const BEFORE = 60;
/** What stands before a language that the work is not to be written in. */
const NOT_MEANT =
  /(?:\b(?:not|never|without|no|for|from)|n't) (?:(?:use|using|write|written|done|be|it|this|in|with|the) ){0,5}$/i;
/** What stands before the language that the work is to be written in. */
const MEANT = /\bin (?:(?:plain|pure|modern|idiomatic|[\w+#.]{1,20},? (?:and|or)) )?$/i;

/** Languages that a goal names for its work. */
export interface LanguagesNamed {
  /** Those in which a new project may be set up, in the order in which they are named. */
  readonly projects: readonly NewProject[];
  /** One in which none can be; null where it names none such. */
  readonly other: string | null;
}

/** Lists the new projects that languages know. */
export function newProjectsOf(languages: Languages): readonly NewProject[] {
  return Object.values(languages).flatMap(({ newProjects }) => newProjects ?? []);
}

/** Lists the paths in a goal; the name of a runtime such as one that ends like a file is none. */
export function pathsIn(goal: string, languages: Languages): readonly RegExpMatchArray[] {
  const names = newProjectsOf(languages).map(({ named }) => named);
  return [...goal.slice(0, MOST).matchAll(PATH)].filter(([path]) =>
    names.every((named) => path.match(named)?.[0] !== path)
  );
}

/** Finds the languages that a goal names: those that it says the work is to be written in, else all that it speaks of, by name or file. */
export function languagesNamed(goal: string, languages: Languages): LanguagesNamed {
  const text = goal.slice(0, MOST);
  const paths = pathsIn(text, languages);
  const mentions = newProjectsOf(languages).flatMap((project) => [
    ...[...text.matchAll(new RegExp(project.named, `g${project.named.flags.replace("g", "")}`))].map(({ index = 0 }) =>
      mentioned(text, index, project)
    ),
    ...paths.filter(([path]) => project.files.test(path)).map(({ index = 0 }) => ({
      ...mentioned(text, index, project),
      isMeant: false,
    })),
  ]).filter(({ isLeftOut }) => !isLeftOut).sort((one, other) => one.at - other.at);
  const meant = mentions.filter(({ isMeant }) => isMeant);
  const others = [...text.matchAll(OTHER_LANGUAGES)].map(({ 0: name, index = 0 }) => mentioned(text, index, name))
    .filter(({ at, isLeftOut }) => !isLeftOut && mentions.every((one) => one.at !== at));
  const isSaid = [...meant, ...others].some(({ isMeant }) => isMeant);
  const counted = isSaid ? meant : mentions;
  const other = others.find(({ isMeant }) => isMeant || !isSaid);
  return { projects: [...new Set(counted.map(({ project }) => project))], other: other?.project ?? null };
}

function mentioned<T>(text: string, at: number, project: T) {
  const before = text.slice(Math.max(0, at - BEFORE), at).replaceAll(/\s/g, " ");
  return { project, at, isLeftOut: NOT_MEANT.test(before), isMeant: MEANT.test(before) };
}

/**
 * Finds the language that a goal names for its work, where it is one alone.
 *
 * @returns null where it is open, or none that can be set up
 */
export function languageNamed(goal: string, languages: Languages): NewProject | null {
  const { projects, other } = languagesNamed(goal, languages);
  return other === null && projects.length === 1 ? projects[0]! : null;
}

/** Finds the language that a person means who was asked for one; null where none is known by that. */
export function languageAnswered(answer: string, languages: Languages): NewProject | null {
  const said = answer.trim();
  return newProjectsOf(languages).find(({ called }) => called.toLowerCase() === said.toLowerCase()) ??
    languageNamed(`in ${said}`, languages);
}
