import type { Key as InkKey } from "ink";

/** A key: a name (`up`, `enter`, `ctrl-c`, `alt-enter`), or the character itself. */
export type Key = string;

const CONTROL_NAMES: Readonly<Record<string, Key>> = {
  "\r": "enter",
  "\n": "newline",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "esc",
};

const NAMED: readonly (readonly [keyof InkKey, Key])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["backspace", "backspace"],
  ["delete", "delete"],
  ["escape", "esc"],
];

/**
 * Reads the keys of one of Ink's events; several keys typed fast arrive as one.
 *
 * @param input text of the event
 * @param key flags of the event
 * @returns keys in order
 */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  if (key.return) return [key.meta || key.shift ? "newline" : "enter"];
  if (key.tab) return [key.shift ? "shift-tab" : "tab"];
  for (const [flag, name] of NAMED) if (key[flag] === true) return [name];
  if (key.ctrl && input.length === 1) return [input === "j" ? "newline" : `ctrl-${input}`];
  if (key.meta && input.length === 1) return [input === "\r" ? "newline" : `alt-${input}`];
  return Array.from(input, (character): Key => {
    const named = CONTROL_NAMES[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0)!;
    return code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
  });
}

/** One line of the help. */
export interface HelpEntry {
  readonly keys: string;
  readonly does: string;
}

/** All keys, in groups, as the help shows them. */
export const HELP: readonly { readonly title: string; readonly entries: readonly HelpEntry[] }[] = [
  {
    title: "Move",
    entries: [
      { keys: "1-9", does: "focus a thread" },
      { keys: "Tab Shift-Tab", does: "next, previous pane" },
      { keys: "j k ↑ ↓", does: "scroll, or select" },
      { keys: "PgUp PgDn ^U ^D", does: "scroll by pages, halves" },
      { keys: "g G", does: "oldest, newest (follow)" },
      { keys: "z", does: "zoom the pane" },
      { keys: "v", does: "raw view of a thread's last reply; ← → others" },
      { keys: "t f m", does: "tasks, fleet, messages" },
    ],
  },
  {
    title: "Messages (after m)",
    entries: [
      { keys: "h", does: "hold the message" },
      { keys: "u", does: "release it" },
      { keys: "e", does: "edit it" },
      { keys: "r then 1-9", does: "redirect to a thread" },
      { keys: "x", does: "drop it" },
    ],
  },
  {
    title: "Run",
    entries: [
      { keys: "a d", does: "approve, deny what is asked" },
      { keys: "w", does: "show all of what is asked" },
      { keys: "p", does: "pause, go on" },
      { keys: "h", does: "in a thread: hold all messages to it; again: lift" },
      { keys: "Esc", does: "interrupt the focused turn (asks once)" },
      { keys: "s", does: "summary, when the run is over" },
      { keys: "q", does: "quit, when the run is over" },
      { keys: "^C ^C", does: "quit; the run can be continued" },
    ],
  },
  {
    title: "Write",
    entries: [
      { keys: "i Enter", does: "to the input line: to the focused thread" },
      { keys: "Enter", does: "send" },
      { keys: "^J", does: "new line" },
      { keys: "↑ ↓", does: "earlier inputs" },
      { keys: "^A ^E ^W ^U ^K", does: "edit the line" },
      { keys: "Esc", does: "leave, the draft stays" },
      { keys: "^D", does: "on an empty line: quit" },
    ],
  },
  {
    title: "Screen",
    entries: [
      { keys: "?", does: "this help" },
      { keys: "^L", does: "draw again" },
      { keys: "^Z", does: "suspend" },
    ],
  },
];
