import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Languages } from "../../languages/language.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { suspectOf } from "./suspect_of.ts";

/** Whether a task names nothing that is work: no file, or one that judges the work. */
export function isNoWork(task: ProposedTask, known: ReadonlySet<string>, goal: string, languages: Languages): boolean {
  const path = pathOf(task.target);
  return path === "" || isTestPath(path, languages) && known.has(path) && !goal.includes(path);
}

/** The path that a task names, from the folder of the project; empty for none. */
export function pathOf(wished: string | undefined): string {
  return (wished?.trim() ?? "").replace(/^\.\//, "");
}

export function targetOf(
  wished: string | undefined,
  known: ReadonlySet<string>,
  results: readonly CheckFact[],
  goal: string,
  languages: Languages,
): string | null {
  const path = pathOf(wished);
  const suspect = results.map((result) => suspectOf(result, languages)).find((one) => one !== null) ?? null;
  if (path === "" || path.endsWith("/")) return suspect;
  // What judges the work is not the work, unless the goal names it or there is no such file yet.
  if (isTestPath(path, languages) && !goal.includes(path) && (suspect !== null || known.has(path))) return suspect;
  return known.has(path) || suspect === null ? path : suspect;
}
