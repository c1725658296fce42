import type { State } from "../features/state.ts";
import { type Addressed, notAddressed } from "../tell/addressed.ts";
import { addressedWords, lineAim, rolesOf } from "./addressed_aim.ts";
import { mark, meantEntry, noCommand, type TypedCommand, typedCommand } from "./commands.ts";
import { leaveInput } from "./drafts.ts";
import { BLANK, EDITS, insert, moveLine } from "./editor.ts";
import { gateOf } from "./gate.ts";
import { leaveHistory, markIn, openHistory } from "./history.ts";
import { named } from "./keymap.ts";
import type { Key } from "./keys.ts";
import type { Binding, Stage } from "./panel.ts";
import { moveFocus } from "./pane_keys.ts";
import { takenBack } from "./queued.ts";
import { scroll } from "./screen_keys.ts";
import { toList } from "./start_keys.ts";
import { openPalette, type Pressed, told, type Ui, wishedOfSession } from "./ui.ts";

const OVER_COMMAND = "The run is over: no command acts on it any more. Your words stay; {input.leave} leaves the line.";
const OVER_REFUSAL = "The run is over: nobody reads this any more. Your words stay; {input.leave} leaves the line.";

/** Runs the command that is meant, or completes one that may take words and was not typed to its end. */
function command(stage: Stage, typed: TypedCommand): Pressed {
  const { ui, state } = stage;
  if (state === null || typed.sign === "" && typed.name.trim() === "" && ui.picked === null) {
    return { ui: leaveInput(ui) };
  }
  const entry = typed.sign === "/" && typed.name === "" ? null : meantEntry(stage, typed);
  if (state.run.ending && typed.sign === "/" && entry?.press === undefined) return told(ui, OVER_COMMAND);
  if (entry === null) return told(ui, noCommand(stage, typed));
  if (entry.press !== undefined) {
    if (typed.args !== null && typed.args.trim() !== "") return told(ui, `${entry.name} takes no words behind it.`);
    const left = typed.sign === "" ? leaveInput(ui) : sent(ui, ui.editor.text.trim());
    return entry.press({ ...stage, state, ui: { ...left, picked: null } });
  }
  if (entry.name !== typed.name.trim()) return completed(ui, typed, entry.name);
  if (ui.working !== null) return told(ui, `/${ui.working} is still at work. Esc gives it up.`);
  const args = typed.args?.trim() ?? "";
  const text = `/${entry.name} ${args}`.trimEnd();
  // What comes to nothing comes back in the form of the input line, also out of the palette.
  const refused = { ...ui, aim: lineAim(stage), editor: { text, cursor: text.length } };
  const done = typed.sign === "" ? leaveInput({ ...ui, sent: [...ui.sent.slice(-99), text] }) : sent(ui, text);
  return { ui: done, deed: { kind: "command", name: entry.name, args, refused } };
}

/** The screen with a name in the place of what was typed. */
function completed(ui: Ui, { sign }: TypedCommand, name: string): Pressed {
  const text = `${sign}${name} `;
  return { ui: { ...ui, editor: { text, cursor: text.length }, recalled: null, picked: null } };
}

/** The screen after a text was taken: the line is empty, and the text is among those that come back. */
function sent(ui: Ui, text: string): Ui {
  return { ...leaveInput({ ...ui, editor: BLANK, recalled: null }), sent: [...ui.sent.slice(-99), text] };
}

/** Puts the command that is meant in the place of what was typed. */
function complete(stage: Stage): Pressed | null {
  const typed = typedCommand(stage);
  if (typed === null) return null;
  const entry = typed.args === null ? meantEntry(stage, typed) : null;
  return entry === null ? { ui: stage.ui } : completed(stage.ui, typed, entry.name);
}

/** Says words to the role that they name. */
function saidTo(stage: Stage, own: Addressed, done: Ui): Pressed {
  const refusal = notAddressed(own, rolesOf(stage));
  if (refusal !== null) return told(stage.ui, refusal);
  const intent = { kind: "say", to: own.role, text: own.words } as const;
  return { ui: done, deed: { kind: "wish", intent, done: `Said to ${own.role}.`, refused: stage.ui } };
}

