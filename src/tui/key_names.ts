import type { Key } from "./keys.ts";

/** Keys that have a name, beside characters, `ctrl-` and `alt-` with one, and F1 to F12. */
const NAMES: Readonly<Record<string, Key>> = {
  space: " ",
  enter: "enter",
  "alt-enter": "alt-enter",
  newline: "newline",
  tab: "tab",
  "shift-tab": "shift-tab",
  backspace: "backspace",
  delete: "delete",
  esc: "esc",
  up: "up",
  down: "down",
  left: "left",
  right: "right",
  pageup: "pageup",
  pagedown: "pagedown",
  home: "home",
  end: "end",
};

/** What terminals send for Ctrl and a letter that is another key. */
const SAME: Readonly<Record<string, Key>> = { h: "backspace", i: "tab", m: "enter" };

/** A key as it was written: what it is, or why there is none. */
export type ReadKey = { readonly key: Key } | { readonly fault: string };

const EXAMPLES = 'a character such as "z", "ctrl-x", "alt-x", "f1" to "f12", or ' +
  Object.keys(NAMES).map((name) => `"${name}"`).join(", ");

/**
 * Reads a key as a person writes it in a file.
 *
 * @param text such as `z`, `ctrl-u`, `space`, `f5`
 * @returns the key, or why no terminal sends it
 */
export function readKey(text: string): ReadKey {
  if (Array.from(text).length === 1) return characterKey(text);
  const name = text.toLowerCase();
  const known = NAMES[name];
  if (known !== undefined) return { key: known };
  if (/^f(?:[1-9]|1[0-2])$/.test(name)) return { key: name };
  const [, control, of = ""] = /^(ctrl|alt)-(.{1,40})$/su.exec(text) ?? [];
  if (control === "ctrl") return controlKey(text, of);
  if (control === "alt" && Array.from(of).length === 1) return { key: `alt-${of}` };
  return { fault: unsent(name) ?? `"${text.slice(0, 40)}" is no key; wanted ${EXAMPLES}` };
}

function characterKey(text: string): ReadKey {
  // deno-lint-ignore no-control-regex
  return /[\x00-\x1f\x7f-\x9f]/.test(text) ? { fault: `a control is no key; wanted ${EXAMPLES}` } : { key: text };
}

function controlKey(text: string, of: string): ReadKey {
  const letter = of.toLowerCase();
  if (letter === "j") return { key: "newline" };
  const same = SAME[letter];
  if (same !== undefined) return { fault: `terminals send the same for ${text} as for ${same}: write "${same}"` };
  if (/^[a-z]$/.test(letter)) return { key: `ctrl-${letter}` };
  return {
    fault: unsent(text.toLowerCase()) ?? `terminals send no key of its own for ${text}: Ctrl goes with letters`,
  };
}

/** Why no terminal sends a chord; null where it is none of those that are known. */
function unsent(name: string): string | null {
  if (/^(?:cmd|command|super|meta|win|hyper)-/.test(name)) return `terminals keep ${name} for themselves`;
  if (/^shift-.$/u.test(name)) return `Shift and a letter is the capital letter: write "${name.at(-1)!.toUpperCase()}"`;
  if (
    /^(?:ctrl-alt|alt-ctrl|ctrl-shift|shift-ctrl|alt-shift|shift)-/.test(name) || /^(?:ctrl|alt)-\w{2,}$/.test(name)
  ) {
    return `most terminals send no key of its own for ${name}`;
  }
  return null;
}
