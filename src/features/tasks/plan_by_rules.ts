import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Languages } from "../../languages/language.ts";
import { failing } from "../checks/slice.ts";
import type { State } from "../state.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { suspectOf } from "./suspect_of.ts";

/**
 * Makes a plan without a model: one task for each file that failing checks point at, or the goal itself where nothing fails.
 *
 * @returns proposed tasks, at least one
 */
export function planByRules(state: State, languages?: Languages): ProposedTask[] {
  const covered = new Set(state.tasks.list.flatMap((task) => task.status === "parked" ? [] : task.checks));
  const failed = failing(state.checks.latest).filter((result) => !covered.has(result.name));
  const plan = bySuspect(failed, languages);
  return plan.length === 0 ? [{ description: state.run.info?.goal ?? "Reach the goal." }] : plan;
}

/** One task for each file that failing checks point at. */
export function bySuspect(failed: readonly CheckFact[], languages?: Languages): ProposedTask[] {
  const groups = new Map<string, string[]>();
  for (const result of failed) {
    const key = suspectOf(result, languages) ?? "";
    groups.set(key, [...(groups.get(key) ?? []), result.name]);
  }
  return [...groups].map(([target, checks]) => ({
    description: `Make ${checks.length === 1 ? "this check" : `these ${checks.length} checks`} pass: ${
      checks.join("; ")
    }`.slice(0, 600),
    target: target === "" ? undefined : target,
    checks,
  }));
}
