import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { failing } from "../checks/slice.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { suspectOf } from "./suspect_of.ts";
import { say } from "../../sentences/say.ts";

/** Characters of a goal in which files are looked for. */
const MOST_CHARS = 12_000;

/** What of the registry rules plan by. */
type Planner = Pick<Registry, "languages" | "prompts">;

/**
 * Makes a plan without a model: one task for each file that failing checks point at, or the goal itself where nothing fails.
 *
 * @param from languages by which tests are told, and the words of descriptions
 * @param known files that are known: the goal's own task is about the one that it names
 * @returns proposed tasks, at least one
 */
export function planByRules(state: State, from: Planner, known: readonly string[] = []): ProposedTask[] {
  const covered = new Set(state.tasks.list.flatMap((task) => task.status === "parked" ? [] : task.checks));
  const failed = failing(state.checks.latest).filter((result) => !covered.has(result.name));
  const plan = bySuspect(failed, from);
  if (plan.length > 0) return plan;
  const description = state.run.info?.goal ?? say(from, "tasks.reach_the_goal");
  const named = sourcesNamed(description, known, from.languages);
  return [{ description, ...(named.length === 1 ? { target: named[0] } : {}) }];
}

/** Sources among some files that a goal names, by their path or its end. */
function sourcesNamed(goal: string, known: readonly string[], languages: Languages): readonly string[] {
  const words = new Set(
    goal.slice(0, MOST_CHARS).split(/[\s"'`()<>,;:]+/).map((word) => word.replace(/(?<!\.)\.+$/, "")),
  );
  return known.filter((path) =>
    languageOf(path, languages)?.definitions !== undefined && !isTestPath(path, languages) &&
    (words.has(path) || words.has(path.slice(path.lastIndexOf("/") + 1)))
  );
}

/** One task for each file that failing checks point at. */
export function bySuspect(failed: readonly CheckFact[], from: Planner): ProposedTask[] {
  const groups = new Map<string, string[]>();
  for (const result of failed) {
    const key = suspectOf(result, from.languages) ?? "";
    groups.set(key, [...(groups.get(key) ?? []), result.name]);
  }
  return [...groups].map(([target, checks]) => ({
    description: say(from, checks.length === 1 ? "tasks.make_pass_one" : "tasks.make_pass_many", {
      count: checks.length,
      checks: checks.join("; "),
    }).slice(0, 600),
    target: target === "" ? undefined : target,
    checks,
  }));
}
