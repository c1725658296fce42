import type { Languages } from "../../languages/language.ts";
import type { NewProject, SetupWay } from "../../languages/new_project.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { State } from "../state.ts";
import type { PlanFact } from "./facts.ts";
import { projectName } from "./project_name.ts";

/** A path in a text. */
const PATH = /[\w./-]{1,120}\.\w{1,6}\b/g;

/** Lists the new projects that languages know. */
export function newProjectsOf(languages: Languages): readonly NewProject[] {
  return Object.values(languages).flatMap(({ newProjects }) => newProjects ?? []);
}

/**
 * Finds the language that a goal names, by its name or by a file; of several the first.
 *
 * @returns null where it is open
 */
export function languageNamed(goal: string, languages: Languages): NewProject | null {
  const paths = [...goal.matchAll(PATH)];
  const found = newProjectsOf(languages).flatMap((project) => {
    const word = project.named.exec(goal)?.index;
    const file = paths.find(([path]) => project.files.test(path))?.index;
    const at = Math.min(word ?? Infinity, file ?? Infinity);
    return at === Infinity ? [] : [{ project, at }];
  });
  return found.sort((one, other) => one.at - other.at)[0]?.project ?? null;
}

/** Finds the language that a person means who was asked for one; null where none is known by that. */
export function languageAnswered(answer: string, languages: Languages): NewProject | null {
  const said = answer.trim();
  return newProjectsOf(languages).find(({ called }) => called.toLowerCase() === said.toLowerCase()) ??
    languageNamed(`in ${said}`, languages);
}

/** The way of setting a project up whose tools are there; null where there is none. */
export function wayOf({ setup }: State, { called, ways }: NewProject): SetupWay | null {
  const able = setup.missing?.able.find((one) => one.called === called);
  return ways.find(({ name }) => name === able?.way) ?? null;
}

/**
 * Plans how a new project is set up, its names filled in. A source that the goal names is the source.
 *
 * @param by whose choice the language is
 */
export function planSetup(
  state: State,
  languages: Languages,
  project: NewProject,
  way: SetupWay,
  by: PlanFact["by"],
): PlanFact {
  const { goal = "", project: folder = "" } = state.run.info ?? {};
  const asked = [...goal.matchAll(PATH)].map(([path]) => path.replace(/^\.\//, "")).find((path) =>
    project.files.test(path) && !isTestPath(path, languages) && /^(?!.*\.\.)[\w-]/.test(path)
  );
  const wanted = asked === undefined ? projectName(goal, folder.split("/").at(-1) ?? "") : nameIn(asked);
  // A module of that name would stand in the place of one that a runner needs.
  const isTaken = protectionOf(way.source.replaceAll("{{name}}", wanted), languages, true) !== null;
  const name = isTaken ? `my_${wanted}` : wanted;
  const named = (text: string) => text.replaceAll("{{name}}", name);
  const source = way.main === undefined && asked !== undefined ? asked : named(way.source);
  const filled = (text: string) => named(text).replaceAll("{{source}}", source);
  return {
    called: project.called,
    by,
    name,
    commands: way.commands.map(({ words, ...makes }) => ({ ...makes, words: words.map(filled) })),
    drops: (way.drops ?? []).map(filled),
    files: Object.fromEntries(Object.entries(way.files).map(([path, text]) => [filled(path), filled(text)])),
    source,
    main: named(way.main ?? source),
    test: named(way.test),
    runner: filled(way.runner),
    starts: way.starts.map((words) => words.map(filled)),
    sharesNames: way.sharesNames === true,
  };
}

function nameIn(path: string): string {
  const stem = path.slice(path.lastIndexOf("/") + 1).split(".")[0]!;
  return stem.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+/, "") || "main";
}
