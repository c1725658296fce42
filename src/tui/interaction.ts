import type { Intent } from "../features/intent.ts";
import type { State } from "../features/state.ts";
import { BLANK, type Editor, EDITS, insert, moveLine } from "./editor.ts";
import type { Key } from "./keys.ts";
import { PANELS, type View, viewId } from "./layout.ts";
import { pressInPanes } from "./pane_keys.ts";

/** What the text in the input line is for. */
export type Aim =
  | { readonly kind: "goal" }
  | { readonly kind: "say"; readonly to: string }
  | { readonly kind: "answer"; readonly question: string }
  | { readonly kind: "edit"; readonly message: string };

/** The screen's own state: what no fact knows. */
export interface Ui {
  readonly focus: View;
  /** Last focused thread that is not the arbiter. */
  readonly beside: string | null;
  readonly zoom: boolean;
  readonly overlay: "help" | "summary" | "question" | "raw" | null;
  /** The reply that the raw view shows: whose, and its number from 0. */
  readonly raw: { readonly role: string; readonly at: number } | null;
  /** Present while the input line has the keys. */
  readonly aim: Aim | null;
  readonly editor: Editor;
  /** The draft that comes back when the edit of a message is over. */
  readonly draft: Editor;
  /** Texts that were sent, oldest first. */
  readonly sent: readonly string[];
  /** Place in `sent` while going through it, with the draft to come back to. */
  readonly recalled: { readonly at: number; readonly draft: string } | null;
  /** Selected message. */
  readonly selected: string | null;
  /** Message that waits for the digit of its new receiver. */
  readonly redirecting: string | null;
  /** What the next press of the same key would do. */
  readonly confirming: "quit" | { readonly interrupt: string } | null;
  /** A sentence in the place of the hints, until the next key. */
  readonly notice: string;
}

/** What keys reach. */
export interface World {
  readonly state: State;
  readonly roles: readonly string[];
  /** Views in the order of Tab. */
  readonly views: readonly View[];
  /** True while the goal is asked for. */
  readonly starting: boolean;
  send(intent: Intent): string | null;
  submitGoal(goal: string): void;
  /** Scrolls a view or the overlay by rows; Infinity goes to an end. */
  scroll(by: number): void;
  /** Rows of the focused view. */
  page(): number;
  /** Replies of a thread. */
  replies(role: string): number;
  quit(): void;
  suspend(): void;
  redraw(): void;
}

/** The screen before the first key. */
export const FIRST: Ui = {
  focus: { kind: "thread", role: "arbiter" },
  beside: null,
  zoom: false,
  overlay: null,
  raw: null,
  aim: null,
  editor: BLANK,
  draft: BLANK,
  sent: [],
  recalled: null,
  selected: null,
  redirecting: null,
  confirming: null,
  notice: "",
};

const OVER_REFUSAL = "The run is over: nobody reads this any more. Your words stay; Esc leaves the line.";
const QUIT_QUESTION = "Press Ctrl-C again to quit. The run can be continued later.";

function pressQuit(ui: Ui, world: World, confirmed: boolean): Ui {
  if (ui.aim !== null && ui.editor.text !== "") return { ...ui, editor: BLANK, recalled: null };
  if (confirmed) world.quit();
  return { ...ui, confirming: "quit", notice: world.starting ? "Press Ctrl-C again to quit." : QUIT_QUESTION };
}

/** Gives the keys back to the panes. What was being written stays; the edit of a message makes room for the draft from before. */
function leaveInput(ui: Ui): Ui {
  return ui.aim?.kind === "edit"
    ? { ...ui, aim: null, editor: ui.draft, draft: BLANK, recalled: null }
    : { ...ui, aim: null };
}

/** Takes the text of the input line to where it belongs. */
function submit(ui: Ui, aim: Aim, world: World): Ui {
  const text = ui.editor.text.trim();
  const done: Ui = {
    ...leaveInput({ ...ui, editor: BLANK, recalled: null }),
    sent: text === "" ? ui.sent : [...ui.sent.slice(-99), text],
  };
  if (text === "") {
    return aim.kind === "goal" ? { ...ui, notice: "Say what is to be done, then press Enter." } : leaveInput(ui);
  }
  let refusal: string | null = null;
  switch (aim.kind) {
    case "goal":
      world.submitGoal(text);
      break;
    case "say":
      refusal = world.send({ kind: "say", to: aim.to, text });
      break;
    case "answer":
      refusal = world.send({ kind: "answer", question: aim.question, approved: true, text });
      break;
    case "edit":
      refusal = world.send({ kind: "edit", message: aim.message, text });
      break;
  }
  if (refusal === null) return done;
  return { ...ui, notice: world.state.run.ending === null ? refusal : OVER_REFUSAL };
}

