import type { Languages } from "../../languages/language.ts";
import type { NewProject, SetupWay } from "../../languages/new_project.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { State } from "../state.ts";
import type { PlanFact } from "./facts.ts";
import { pathsIn } from "./languages_named.ts";
import { projectName } from "./project_name.ts";

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
  const asked = pathsIn(goal, languages).map(([path]) => path.replace(/^\.\//, "")).find((path) =>
    project.files.test(path) && !isTestPath(path, languages) && /^(?!.*\.\.)[\w-]/.test(path)
  );
  const wanted = asked === undefined ? projectName(goal, folder.split("/").at(-1) ?? "") : nameIn(asked);
  // A module of that name would stand in the place of one that a runner needs.
  const isTaken = way.taken?.test(wanted) === true ||
    protectionOf(way.source.replaceAll("{{name}}", wanted), languages, true) !== null;
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
