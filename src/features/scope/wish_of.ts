import { goesBeyond } from "../criteria/parts_of_goal.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/**
 * Gives the words in which a task says what it is to do: of a wish that goes on with another one its own, without what was asked for
 * before, which its description repeats for whoever reads "it".
 */
export function wishOf({ criteria }: Pick<State, "criteria">, { kind, criterion, description }: Task): string {
  const text = kind === "work" && criterion !== undefined ? criteria.list?.[criterion - 1]?.text : undefined;
  return text !== undefined && goesBeyond(text) ? text : description;
}
