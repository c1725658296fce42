import { flipsNow } from "../features/evidence/slice.ts";
import type { State } from "../features/state.ts";
import { isGreen, repairedBy } from "../features/checks/judge_run.ts";
import { oneLine, sentence } from "../kernel/say.ts";

/** Characters of a subject, as those who read logs expect it. */
const SUBJECT = 72;
/** Results that are named. */
const MOST_NAMED = 8;

/**
 * Writes the message of the commit of an accepted task: what it is, what showed it, and the run.
 *
 * @param task id of the task
 * @param paths files that it changed
 * @returns the whole message, with a closing line break
 */
export function commitMessage(state: State, task: string, paths: readonly string[]): string {
  const description = oneLine(state.tasks.list.find(({ id }) => id === task)?.description ?? task, 1_000);
  const subject = subjectOf(description);
  const shown = shownBy(state, task, paths);
  return [
    subject,
    ...(description.replace(/\.$/, "") === subject ? [] : ["", description]),
    ...(shown.length === 0 ? [] : ["", "Shown by:", ...shown.map((line) => `- ${line}`)]),
    "",
    `Autonomy-Run: ${state.run.info?.id} ${task}\n`,
  ].join("\n");
}

/**
 * Says what executed checks showed of a task.
 *
 * @param paths files that it changed
 * @returns a line for each result that tells the work from what was before, or one for all checks; none where nothing was executed
 */
export function shownBy(state: State, task: string, paths: readonly string[]): readonly string[] {
  const { checks = [] } = state.tasks.list.find(({ id }) => id === task) ?? {};
  const repaired = repairedBy(state).filter((name) => checks.includes(name));
  const isTest = (path: string) => state.evidence.tests[path] !== undefined;
  const flips = paths.some(isTest) ? flipsNow(state.evidence)?.flips ?? [] : [];
  const named = [
    ...repaired.map((name) => `${oneLine(name)}: failed before, passes now`),
    ...flips.map((name) => `${oneLine(name)}: a new test, fails on the old code, passes now`),
  ];
  const rest = named.length - MOST_NAMED;
  if (named.length > 0) return [...named.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])];
  const count = (state.checks.latest ?? []).length;
  return isGreen(state) ? [count === 1 ? "the only check result passes" : `all ${count} check results pass`] : [];
}

/** The first sentence, or as many of its words as a subject holds. */
function subjectOf(description: string): string {
  const [first = description] = description.split(/(?<=[.!?])\s/);
  const plain = sentence(first).replace(/\.$/, "");
  if (plain.length <= SUBJECT) return plain;
  const cut = plain.slice(0, SUBJECT - 2);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 20))} …`;
}