/** Takes the text of the input line to where it belongs. */
function submit(stage: Stage): Pressed {
  const { ui, state } = stage;
  const text = ui.editor.text.trim();
  const { aim } = ui;
  if (aim?.kind === "history") return { ui: leaveHistory(ui, true) };
  const typed = typedCommand(stage);
  if (typed !== null) return command(stage, typed);
  if (text === "") {
    return aim?.kind === "goal" ? told(ui, "Say what is to be done, then press {input.send}.") : { ui: leaveInput(ui) };
  }
  const done = sent(ui, text);
  if (aim?.kind === "goal") {
    // A goal that cannot be begun with is answered where it was written.
    const ui = state === null ? { ...done, aim } : done;
    return wishedOfSession(ui, { kind: "goal", goal: text }, "The run begins …");
  }
  if (aim === null || aim.kind === "command" || state === null) return { ui };
  if (state.run.ending !== null) return told(ui, OVER_REFUSAL);
  const own = addressedWords(stage, aim);
  if (own !== null) return saidTo(stage, own, done);
  const intent = aim.kind === "say"
    ? { kind: "say" as const, to: aim.to, text }
    : aim.kind === "edit"
    ? { kind: "edit" as const, message: aim.message, text }
    : { kind: "answer" as const, question: aim.question, approved: true, text };
  const says = aim.kind === "edit" ? editedWords(state, aim.message) : "";
  return { ui: done, deed: { kind: "wish", intent, done: says, refused: ui } };
}

/** That the words of a message are others now: one that is held is not sent by that. */
function editedWords(state: State, id: string): string {
  if (state.messages.list.find((message) => message.id === id)?.status !== "held") return "Changed.";
  return gateOf(state) === null
    ? "Changed. It is still held: {message.release} releases it."
    : "Changed. It still waits: {gate.pass} passes it.";
}

/** Says words to a thread once it is at nothing any more; where words go elsewhere it begins a new line. */
function queue(stage: Stage): Pressed {
  const { ui, state } = stage;
  const text = ui.editor.text.trim();
  if (ui.aim?.kind !== "say" || state === null) return { ui: { ...ui, editor: insert(ui.editor, "\n") } };
  if (text === "" || typedCommand(stage) !== null) return submit(stage);
  if (state.run.ending !== null) return told(ui, OVER_REFUSAL);
  const own = addressedWords(stage, ui.aim);
  const refusal = own === null ? null : notAddressed(own, rolesOf(stage));
  if (refusal !== null) return told(ui, refusal);
  const { role: to, words } = own ?? { role: ui.aim.to, words: text };
  const done = `Queued: ${to} hears it when idle; {pane.write}, then {input.earlier} on the empty line takes it back.`;
  const intent = { kind: "say", to, text: words, later: true } as const;
  return { ui: sent(ui, text), deed: { kind: "wish", intent, done, refused: ui } };
}

/** Goes to the line above or below, and beyond the text to what was sent before. */
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

/** Whether a goal is asked for. */
const asksGoal = ({ ui }: Stage): boolean => ui.aim?.kind === "goal";

/** What the keys do that edit the line. */
const EDIT_ACTIONS: Readonly<Record<string, readonly Key[]>> = {
  left: ["left"],
  right: ["right"],
  line_start: ["home", "ctrl-a"],
  line_end: ["end", "ctrl-e"],
  erase: ["backspace"],
  erase_next: ["delete"],
  erase_word: ["ctrl-w"],
  erase_to_start: ["ctrl-u"],
  erase_to_end: ["ctrl-k"],
};

