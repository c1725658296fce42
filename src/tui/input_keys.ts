import { commandsOf, fitting, noCommand, type TypedCommand, typedCommand } from "./commands.ts";
import { BLANK, EDITS, insert, moveLine } from "./editor.ts";
import { named } from "./keymap.ts";
import type { Key } from "./keys.ts";
import type { Binding, Hint, Stage } from "./panel.ts";
import { moveFocus } from "./pane_keys.ts";
import { scroll } from "./screen_keys.ts";
import { leaveInput, type Pressed, told, type Ui } from "./ui.ts";

const OVER_COMMAND = "The run is over: no command acts on it any more. Your words stay; {input.leave} leaves the line.";
const OVER_REFUSAL = "The run is over: nobody reads this any more. Your words stay; {input.leave} leaves the line.";

/** Runs the command that stands in the input line. */
function command(stage: Stage, { name, args }: TypedCommand): Pressed {
  const { ui, state } = stage;
  const commands = commandsOf(stage);
  if (state?.run.ending) return told(ui, OVER_COMMAND);
  if (ui.working !== null) return told(ui, `/${ui.working} is still at work. Esc gives it up.`);
  if (!commands.some((one) => one.name === name)) return told(ui, noCommand(name, commands));
  const done = sent(ui, ui.editor.text.trim());
  return { ui: done, deed: { kind: "command", name, args: args?.trim() ?? "", refused: ui } };
}

/** The screen after a text was taken: the line is empty, and the text is among those that come back. */
function sent(ui: Ui, text: string): Ui {
  return { ...leaveInput({ ...ui, editor: BLANK, recalled: null }), sent: [...ui.sent.slice(-99), text] };
}

/** Puts the command that Tab means in the place of what was typed. */
function complete(stage: Stage): Pressed | null {
  const { ui } = stage;
  const typed = typedCommand(ui);
  if (typed === null) return null;
  const [next] = typed.args === null ? fitting(commandsOf(stage), typed) : [];
  const text = next === undefined ? ui.editor.text : `/${next.name} `;
  return { ui: { ...ui, editor: { text, cursor: text.length }, recalled: null } };
}

/** Takes the text of the input line to where it belongs. */
function submit(stage: Stage): Pressed {
  const { ui, state } = stage;
  const text = ui.editor.text.trim();
  const { aim } = ui;
  const typed = typedCommand(ui);
  if (typed !== null) return command(stage, typed);
  if (text === "") {
    return aim?.kind === "goal" ? told(ui, "Say what is to be done, then press {input.send}.") : { ui: leaveInput(ui) };
  }
  const done = sent(ui, text);
  if (aim?.kind === "goal") return { ui: done, deed: { kind: "goal", goal: text } };
  if (aim === null || state === null) return { ui };
  if (state.run.ending !== null) return told(ui, OVER_REFUSAL);
  const intent = aim.kind === "say"
    ? { kind: "say" as const, to: aim.to, text }
    : aim.kind === "edit"
    ? { kind: "edit" as const, message: aim.message, text }
    : { kind: "answer" as const, question: aim.question, approved: true, text };
  return { ui: done, deed: { kind: "wish", intent, done: "", refused: ui } };
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

/** Whether the goal is asked for: until there is one nothing else can have the keys. */
const asksGoal = ({ ui }: Stage): boolean => ui.aim?.kind === "goal";

const whereRun = (hint: Hint) => (stage: Stage): readonly Hint[] => asksGoal(stage) ? [] : [hint];

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

/** Keys of the input line, while it has them. */
export const INPUT_KEYS = named(
  "input",
  {
    send: {
      keys: ["enter"],
      help: ["Enter", "send"],
      hints: (stage) => {
        const does = asksGoal(stage) ? "starts" : typedCommand(stage.ui) === null ? "sends" : "runs";
        return [{ keys: "Enter", does, stays: true }];
      },
      press: submit,
    },
    newline: {
      keys: ["newline"],
      help: ["^J", "new line"],
      hints: () => [{ keys: "^J", does: "new line" }],
      press: ({ ui }) => ({ ui: { ...ui, editor: insert(ui.editor, "\n") } }),
    },
    recall: {
      keys: ["up", "down"],
      actions: { earlier: ["up"], later: ["down"] },
      help: ["↑ ↓", "earlier inputs"],
      press: ({ ui }, key) => ({ ui: recall(ui, key === "up" ? -1 : 1) }),
    },
    edit: {
      keys: Object.keys(EDITS),
      actions: EDIT_ACTIONS,
      help: ["^A ^E ^W ^U ^K", "edit the line"],
      press: ({ ui }, key) => ({ ui: { ...ui, editor: EDITS[key]!(ui.editor) } }),
    },
    leave: {
      keys: ["esc"],
      help: ["Esc", "leave, the draft stays"],
      hints: whereRun({ keys: "Esc", does: "leaves", stays: true }),
      press: (stage) => ({ ui: asksGoal(stage) ? stage.ui : leaveInput(stage.ui) }),
    },
    quit: {
      keys: ["ctrl-d"],
      help: ["^D", "on an empty line: quit"],
      hints: (stage) => asksGoal(stage) ? [{ keys: "^D", does: "quits", stays: true }] : [],
      press: ({ ui }) => ui.editor.text === "" ? { ui, deed: { kind: "quit" } } : { ui },
    },
    complete: {
      keys: ["tab"],
      help: ["Tab", "after /: complete the command"],
      hints: ({ ui }) => typedCommand(ui)?.args === null ? [{ keys: "Tab", does: "completes", stays: true }] : [],
      press: complete,
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
      press: (stage, key) =>
        asksGoal(stage)
          ? { ui: stage.ui }
          : { ui: moveFocus({ ...stage, ui: leaveInput(stage.ui) }, key === "tab" ? 1 : -1) },
    },
  } satisfies Record<string, Binding<Stage>>,
);

/** Puts a character at the cursor; keys that are no character do nothing. */
export function write({ ui }: Stage, key: Key): Pressed {
  return Array.from(key).length === 1 ? { ui: { ...ui, editor: insert(ui.editor, key) } } : { ui };
}
