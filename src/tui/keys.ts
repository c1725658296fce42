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