const BINDINGS = {
  send: {
    keys: ["enter"],
    help: ["Enter", "send"],
    hints: (stage) => {
      if (stage.ui.aim?.kind === "history") return [{ keys: "Enter", does: "takes it", stays: true }];
      const { aim } = stage.ui;
      const plain = aim?.kind === "edit" ? "keeps it" : "sends";
      const does = asksGoal(stage) ? "starts" : typedCommand(stage) === null ? plain : "runs";
      return [{ keys: "Enter", does, stays: true }];
    },
    press: submit,
  },
  queue: {
    keys: ["alt-enter", "ctrl-t"],
    help: ["Alt-Enter ^T", "queue: said when whoever it is for is idle"],
    hints: ({ ui }) => ui.aim?.kind === "say" && ui.editor.text !== "" ? [{ keys: "^T", does: "queues" }] : [],
    press: queue,
  },
  history: {
    keys: ["ctrl-r"],
    help: ["^R", "find what was sent before"],
    hints: ({ ui }) => ui.aim?.kind !== "history" && ui.sent.length > 0 ? [{ keys: "^R", does: "earlier" }] : [],
    press: openHistory,
  },
  newline: {
    keys: ["newline"],
    help: ["^J", "new line"],
    hints: ({ ui }) => ui.aim?.kind === "history" ? [] : [{ keys: "^J", does: "new line" }],
    press: ({ ui }) => ({ ui: ui.aim?.kind === "history" ? ui : { ...ui, editor: insert(ui.editor, "\n") } }),
  },
  recall: {
    keys: ["up", "down"],
    actions: { earlier: ["up"], later: ["down"] },
    help: ["↑ ↓", "earlier inputs; ↑ on an empty line: take words back"],
    press: (stage, key) => {
      const by = key === "up" ? -1 : 1;
      if (stage.ui.aim?.kind === "history") return { ui: markIn(stage.ui, by === -1 ? 1 : -1) };
      const { editor, aim, recalled } = stage.ui;
      const isEmpty = editor.text === "" && aim?.kind === "say" && recalled === null && by === -1;
      const back = isEmpty && stage.state !== null ? takenBack(stage) : null;
      if (back !== null) return back;
      const ui = mark(stage, by) ?? recall(stage.ui, by);
      // Where there is nothing to go to in the line, the list of the start screen is.
      return { ui: ui === stage.ui ? toList(stage) ?? ui : ui };
    },
  },
  edit: {
    keys: Object.keys(EDITS),
    actions: EDIT_ACTIONS,
    help: ["^A ^E ^W ^U ^K", "edit the line"],
    press: ({ ui }, key) => ({ ui: { ...ui, editor: EDITS[key]!(ui.editor) } }),
  },
  editor: {
    keys: ["ctrl-g"],
    help: ["^G", "write on in $VISUAL or $EDITOR, also at a message"],
    hints: ({ ui }) => ui.aim?.kind === "edit" ? [{ keys: "^G", does: "editor" }] : [],
    press: ({ ui }) =>
      ui.aim?.kind === "command" || ui.aim?.kind === "history" ? null : { ui, deed: { kind: "edit_draft" } },
  },
  leave: {
    keys: ["esc"],
    help: ["Esc", "leave, the draft stays"],
    hints: (stage) =>
      toList(stage) === null
        ? [{ keys: "Esc", does: "leaves", stays: true }]
        : [{ keys: "Tab", does: "runs, crew, manner", stays: true }],
    press: (stage) => {
      if (stage.ui.aim?.kind === "history") return { ui: leaveHistory(stage.ui, false) };
      return { ui: toList(stage) ?? leaveInput(stage.ui) };
    },
  },
  quit: {
    keys: ["ctrl-d"],
    help: ["^D", "on an empty line: quit"],
    hints: (stage) =>
      asksGoal(stage) && stage.ui.editor.text === "" ? [{ keys: "^D", does: "quits", stays: true }] : [],
    press: ({ ui }) => ui.editor.text === "" ? { ui, deed: { kind: "quit" } } : { ui },
  },
  complete: {
    keys: ["tab"],
    help: ["Tab", "after / and in the palette: complete the command"],
    hints: (stage) => typedCommand(stage)?.args === null ? [{ keys: "Tab", does: "completes", stays: true }] : [],
    press: complete,
  },
  palette: {
    keys: ["ctrl-p"],
    help: null,
    // The edit of a message has the place of the draft already.
    press: ({ ui, state }) => state === null || ui.aim?.kind !== "say" ? null : { ui: openPalette(ui) },
  },
  pages: {
    keys: ["pageup", "pagedown"],
    actions: { page_up: ["pageup"], page_down: ["pagedown"] },
    help: ["PgUp PgDn", "scroll the pane while writing"],
    press: scroll,
  },
  walk: {
    keys: ["tab", "shift-tab"],
    actions: { next: ["tab"], previous: ["shift-tab"] },
    help: ["Tab Shift-Tab", "leave to the next, previous pane"],
    press: (stage, key) => {
      if (stage.ui.aim?.kind === "history") return { ui: stage.ui };
      const moved = () => moveFocus({ ...stage, ui: leaveInput(stage.ui) }, key === "tab" ? 1 : -1);
      return { ui: toList(stage) ?? moved() };
    },
  },
} satisfies Record<string, Binding<Stage>>;

/** Keys of the input line, while it has them. */
export const INPUT_KEYS = named("input", BINDINGS);

/** Puts a character at the cursor; keys that are no character do nothing. */
export function write({ ui }: Stage, key: Key): Pressed {
  return Array.from(key).length === 1 ? { ui: { ...ui, editor: insert(ui.editor, key) } } : { ui };
}

/** What the key of the editor says where nobody is writing. */
export const WITHOUT_DRAFT: Binding = {
  ...INPUT_KEYS.editor,
  help: null,
  hints: () => [],
  press: ({ ui }) => told(ui, "{pane.write} begins to write, then {input.editor} goes on in your editor."),
};
