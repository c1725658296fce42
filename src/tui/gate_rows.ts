import { droppedLast, GATE_KEYS, gateMessage, gateOf, OPENS, TAKE_BACK, waiting } from "./gate.ts";
import { boundHints, inWords } from "./keymap.ts";
import { fitted, type Line, lineCells, type Span, span } from "./line.ts";
import { MESSAGE_KEYS } from "./message_keys.ts";
import type { Hint, Scene, Stage } from "./panel.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { cut, neutralise, oneLine, wrap } from "./text.ts";

/** Cells that what waits keeps before its keys where it has one row, and the share of it: the words are what a person decides on. */
const LEAST_TEXT = { cells: 26, share: 0.45 };

/** Rows of a screen from which on the words of what waits have rows of their own, and how many. */
const WORDS: readonly (readonly [from: number, rows: number])[] = [[40, 2], [20, 1]];

/** What stands before the words in their own rows. */
const INDENT = "   ";

/** Rows that the gate takes: as many while it is shut, whatever waits, so that nothing moves with each message. */
export function gateRows({ state }: Stage, rows: number): number {
  if (state === null || state.run.ending !== null || gateOf(state) === null) return 0;
  return 1 + (WORDS.find(([from]) => rows >= from)?.[1] ?? 0);
}

/**
 * Lays out the gate: who writes to whom, the keys that act on it, as many as there is room for, and the words.
 *
 * @param scene the run and the screen's own state
 * @param width cells
 * @param height rows
 */
export function gateLines(scene: Scene, width: number, height: number): readonly Line[] {
  const message = gateMessage(scene);
  const head = [span(" ‖ ", "waits"), ...(width < 60 && message !== null ? [] : [span("GATE  ", "waits")])];
  if (message === null) return emptyLines(scene, head);
  const others = waiting(scene.state).length - 1;
  const left: Span[] = [
    ...head,
    span(`${message.from} → ${message.to}${message.changedBy === null ? "" : "*"}`, "strong"),
    span(others === 0 ? "  " : ` +${others}  `, "waits"),
  ];
  const own = height - 1;
  const words = own > 0 ? [] : [span(`"${oneLine(message.text)}"`)];
  const least = own > 0 ? lineCells(left) + 1 : Math.max(LEAST_TEXT.cells, Math.floor(LEAST_TEXT.share * width));
  const keys = keysIn(scene, width - least);
  return [
    [...fitted([...left, ...words], width - lineCells(keys) - 1), ...keys],
    ...(own > 0 ? wordLines(scene, message.text, width, own) : []),
  ];
}

function keysIn(scene: Scene, room: number): readonly Span[] {
  const whole: Hint = { keys: "w", does: "all of it" };
  const shown = inWords(scene.keymap, PANE_KEYS.question, whole.keys);
  const [pass, ...others] = GATE_KEYS.flatMap((binding): readonly Hint[] => boundHints(binding, scene));
  const hints = [
    ...(pass === undefined ? [] : [pass]),
    ...others,
    ...(shown === null ? [] : [{ ...whole, keys: shown }]),
  ];
  const keys: Span[] = [];
  for (const { keys: key, does } of hints) {
    const next = [span("  "), span(key, "key"), span(` ${does}`, "dim")];
    if (keys.length > 0 && lineCells(keys) + lineCells(next) > room) break;
    keys.push(...next);
  }
  return keys;
}

/** The words of what waits; where there is no room for all of them, the last row says how all are seen. */
function wordLines({ keymap }: Scene, text: string, width: number, most: number): readonly Line[] {
  const rows = wrap(
    neutralise(text).trim().split("\n").map((line) => line.trim()).filter((line) => line !== "").join(" ⏎ "),
    width - INDENT.length - 1,
  );
  const shown = rows.slice(0, most).map((row): Line => [span(INDENT), span(row)]);
  if (rows.length <= most) return shown;
  const keys = inWords(keymap, PANE_KEYS.question, "w");
  const more: Line = [
    span(`  … ${rows.length - most} more rows`, "dim"),
    ...(keys === null ? [] : [span(": ", "dim"), span(keys, "key"), span(" shows all", "dim")]),
  ];
  const last = cut(rows[most - 1]!, Math.max(8, width - INDENT.length - lineCells(more) - 1), "");
  return [...shown.slice(0, most - 1), [span(INDENT), span(last), ...more]];
}

const MEANS = "What one model says to another waits here until you pass it.";

function emptyLines(scene: Scene, head: Line): readonly Line[] {
  const { keymap } = scene;
  const back = droppedLast(scene) === null ? null : inWords(keymap, TAKE_BACK, MESSAGE_KEYS.takeBack.key);
  const opens = inWords(keymap, { actions: OPENS }, "H");
  return [[
    ...head,
    span("no message waits  ", "dim"),
    ...(back === null ? [] : [span(back, "key"), span(" take back  ", "dim")]),
    ...(opens === null ? [] : [span(opens, "key"), span(" lets all go", "dim")]),
  ], [span(INDENT), span(MEANS, "dim")]];
}