function recall(ui: Ui, by: -1 | 1): Ui {
  const moved = moveLine(ui.editor, by);
  if (moved !== null) return { ...ui, editor: moved };
  const at = (ui.recalled?.at ?? ui.sent.length) + by;
  const draft = ui.recalled?.draft ?? ui.editor.text;
  if (at < 0 || at > ui.sent.length) return ui;
  if (at === ui.sent.length) return { ...ui, recalled: null, editor: { text: draft, cursor: draft.length } };
  const text = ui.sent[at]!;
  return { ...ui, recalled: { at, draft }, editor: { text, cursor: text.length } };
}

function pressInInput(ui: Ui, aim: Aim, key: Key, world: World): Ui {
  switch (key) {
    case "enter":
      return submit(ui, aim, world);
    case "newline":
      return { ...ui, editor: insert(ui.editor, "\n") };
    case "esc":
      return aim.kind === "goal" ? ui : leaveInput(ui);
    case "up":
      return recall(ui, -1);
    case "down":
      return recall(ui, 1);
    case "pageup":
      world.scroll(-world.page());
      return ui;
    case "pagedown":
      world.scroll(world.page());
      return ui;
    case "tab":
    case "shift-tab":
      return aim.kind === "goal" ? ui : moveFocus(leaveInput(ui), world, key === "tab" ? 1 : -1);
    case "ctrl-d":
      if (ui.editor.text === "") world.quit();
      return ui;
  }
  const edit = EDITS[key];
  if (edit !== undefined) return { ...ui, editor: edit(ui.editor) };
  return Array.from(key).length === 1 ? { ...ui, editor: insert(ui.editor, key) } : ui;
}

/** Gives a view the focus. */
export function focusOn(ui: Ui, view: View): Ui {
  const beside = view.kind === "thread" && view.role !== "arbiter" ? view.role : ui.beside;
  return { ...ui, focus: view, beside };
}

/** Moves the focus through the views in order. */
export function moveFocus(ui: Ui, world: World, by: 1 | -1): Ui {
  const at = world.views.findIndex((view) => viewId(view) === viewId(ui.focus));
  const next = world.views[(at + by + world.views.length) % world.views.length];
  return next === undefined ? ui : focusOn(ui, next);
}

/**
 * Acts on a key.
 *
 * @param before the screen's state
 * @param key the key
 * @param world what it reaches
 * @returns the screen's state after it
 */
export function press(before: Ui, key: Key, world: World): Ui {
  const ui: Ui = { ...before, confirming: null, notice: "" };
  switch (key) {
    case "ctrl-c":
      return pressQuit(ui, world, before.confirming === "quit");
    case "ctrl-l":
      world.redraw();
      return ui;
    case "ctrl-z":
      world.suspend();
      return ui;
  }
  if (ui.aim !== null) return pressInInput(ui, ui.aim, key, world);
  return pressInPanes(ui, key, world, before.confirming);
}

/**
 * Takes pasted text; it goes to the input line, whatever has the focus.
 *
 * @param ui the screen's state
 * @param text pasted text
 * @param world what it reaches
 */
export function paste(ui: Ui, text: string, world: World): Ui {
  const aimed = ui.aim === null ? aimAt(ui, world) : ui;
  if (aimed.aim === null) return aimed;
  return { ...aimed, overlay: null, editor: insert(aimed.editor, text), confirming: null, notice: "" };
}

/** Goes to the input line: to answer where the person is asked for words, else to the focused thread. */
export function aimAt(ui: Ui, world: World): Ui {
  if (world.state.run.ending !== null && ui.editor.text === "") {
    return { ...ui, notice: "The run is over. q quits, s shows the summary." };
  }
  const asked = world.state.people.questions.find((question) => question.kind === "input");
  if (asked !== undefined) return { ...ui, aim: { kind: "answer", question: asked.id } };
  return { ...ui, aim: { kind: "say", to: ui.focus.kind === "thread" ? ui.focus.role : world.roles[0] ?? "arbiter" } };
}

/** Views in the order of Tab: threads, then panels. */
export function viewsOf(roles: readonly string[]): readonly View[] {
  return [
    ...roles.map((role): View => ({ kind: "thread", role })),
    ...PANELS.map((panel): View => ({ kind: "panel", panel })),
  ];
}
