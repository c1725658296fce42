import { oneLine } from "../../kernel/say.ts";
import { unwritten } from "../criteria/unwritten.ts";
import type { State } from "../state.ts";
import { namesOf } from "./slice.ts";

/**
 * Says what of a run only a person can judge, beside new tests: sources that take hold of a runner, tests in which names were changed,
 * protected files that changed while checks ran, wishes for which nothing was written.
 */
export function doubtsOf(state: State): readonly string[] {
  const { evidence, protection } = state;
  return [
    ...unwritten(state).map((text) => `nothing was written for "${oneLine(text, 100)}"`),
    ...evidence.holding.map(({ path, line }) => `${path} takes hold of its own test runner (${line})`),
    ...Object.keys(evidence.renamed).map((path) => `${path}, which judges the work, got new names`),
    ...Object.keys(protection.unsure).map((path) => `${path} changed while the checks ran`),
  ];
}

/** Names all that a person would agree to: the new tests and the doubts, each with its content. */
export function shownBy(state: State): string {
  const { evidence, protection } = state;
  const doubted = [
    ...unwritten(state).map((text) => `nothing for ${text}`),
    ...evidence.holding.map(({ path, hash }) => `${path} ${hash}`),
    ...Object.entries(evidence.renamed).map((one) => one.join(" ")),
    ...Object.keys(protection.unsure).map((path) => `${path} ${protection.files?.[path]?.hash ?? ""}`),
  ];
  return `${namesOf(evidence.tests)}\n\n${doubted.sort().join("\n")}`;
}

/** What the person said of what stands now, or ahead of new tests alone; null while nobody was asked. */
export function agreedNow(state: State): boolean | null {
  const { answer, ahead } = state.evidence;
  if (answer !== null && answer.of === shownBy(state)) return answer.agreed;
  return ahead && doubtsOf(state).length === 0 ? true : null;
}
