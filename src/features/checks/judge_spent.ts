import { sentence } from "../../kernel/say.ts";
import type { Fact } from "../fact.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { isSatisfied } from "./judge.ts";
import { isProven, repairedBy, undoneOf, whyNot } from "./judge_run.ts";

/**
 * Ends a run that cannot go on, and judges it by the evidence that there is: accepted where executed checks show the work already and
 * only what may follow it is left, such as a review; partial where something of it stands.
 *
 * @param kind what it ends as where nothing was reached
 * @param cause why it cannot go on, in a sentence
 */
export function judgeSpent(
  state: State,
  kind: "budget" | "no_host",
  cause: string,
): Extract<Fact, { type: "run_ended" }> {
  const left = undoneOf(state);
  const missing = left.filter((task) => task.kind === "work" && !isShown(state, task));
  if (missing.length === 0 && isProven(state)) {
    const count = (state.checks.latest ?? []).length;
    const rest = left.length === 0 ? "" : ` Left undone: ${left.map(leftOf).join("; ")}.`;
    const green = count === 1 ? "The only check result is green" : `All ${count} check results are green`;
    return { type: "run_ended", kind: "accepted", cause: `${green}. ${sentence(cause)}${rest}`, spent: true };
  }
  const done = state.tasks.list.filter((task) => task.status === "done").length;
  if (kind === "no_host" || done === 0 && repairedBy(state).length === 0) {
    return { type: "run_ended", kind, cause, spent: true };
  }
  return {
    type: "run_ended",
    kind: "partial",
    cause: `${sentence(cause)} ${sentence(capital(whyNot(state, done, missing)))}`,
    spent: true,
  };
}

/** Whether the checks that a task is about pass. */
function isShown({ checks }: State, task: Task): boolean {
  return task.checks.length > 0 && isSatisfied(task, checks.latest);
}

function leftOf({ id, kind, status, description }: Task): string {
  if (status === "in_review") return `the review of ${id}`;
  return kind === "work" ? `the review of ${id}` : `${id} (${description.replace(/\.$/, "")})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
