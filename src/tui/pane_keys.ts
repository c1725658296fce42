import { ARBITER } from "../features/registry.ts";
import { roleOfSeat } from "../features/seats/seat.ts";
import { answering, judgeAsked } from "./judge_asked.ts";
import { isBetweenRuns } from "./between_runs.ts";
import { writing } from "./drafts.ts";
import { gateMessage, gateOf, turnGate } from "./gate.ts";
import { inspecting } from "./inspected.ts";
import { inWords, named } from "./keymap.ts";
import {
  type Binding,
  choosing,
  focusedRole,
  focusOn,
  type Hint,
  type Panel,
  type Scene,
  type Stage,
} from "./panel.ts";
import { isInterruptible } from "./select/activity.ts";
import { leadOf, onStage } from "./stage.ts";
import { confirmed, openPalette, type Pressed, told, type Ui, VIEWS, wished } from "./ui.ts";

/** Id of the panel of messages, and of what is selected in it. */
const MESSAGES = "messages";

/** Moves the focus through what can be seen: the threads on the stage, or all of them in the grid, and the panels beside them. */
export function moveFocus(stage: Stage, by: 1 | -1): Ui {
  const { ui, panels, state } = stage;
  const threads = state === null || ui.view === "grid" ? panels : onStage({ state, ui, panels });
  const through = panels.filter((panel) => panel.role === undefined || threads.includes(panel));
  const at = through.findIndex((panel) => panel.id === ui.focus);
  const next = through[(at + by + through.length) % through.length];
  return next === undefined ? ui : focusOn(ui, next);
}

/** The thread that a digit means: the one with that key, and pressed again the next seat of its role. */
function threadOfKey({ ui, panels }: Scene, key: string): Panel | undefined {
  const first = panels.find((panel) => panel.key === key);
  if (first?.role === undefined) return first;
  const seats = panels.filter(({ role }) => role !== undefined && roleOfSeat(role) === first.role);
  const at = ui.pinned === ui.focus ? seats.findIndex(({ id }) => id === ui.pinned) : -1;
  return at === -1 ? first : seats[(at + 1) % seats.length];
}

/** Leads to another view. */
function turnView(ui: Ui, by: 1 | -1): Ui {
  const at = VIEWS.indexOf(ui.view);
  return { ...ui, view: VIEWS[(at + by + VIEWS.length) % VIEWS.length]! };
}

/** Shows the earlier tries of the focused thread whole, or folds them again. */
function fold(scene: Scene): Pressed {
  const { ui } = scene;
  if (focusedRole(scene) === null) return told(ui, "{pane.fold} shows the tries of a thread whole: focus one first.");
  const others = ui.unfolded.filter((id) => id !== ui.focus);
  const isWhole = ui.unfolded.includes(ui.focus);
  const done = isWhole ? "Earlier tries are folded." : "Earlier tries are shown whole; {pane.fold} folds them.";
  return told({ ...ui, unfolded: isWhole ? others : [...others, ui.focus] }, done);
}

/** Opens the raw view on the last reply of the focused thread. */
function openRaw(scene: Scene): Pressed {
  const { ui, store } = scene;
  const role = focusedRole(scene);
  if (role === null) return told(ui, "{pane.raw} shows the last raw reply of a thread: focus one first.");
  return { ui: { ...ui, overlay: "raw", raw: { role, at: Math.max(0, store.replies(role) - 1) } } };
}

function holdThread(scene: Scene): Pressed | null {
  const { state, ui } = scene;
  const role = focusedRole(scene);
  if (role === null) return null;
  const standing = state.messages.holds.find((hold) => hold.scope === "to" && hold.of === role);
  return standing === undefined
    ? wished(ui, { kind: "hold", scope: "to", of: role }, `Messages to ${role} are held. {pane.hold} lifts that again.`)
    : wished(ui, { kind: "lift", hold: standing.id }, `Messages to ${role} go on.`);
}

const ARBITER_GOES_ON =
  "The arbiter's asks are short: {pane.pause} pauses the run, and what you say to it comes first at the next one.";

