import type { Frame } from "./frame.ts";
import type { Ui } from "./ui.ts";

/** Parts of the screen's own state that nothing over the panels shows. */
const UNSEEN: readonly (keyof Ui)[] = ["notice", "confirming", "find", "editor", "working", "unfolded"];

/** Whether nothing changed that something over the panels is made of. */
export function showsSame(one: Ui, other: Ui): boolean {
  return one === other ||
    (Object.keys(one) as (keyof Ui)[]).every((key) => one[key] === other[key] || UNSEEN.includes(key));
}

/**
 * Whether nothing changed but what is written in the input line: no pane shows that, only a list of commands above it.
 *
 * @param one the screen's own state before
 * @param other the same now
 * @param frame what stands on the screen now
 */
export function isOnlyTyped(one: Ui, other: Ui, { regions }: Pick<Frame, "regions">): boolean {
  return regions.every(({ id }) => id !== "commands") &&
    (Object.keys(one) as (keyof Ui)[]).every((key) => one[key] === other[key] || key === "editor");
}
