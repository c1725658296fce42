import { withGoalAlone, writing } from "./drafts.ts";
import type { StartForm } from "./session.ts";
import { focusOn, type Panel, type Scene } from "./panel.ts";
import type { Ui } from "./ui.ts";

/** Whether the run is over and the screen stays for what follows. */
export function isBetweenRuns({ store, state }: Pick<Scene, "store" | "state">): boolean {
  return store.inSession === true && state.run.ending !== null && store.playing === undefined;
}

/** What of the screen's own state belongs to a run. */
const OF_RUN = {
  pinned: null,
  view: "stage",
  unfolded: [],
  raw: null,
  selected: {},
  choice: null,
  confirming: null,
  working: null,
  notice: "",
  placing: null,
} as const;

/**
 * The screen's own state when the start screen comes, or what it shows is another.
 *
 * @param before the form that stood there; null where none did
 * @param form the form; null while it is not known yet
 * @param isFirst whether neither run nor form stood there before: what was said since the opening stands until the next key then
 */
export function asking(ui: Ui, before: StartForm | null, form: StartForm | null, isFirst = false): Ui {
  const other = { ...ui, ...OF_RUN, notice: isFirst ? ui.notice : "", overlay: null };
  if (form === null) return { ...other, aim: null };
  // Who went to the list stays there while it changes.
  const asked = before === null ? writing(other, { kind: "goal" }) : ui;
  return form.refused === before?.refused ? asked : goalBack(asked, form.refused?.goal ?? null);
}

/** The screen with the goal in its line that could not be begun with, unless another one is being written there. */
function goalBack(ui: Ui, goal: string | null): Ui {
  if (goal === null || ui.writtenFor?.kind !== "goal" || ui.editor.text !== "") return ui;
  return { ...ui, editor: { text: goal, cursor: goal.length }, recalled: null };
}

/**
 * The screen's own state when a run comes: a draft of another run is none here. A goal that was not begun with waits for its line.
 *
 * @param first the panel that has the keys; absent where there is none
 * @param isFirst as {@link asking} has it
 */
export function showing(ui: Ui, first: Panel | undefined, isFirst = false): Ui {
  const other = { ...ui, ...OF_RUN, notice: isFirst ? ui.notice : "" };
  const shown = { ...withGoalAlone(other), overlay: null, aim: null, find: null };
  return first === undefined ? shown : focusOn(shown, first);
}

/** The screen's own state when a run begins whose crew stood there while its hosts were asked: what was said of that is over. */
export function begun(ui: Ui): Ui {
  return { ...ui, notice: "", working: null };
}

/**
 * The screen's own state when a run ends. The input line, and what is being looked for, keep the keys, so that who is writing does not find the next
 * letters taken for commands.
 */
export function ended(ui: Ui): Ui {
  if (ui.find?.typing === true) {
    return { ...ui, confirming: null, notice: "The run is over; {pane.summary} shows its summary." };
  }
  // What was said of a run at work is over with it: the keys of what can follow take its place.
  return { ...ui, overlay: "summary", confirming: null, notice: "" };
}

/** The screen's own state when a run that is played goes back behind its end. */
export function goesOn(ui: Ui): Ui {
  return ui.overlay === "summary" ? { ...ui, overlay: null } : ui;
}
