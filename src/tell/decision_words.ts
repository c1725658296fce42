import type { Decision } from "../features/decisions/slice.ts";
import { oneLine } from "../kernel/say.ts";
import { type DecisionWording, goOnWords, sayDecision } from "./earlier.ts";

/**
 * Says in a few plain words what was decided: by whom it gave which task where it gave one, else by what going on with its phase was.
 *
 * @param kinds kinds of decisions and phases
 * @param decision what was decided, with whom it gave which task
 * @returns words on one line, such as `T1 ▸ coding`, `plan the work`, `ask analysis: Where is it used?`
 */
export function decisionWords(
  kinds: DecisionWording,
  decision: Pick<Decision, "name" | "arguments" | "phase" | "assigned" | "races">,
): string {
  const { name, arguments: args, phase, assigned, races } = decision;
  return oneLine(sayDecision(kinds, name, args, { assigned, races, goOn: goOnWords(kinds, phase) }));
}

/**
 * Says what came of a decision, without what its words say already.
 *
 * @param words the words of the decision
 * @param decision what was decided
 * @returns a line; empty where nothing came of it yet, or nothing that is not said
 */
export function outcomeWords(words: string, { assigned, arguments: args, outcome }: Decision): string {
  if (outcome === null) return "";
  const line = oneLine(outcome, 400);
  // An outcome that only names what was chosen says that it was done, which its sign says.
  const [chosen] = Object.entries(args).flatMap(([key, value]) => key === "reason" ? [] : [String(value)]);
  if (chosen !== undefined && words.endsWith(chosen) && line.length < chosen.length + 24 && line.includes(chosen)) {
    return "";
  }
  const leads = [...(assigned === null ? [] : [`${assigned.task} `, `${assigned.role}: `]), `${asked(words)}: `];
  const lead = leads.find((one) => line.startsWith(one));
  return lead === undefined ? line : line.slice(lead.length);
}

/** Who was asked, by the words of a decision. */
function asked(words: string): string {
  return /^ask (\S+)/.exec(words)?.[1]?.replace(/:$/, "") ?? "";
}
