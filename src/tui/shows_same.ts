import type { Ui } from "./ui.ts";

/** Parts of the screen's own state that nothing over the panels shows. */
const UNSEEN: readonly (keyof Ui)[] = ["notice", "confirming", "find", "editor", "working", "unfolded"];

/** Whether nothing changed that something over the panels is made of. */
export function showsSame(one: Ui, other: Ui): boolean {
  return one === other ||
    (Object.keys(one) as (keyof Ui)[]).every((key) => one[key] === other[key] || UNSEEN.includes(key));
}
