import { leftPatches } from "../features/attempts/left_patches.ts";
import type { State } from "../features/state.ts";
import { isBetweenRuns } from "./between_runs.ts";
import { named } from "./keymap.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import type { Binding, Scene } from "./panel.ts";
import { onWholeRun, REDO, UNDO } from "./panels/changes.ts";
import { confirmed, type Pressed, told, wishedOfSession } from "./ui.ts";

/** Whether a run that is over can go on. */
export function canGoOn({ run: { ending } }: State): boolean {
  return ending !== null && ending.kind !== "accepted";
}

/** Whether a run ended because the project is not trusted. */
export function wantsTrust({ run: { ending }, people }: State): boolean {
  return ending?.kind === "blocked" && !people.trusted;
}

/** What a key is only where a run is over and the screen stays. */
function between({ hints = () => [], press, ...binding }: Binding): Binding {
  return {
    ...binding,
    hints: (scene) => isBetweenRuns(scene) ? hints(scene) : [],
    press: (scene, key) => isBetweenRuns(scene) ? press(scene, key) : null,
  };
}

function goOn({ ui, state }: Scene, key: string): Pressed {
  const run = state.run.info?.id ?? "";
  if (!canGoOn(state)) return told(ui, "The run was accepted: {pane.write} begins the next one.");
  const deed = { kind: "session", wish: { kind: "continue", run }, says: "Going on with the run …" } as const;
  return confirmed(ui, key, deed, "Press {session.continue} again to go on with this run.");
}

/** Asks for the trust once more: the run goes on with its question. */
function askTrust({ ui, state }: Scene): Pressed {
  if (!wantsTrust(state)) return told(ui, "This run does not wait for trust in its project.");
  const run = state.run.info?.id ?? "";
  return wishedOfSession(ui, { kind: "continue", run }, "The run goes on with its question …");
}

function bringIn({ ui, state }: Scene, key: string): Pressed {
  const tasks = leftPatches(state);
  const [task, ...others] = tasks;
  if (task === undefined) return told(ui, "There is no work that was not accepted.");
  const deed = (of: string) => ({ kind: "apply", task: of } as const);
  if (others.length === 0) {
    return confirmed(ui, key, deed(task), `Press {session.apply} again to bring the best work at ${task} in.`);
  }
  const options = tasks.map((name) => ({ name, says: "the best work at it that was not accepted", deed: deed(name) }));
  return { ui: { ...ui, overlay: null, choice: { title: "bring in", of: "task", options, at: 0 } } };
}

const whole = (binding: Binding): Binding => ({
  ...binding,
  help: null,
  hints: () => [],
  press: (scene, key) => binding.press({ ...scene, ui: onWholeRun(scene) }, key),
});

const BINDINGS = {
  changes: {
    keys: ["c"],
    help: ["c", "what changed, line by line"],
    hints: () => [{ keys: "c", does: "what changed" }],
    press: (scene) => ({ ui: { ...onWholeRun(scene), overlay: "difference" } }),
  },
  apply: {
    keys: ["A"],
    help: ["A", "bring in work that was not accepted (asks once)"],
    hints: ({ state }) => leftPatches(state).length === 0 ? [] : [{ keys: "A", does: "bring in" }],
    press: bringIn,
  },
  continue: {
    keys: ["C"],
    help: ["C", "go on with the run (asks once)"],
    hints: ({ state }) => canGoOn(state) && !wantsTrust(state) ? [{ keys: "C", does: "go on" }] : [],
    press: goOn,
  },
  trust: {
    keys: ["T"],
    help: ["T", "be asked again for the trust that was denied"],
    hints: ({ state }) => wantsTrust(state) ? [{ keys: "T", does: "trust" }] : [],
    press: askTrust,
  },
  replay: {
    keys: ["P"],
    help: ["P", "play the run from its beginning"],
    hints: () => [{ keys: "P", does: "play" }],
    press: ({ ui, state }) =>
      wishedOfSession(ui, { kind: "replay", run: state.run.info?.id ?? "" }, "Reading the run …"),
  },
  start: {
    keys: ["S"],
    help: ["S", "the start screen: earlier runs, crew, manner"],
    hints: () => [{ keys: "S", does: "start" }],
    press: ({ ui }) => wishedOfSession(ui, { kind: "start" }, "Asking the hosts …"),
  },
} satisfies Record<string, Binding>;

/** What can be done once a run is over, from its summary and by name. */
export const SESSION_KEYS = named("session", BINDINGS);

/** What the same keys say while a run is at work, so that none of them is dead. */
export const TOO_EARLY: readonly Binding[] = Object.values<Binding>(SESSION_KEYS).map((binding) => ({
  ...binding,
  hints: () => [],
  press: ({ ui, state }) =>
    state.run.ending === null ? told(ui, "The run is at work: that key is for when it is over.") : null,
}));

/** What the keys say that undo a part, and bring it back, where no part is meant. */
export const WITHOUT_PART: readonly Binding[] = [UNDO, REDO].map((binding) => ({
  ...binding,
  help: null,
  hints: () => [],
  press: ({ ui, state }) =>
    told(
      ui,
      state.run.ending === null
        ? "The run is at work: that key is for when it is over."
        : "{panel.changes} goes to the changes, where that key means the part that is shown.",
    ),
}));

/** What changed by all of the run, also where the screen ends with it. */
const CHANGES: Binding = SESSION_KEYS.changes;

/** All that can be done with a run that is over, those that matter most first. */
export const AFTER_RUN: readonly Binding[] = [
  between(PANE_KEYS.write),
  CHANGES,
  ...[SESSION_KEYS.apply, SESSION_KEYS.trust, SESSION_KEYS.continue, SESSION_KEYS.start, SESSION_KEYS.replay].map(
    between,
  ),
  whole(UNDO),
  whole(REDO),
];
