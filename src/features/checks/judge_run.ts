import { sentence } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { EndingKind } from "../run/endings.ts";
import type { State } from "../state.ts";
import { failing } from "./slice.ts";

/**
 * Judges a run that ends: accepted only by executed checks.
 *
 * @param state what is so, with no decision at work but the one that ends it
 * @returns kind and cause in a sentence
 */
export function judgeRun(state: State): { readonly kind: EndingKind; readonly cause: string } {
  const done = state.tasks.list.filter((task) => task.status === "done");
  const undone = state.tasks.list.filter((task) => task.status !== "done" && task.status !== "dropped");
  const latest = state.checks.latest ?? [];
  const failed = failing(latest);
  const names = new Set(latest.map((result) => result.name));
  const missing = (state.checks.first ?? []).filter((result) => !names.has(result.name));
  const claims = state.tasks.list.filter((task) => task.kind === "issue" && task.status === "dropped").length;
  const note = claims === 0 ? "" : ` ${counted(claims, "reported issue")} that no check shows.`;
  const green = latest.length > 0 && failed.length === 0 && missing.length === 0 && !state.checks.stale;
  if (done.length > 0 && undone.length === 0 && green) {
    return {
      kind: "accepted",
      cause: `${counted(done.length, "task")} done, ${
        latest.length === 1 ? "the only check result" : `all ${latest.length} check results`
      } green.${note}`,
    };
  }
  const why = missing.length > 0
    ? `${counted(missing.length, "check result")} of the start ${missing.length === 1 ? "is" : "are"} missing: ${
      missing[0]!.name
    }`
    : failed.length > 0
    ? `${counted(failed.length, "check")} still ${failed.length === 1 ? "fails" : "fail"}: ${failed[0]!.name}`
    : done.length > 0 && state.checks.stale
    ? "files changed after the checks were executed, so nothing proves the work"
    : latest.length === 0
    ? "the project has no checks, so nothing proves the work"
    : undone.length > 0
    ? `${counted(undone.length, "task")} not done: ${undone[0]!.description}`
    : "no task was done";
  return { kind: done.length > 0 ? "partial" : "failed", cause: `${sentence(why)}${note}` };
}
