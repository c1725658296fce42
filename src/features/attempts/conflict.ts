import { facts, NOTHING } from "../../kernel/owed.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";
import type { Attempt } from "./slice.ts";

/** Begins the id of the question whose change of the same lines shall stand. */
export const CONFLICT = "conflict.";

/**
 * Asks whose change shall stand, where the person and an attempt changed the same lines; without a person theirs does.
 *
 * @param name the attempt, `task.number`
 * @returns null where nothing is to be asked
 */
export function conflictOf(state: State, name: string, { conflict, isDeclined, task }: Attempt): Due | null {
  if (conflict === null || isDeclined || state.run.info?.headless === true) return null;
  const id = `${CONFLICT}${name}`;
  if (state.people.questions.some((question) => question.id === id)) return NOTHING;
  return facts({
    type: "question_asked",
    id,
    kind: "call",
    text: `${
      Object.keys(conflict.theirs).join(", ")
    }: you and ${task} changed the same lines. Take the work of ${task} in place of yours? With no, yours stands, and the next try begins with it.`,
    context: "To have parts of both, edit the file as you want it, then say no.",
    turn: null,
    shows: conflict.shows,
  });
}
