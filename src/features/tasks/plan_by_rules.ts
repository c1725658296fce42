import type { CheckFact } from "../../effects/check/check_effect.ts";
import { failing } from "../checks/slice.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { suspectOf } from "./suspect_of.ts";
import { say } from "../../sentences/say.ts";

/** What of the registry rules plan by. */
type Planner = Pick<Registry, "languages" | "prompts">;

/**
 * Makes a plan without a model: one task for each file that failing checks point at, or the goal itself where nothing fails.
 *
 * @param from languages by which tests are told, and the words of descriptions
 * @returns proposed tasks, at least one
 */
export function planByRules(state: State, from: Planner): ProposedTask[] {
  const covered = new Set(state.tasks.list.flatMap((task) => task.status === "parked" ? [] : task.checks));
  const failed = failing(state.checks.latest).filter((result) => !covered.has(result.name));
  const plan = bySuspect(failed, from);
  return plan.length === 0 ? [{ description: state.run.info?.goal ?? say(from, "tasks.reach_the_goal") }] : plan;
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
