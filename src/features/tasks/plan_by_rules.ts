import type { CheckFact } from "../../effects/check/check_effect.ts";
import { failing } from "../checks/slice.ts";
import type { State } from "../state.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { suspectOf } from "./suspect_of.ts";
import { say, type Wording } from "../../sentences/say.ts";

/**
 * Makes a plan without a model: one task for each file that failing checks point at, or the goal itself where nothing fails.
 *
 * @param state what is so
 * @returns proposed tasks, at least one
 */
export function planByRules(state: State, from: Wording): ProposedTask[] {
  const covered = new Set(state.tasks.list.flatMap((task) => task.status === "parked" ? [] : task.checks));
  const failed = failing(state.checks.latest).filter((result) => !covered.has(result.name));
  const plan = bySuspect(failed, from);
  return plan.length === 0 ? [{ description: state.run.info?.goal ?? say(from, "tasks.reach_the_goal") }] : plan;
}

/** One task for each file that failing checks point at. */
export function bySuspect(failed: readonly CheckFact[], from: Wording): ProposedTask[] {
  const groups = new Map<string, string[]>();
  for (const result of failed) {
    const key = suspectOf(result) ?? "";
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