/** Leads back: to the stage, from a panel beside the threads to a thread; in a thread it interrupts. */
function escape(scene: Scene, key: string): Pressed {
  const { state, ui } = scene;
  if (ui.view !== "stage") return { ui: { ...ui, view: "stage" } };
  const role = focusedRole(scene);
  if (role === null) {
    const back = leadOf(scene);
    return { ui: back === undefined ? ui : focusOn(ui, back) };
  }
  if (!isInterruptible(state, role)) {
    return told(ui, state.run.ending === null ? `${role} has nothing to interrupt.` : "The run is over.");
  }
  if (role === ARBITER) return told(ui, ARBITER_GOES_ON);
  const deed = { kind: "wish", intent: { kind: "interrupt", role }, done: `${role} is interrupted.` } as const;
  return confirmed(ui, key, deed, `Press {pane.escape} again to interrupt the turn of ${role}.`);
}

/** Leaves a run that is over: at once from its summary, elsewhere and over an unsent draft at the second press. */
function leave({ state, ui }: Scene, key: string): Pressed {
  if (state.run.ending === null) {
    return told(ui, "The run is at work. {screen.quit} twice quits; it can be continued later.");
  }
  const deed = { kind: "quit" } as const;
  if (ui.overlay === "summary" && ui.editor.text === "") return { ui, deed };
  const draft = ui.editor.text === "" ? "" : " What you wrote was not sent.";
  return confirmed(ui, key, deed, `Press {pane.leave} again to quit.${draft}`);
}

/** Goes to the input line: to answer where the person is asked for words, else to the focused thread. */
export function aimAt(scene: Scene): Pressed {
  const { state, ui, panels } = scene;
  if (isBetweenRuns(scene)) return { ui: writing(ui, { kind: "goal" }) };
  if (state.run.ending !== null && ui.editor.text === "") {
    return told(ui, "The run is over. {pane.leave} quits, {pane.summary} shows the summary.");
  }
  const asked = state.people.questions.find((question) => question.kind === "input");
  if (asked !== undefined) return { ui: answering(ui, asked) };
  const to = focusedRole(scene) ?? panels[0]?.role ?? "arbiter";
  return { ui: writing(ui, { kind: "say", to }) };
}

/** Shows all of what is asked, else of the message that waits at the gate, else of the one that is selected. */
function showWhole(scene: Scene): Pressed {
  const { state, ui } = scene;
  if (state.people.questions.length > 0) return { ui: { ...ui, overlay: "question" } };
  const selected = state.messages.list.find(({ id }) => id === ui.selected[MESSAGES]);
  const message = (ui.focus === MESSAGES ? selected : undefined) ?? gateMessage(scene);
  return message === null
    ? told(ui, "Nothing is asked of you now, and no message waits.")
    : { ui: inspecting(ui, message.id) };
}

function questionHints({ state, keymap }: Scene): readonly Hint[] {
  const question = state.people.questions[0];
  if (question === undefined) return [];
  const denies = question.kind !== "input" ? "deny" : question.proposes === undefined ? "leave unanswered" : "leave it";
  const write = inWords(keymap, PANE_KEYS.write, "i");
  const answers: readonly Hint[] = question.kind !== "input" ? [{ keys: "a", does: "approve", stays: true }] : [
    ...(question.proposes === undefined ? [] : [{ keys: "a", does: "agree", stays: true }]),
    ...(write === null ? [] : [{ keys: write, does: question.proposes === undefined ? "answer" : "edit" }]),
  ];
  return [...answers, { keys: "d", does: denies, stays: true }];
}

function escapeHints(scene: Scene) {
  const role = focusedRole(scene);
  const does = scene.ui.view === "alone"
    ? "unzoom"
    : scene.ui.view === "grid"
    ? "stage"
    : role === null
    ? "back"
    : role !== ARBITER && isInterruptible(scene.state, role)
    ? "interrupt"
    : null;
  // An answer that is asked for comes before it.
  return does === null ? [] : [{ keys: "Esc", does, stays: scene.state.people.questions.length === 0 }];
}

const DIGITS = Array.from("123456789");

