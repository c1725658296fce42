import { nearName } from "../mediate/near_name.ts";
import { type Line, span } from "./line.ts";
import { entriesFor, type Entry, fitting } from "./palette.ts";
import type { Stage } from "./panel.ts";
import { cells, oneLine } from "./text.ts";

/** What was typed to be chosen or run. */
export interface TypedCommand {
  /** A name, or what it is looked for by; empty where nothing is typed yet. */
  readonly name: string;
  /** What stands behind the name; null while the name itself is being written. */
  readonly args: string | null;
  /** What stands before the names of the list: a stroke in the input line, nothing in the palette. */
  readonly sign: "/" | "";
}

/** Most rows of the list above the input line, and of the palette. */
const MOST_ROWS = { "/": 6, "": 12 } as const;
/** Parts of the screen that they leave to the rest. */
const SHARE = { "/": 4, "": 3 } as const;

/** Reads what is typed as a command; null where it is words: a path is, and so is what begins with a blank. */
export function typedCommand(stage: Stage): TypedCommand | null {
  const { aim, editor: { text } } = stage.ui;
  if (aim?.kind === "command") {
    // Words behind a name are its arguments; others are looked for.
    const [, name = "", args = ""] = /^(\S+)\s([\s\S]*)$/.exec(text) ?? [];
    const isCommand = entriesFor(stage).some((entry) => entry.name === name && entry.press === undefined);
    return isCommand ? { name, args, sign: "" } : { name: text, args: null, sign: "" };
  }
  if (aim?.kind !== "say") return null;
  const [, name, args = null] = /^\/([\w·.-]*)(?:\s([\s\S]*))?$/.exec(text) ?? [];
  if (name === undefined) return null;
  // A file at the root is words as well.
  const isWords = name.includes(".") && !entriesFor(stage).some((entry) => entry.name.startsWith(name));
  return isWords ? null : { name, args, sign: "/" };
}

/** Entries that fit what was typed, those that fit best first. */
function fits(stage: Stage, { name, args }: TypedCommand): readonly Entry[] {
  const entries = entriesFor(stage);
  return args === null ? fitting(entries, name) : entries.filter((entry) => entry.name === name);
}

/** The place of the entry that is marked among those that fit: the first, unless another was gone to since the last letter. */
function markedAt({ ui: { picked, editor } }: Stage, count: number): number {
  return picked?.text === editor.text ? Math.max(0, Math.min(picked.at, count - 1)) : 0;
}

/** The entry that Enter and Tab take: the one of that name, else the one that is marked; null where none fits. */
export function meantEntry(stage: Stage, typed: TypedCommand): Entry | null {
  const found = fits(stage, typed);
  return found[markedAt(stage, found.length)] ?? null;
}

/** Marks the next entry, or the one before; null where there is no list to go through. */
export function mark(stage: Stage, by: 1 | -1): Stage["ui"] | null {
  const typed = typedCommand(stage);
  // Who goes through earlier inputs goes on with that, also past a command.
  if (typed === null || typed.args !== null || stage.ui.recalled !== null) return null;
  const count = fits(stage, typed).length;
  const at = count === 0 ? 0 : (markedAt(stage, count) + by + count) % count;
  return { ...stage.ui, picked: { text: stage.ui.editor.text, at } };
}

/** Says that there is no such command, which one may be meant, and which plugins offer. */
export function noCommand(stage: Stage, { name, sign }: TypedCommand): string {
  if (sign === "") return `Nothing fits ${name.trim()}.`;
  const entries = entriesFor(stage);
  const near = name === "" ? null : nearName(name, entries.map((entry) => entry.name));
  const meant = near === null ? "" : ` Did you mean /${near}?`;
  const offered = entries.filter(({ press }) => press === undefined).map((entry) => `/${entry.name}`);
  const all = offered.length === 0 ? " No plugin offers one." : ` There are ${offered.join(", ")}.`;
  return `There is no command /${name}.${meant}${all} With a space before it, it is sent as words.`;
}

/** Rows of the list above the input line: as many as there are entries while a name is typed, so that nothing moves with each letter. */
export function commandRows(stage: Stage, rows: number): number {
  const typed = typedCommand(stage);
  if (typed === null) return 0;
  if (typed.args !== null) return 1;
  return Math.max(1, Math.min(entriesFor(stage).length, MOST_ROWS[typed.sign], Math.floor(rows / SHARE[typed.sign])));
}

/**
 * Lays out what fits what was typed, with its keys; the entry that Enter and Tab take is marked.
 *
 * @param stage what stands on the screen
 * @param height rows
 */
export function commandLines(stage: Stage, height: number): Line[] {
  const typed = typedCommand(stage);
  if (typed === null) return [];
  const found = fits(stage, typed);
  if (found.length === 0) {
    const text = typed.sign === "" ? `Nothing fits ${oneLine(typed.name)}.` : `There is no command /${typed.name}.`;
    return [[span(`  ${text}`, "warned")]];
  }
  const at = markedAt(stage, found.length);
  const room = found.length > height ? Math.max(1, height - 1) : height;
  const first = Math.max(0, at - room + 1);
  const shown = found.slice(first, first + room);
  const entries = entriesFor(stage);
  const width = Math.max(...entries.map(({ name }) => cells(name))) + 3;
  const keysWidth = Math.max(...entries.map(({ keys }) => cells(keys))) + 2;
  const lines = shown.map(({ name, keys, says }, index): Line => {
    const isMarked = first + index === at && typed.args === null;
    const sign = `${isMarked ? ">" : " "} `;
    return [
      span(sign + `${typed.sign}${name}`.padEnd(width), isMarked ? "focus" : "plain"),
      span(keys.padEnd(keysWidth), "key"),
      span(oneLine(says), isMarked ? "plain" : "dim"),
    ];
  });
  const more = found.length - shown.length;
  return more === 0 || height < 2 ? lines : [...lines, [span(`  … ${more} more; go on typing`, "dim")]];
}
