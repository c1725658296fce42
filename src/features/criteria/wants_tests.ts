import type { State } from "../state.ts";
import { asksForTests } from "./parts_of_goal.ts";

/** Whether nothing is wished for but tests of what is there: they pass on the old code, so that says nothing of them. */
export function wantsTestsAlone({ criteria: { list } }: State): boolean {
  const wishes = (list ?? []).filter(({ how }) => how !== "check");
  return wishes.length > 0 && wishes.every(({ text }) => asksForTests(text));
}
