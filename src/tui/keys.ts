import type { Key as InkKey } from "ink";

/** A key: a name (`up`, `enter`, `ctrl-c`, `alt-enter`), or the character itself. */
export type Key = string;

/** Keys of actions that a person bound anew, by the name of the action; those that are not in it have their usual keys. */
export type Keymap = ReadonlyMap<string, readonly Key[]>;

/** Every action has its usual keys. */
export const USUAL: Keymap = new Map();

const WORDS: Readonly<Record<Key, string>> = {
  " ": "Space",
  enter: "Enter",
  newline: "^J",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  backspace: "Backspace",
  delete: "Del",
  esc: "Esc",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
};

/** A key as people read it, in one word: `^U`, `↑`, `Esc`, `Alt-x`, `F1`. */
export function keyWord(key: Key): string {
  const [, kind, of = ""] = /^(ctrl-|alt-|f(?=\d))(.+)$/s.exec(key) ?? [];
  if (kind === "ctrl-") return `^${of.toUpperCase()}`;
  if (kind === "alt-") return `Alt-${WORDS[of] ?? of}`;
  return WORDS[key] ?? (kind === "f" ? `F${of}` : key);
}

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
  if (key.return) return [key.meta ? "alt-enter" : key.shift ? "newline" : "enter"];
  if (key.tab) return [key.shift ? "shift-tab" : "tab"];
  for (const [flag, name] of NAMED) if (key[flag] === true) return [name];
  if (key.ctrl && input.length === 1) return [input === "j" ? "newline" : `ctrl-${input}`];
  if (key.meta && input.length === 1) return [input === "\r" ? "alt-enter" : `alt-${input}`];
  return Array.from(input, (character): Key => {
    const named = CONTROL_NAMES[character];
    if (named !== undefined) return named;
    const code = character.codePointAt(0)!;
    return code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
  });
}
