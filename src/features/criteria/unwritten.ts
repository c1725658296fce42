import { attemptsAt } from "../attempts/attempts_at.ts";
import { isDocument } from "../../languages/document.ts";
import type { State } from "../state.ts";
import { isAboutDocuments } from "./read_goal.ts";

/**
 * Lists what only a person can see and for which nothing was written: whoever was to do it said that nothing is to be changed. That may be so,
 * but nobody else looked.
 *
 * @returns its words, each criterion once
 */
export function unwritten(state: State): readonly string[] {
  const { criteria, tasks, files } = state;
  const changed = Object.entries(files.byPath).filter(([, { original, current }]) => original !== current);
  const writesDocument = changed.some(([path]) => isDocument(path));
  return (criteria.list ?? []).flatMap(({ text, how }, index) => {
    const own = tasks.list.filter((task) => task.criterion === index + 1);
    const isEmpty = own.length > 0 &&
      own.every(({ id, status }) =>
        status === "dropped" && !attemptsAt(state, id).some(({ verdict }) => verdict === "kept")
      );
    // A document may have been written with the work that it is about.
    return how === "eye" && isEmpty && !(writesDocument && isAboutDocuments(text)) ? [text] : [];
  });
}