const BINDINGS = {
  threads: {
    keys: DIGITS,
    actions: Object.fromEntries(DIGITS.map((digit) => [`thread_${digit}`, [digit]])),
    help: ["1-9", "pin a thread to the stage; again: its next seat"],
    hints: () => [{ keys: "1-9", does: "pin" }],
    press: (scene, key) => {
      const panel = threadOfKey(scene, key);
      return panel === undefined ? told(scene.ui, `There is no thread ${key}.`) : { ui: choosing(scene.ui, panel) };
    },
  },
  follow: {
    keys: ["0"],
    help: ["0", "follow who works"],
    hints: ({ ui }) => ui.pinned === null ? [] : [{ keys: "0", does: "follow" }],
    press: (scene) => {
      const ui = { ...scene.ui, pinned: null };
      const lead = leadOf({ ...scene, ui });
      return told(lead === undefined ? ui : focusOn(ui, lead), "The stage follows who works.");
    },
  },
  walk: {
    keys: ["tab", "shift-tab"],
    actions: { next: ["tab"], previous: ["shift-tab"] },
    help: ["Tab Shift-Tab", "next, previous pane"],
    press: (scene, key) => ({ ui: moveFocus(scene, key === "tab" ? 1 : -1) }),
  },
  zoom: {
    keys: ["z"],
    help: ["z", "the panel alone, and back"],
    hints: ({ ui }) => ui.view === "alone" ? [] : [{ keys: "z", does: "zoom" }],
    press: ({ ui }) => ({ ui: { ...ui, view: ui.view === "alone" ? "stage" : "alone" } }),
  },
  view: {
    keys: ["+", "_"],
    actions: { view: ["+"], view_back: ["_"] },
    help: ["+ _", "stage, grid of all threads, one alone"],
    hints: () => [{ keys: "+", does: "view" }],
    press: ({ ui }, key) => ({ ui: turnView(ui, key === "+" ? 1 : -1) }),
  },
  fold: {
    keys: ["."],
    help: [".", "a thread's earlier tries whole, or folded"],
    press: fold,
  },
  raw: {
    keys: ["v"],
    help: ["v", "raw view of a thread's last reply; ← → others"],
    hints: (scene) => focusedRole(scene) === null ? [] : [{ keys: "v", does: "raw reply" }],
    press: openRaw,
  },
  judge: {
    keys: ["a", "d"],
    actions: { approve: ["a"], deny: ["d"] },
    help: ["a d", "agree to, deny what is asked"],
    hints: questionHints,
    press: (scene, key) => judgeAsked(scene, key === "a"),
  },
  question: {
    keys: ["w"],
    help: ["w", "all of what is asked, or of a message"],
    press: showWhole,
  },
  pause: {
    keys: ["p"],
    help: ["p", "pause, go on"],
    hints: ({ state }) => [{ keys: "p", does: state.run.paused ? "go on" : "pause" }],
    press: ({ state, ui }) =>
      state.run.paused
        ? wished(ui, { kind: "unpause" }, "The run goes on.")
        : wished(ui, { kind: "pause" }, "Paused. {pane.pause} goes on."),
  },
  hold: {
    keys: ["h"],
    help: ["h", "in a thread: hold all messages to it; again: lift"],
    hints: (scene) => focusedRole(scene) === null ? [] : [{ keys: "h", does: "hold" }],
    press: holdThread,
  },
  gate: {
    keys: ["H"],
    help: ["H", "gate: each message waits for you; again: all go on"],
    hints: ({ state }) => [{ keys: "H", does: gateOf(state) === null ? "gate" : "open gate" }],
    press: turnGate,
  },
  escape: {
    keys: ["esc"],
    help: ["Esc", "interrupt the focused turn (asks once)"],
    hints: escapeHints,
    press: escape,
  },
  summary: {
    keys: ["s"],
    help: ["s", "summary, when the run is over"],
    hints: ({ state }) => state.run.ending === null ? [] : [{ keys: "s", does: "summary" }],
    press: ({ state, ui }) =>
      state.run.ending === null
        ? told(ui, "The summary comes when the run is over.")
        : { ui: { ...ui, overlay: "summary" } },
  },
  leave: {
    keys: ["q"],
    help: ["q", "quit, when the run is over"],
    hints: ({ state }) => state.run.ending === null ? [] : [{ keys: "q", does: "quits", stays: true }],
    press: leave,
  },
  write: {
    keys: ["i", "enter"],
    help: ["i Enter", "to the input line: to the focused thread; over: next goal"],
    hints: (scene) =>
      isBetweenRuns(scene)
        ? [{ keys: "i", does: "next goal", stays: true }]
        : scene.state.run.ending === null
        ? [{ keys: "i", does: "write" }]
        : [],
    press: aimAt,
  },
  command: {
    keys: [":", "ctrl-p"],
    help: [": ^P", "the palette: every command by its name"],
    hints: () => [{ keys: ":", does: "command" }],
    press: ({ ui }) => ({ ui: openPalette(ui) }),
  },
} satisfies Record<string, Binding>;

/** Keys that act on the run and its panels, where the focused panel has none of its own for them and nobody is writing. */
export const PANE_KEYS = named("pane", BINDINGS);
