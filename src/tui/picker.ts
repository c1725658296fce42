import { INPUT_KEYS } from "./input_keys.ts";
import { heardAs, inWords } from "./keymap.ts";
import type { Key } from "./keys.ts";
import { type Line, span } from "./line.ts";
import type { Hint, Scene, Stage } from "./panel.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { activityOf } from "./select/activity.ts";
import { cells, cut, oneLine } from "./text.ts";
import { type Choice, type Pressed, told } from "./ui.ts";

/** Most rows of a choice, its title among them, and the part of the screen that it leaves to the rest. */
const ROWS = { most: 12, share: 3 };

/** Choices that have a digit. */
const DIGITS = 9;

/** Rows of what is chosen from, above the input line; 0 where nothing is. */
export function choiceRows({ ui: { choice, aim } }: Stage, rows: number): number {
  if (choice === null || aim !== null) return 0;
  return Math.max(2, Math.min(choice.options.length + 1, ROWS.most, Math.floor(rows / ROWS.share)));
}

/**
 * Lays out what is chosen from: each option with its digit and what is said of it; the one that Enter takes is marked.
 *
 * @param scene the run and the screen's own state
 * @param choice what is chosen from
 * @param width cells
 * @param height rows
 */
export function choiceLines(scene: Scene, choice: Choice, width: number, height: number): Line[] {
  const { options, at, title } = choice;
  const room = Math.max(1, height - 1);
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), options.length - room));
  const longest = Math.min(Math.max(...options.map(({ name }) => cells(oneLine(name)))), Math.floor(width / 2));
  const left = options.length - room;
  const place = left <= 0 ? "" : `  ${at + 1} of ${options.length}`;
  return [
    [span(` ${oneLine(title)}`, "strong"), span(place, "dim")],
    ...options.slice(first, first + room).map(({ name, role, says }, index): Line => {
      const number = first + index;
      const isMarked = number === at;
      const shown = role === undefined ? null : activityOf(scene.state, role, scene.store.signals());
      return [
        span(isMarked ? " > " : "   ", "focus"),
        span(number < DIGITS ? `${number + 1} ` : "  ", "key"),
        span(cut(oneLine(name), longest).padEnd(longest + 2), isMarked ? "strong" : "plain"),
        ...(shown === null ? [] : [span(`${shown.sign} `, shown.style), span(shown.word, "dim")]),
        span(oneLine(says), "dim"),
      ];
    }),
  ];
}

/** What the next key could be while something is chosen. */
export function choiceHints({ keymap }: Scene, { options }: Choice): readonly Hint[] {
  const rows = inWords(keymap, SCREEN_KEYS.rows, "↑ ↓");
  const takes = inWords(keymap, INPUT_KEYS.send, "Enter");
  return [
    { keys: options.length === 1 ? "1" : `1-${Math.min(DIGITS, options.length)}`, does: "chooses", stays: true },
    { keys: "Esc", does: "no", stays: true },
    ...(rows === null ? [] : [{ keys: rows, does: "marks", stays: true }]),
    ...(takes === null ? [] : [{ keys: takes, does: "takes it", stays: true }]),
  ];
}

/**
 * Takes a key while something is chosen: a digit chooses, arrows mark, Enter takes what is marked, Esc gives up.
 *
 * @param scene the run and the screen's own state
 * @param choice what is chosen from
 * @param key the key
 */
export function choose(scene: Scene, choice: Choice, key: Key): Pressed {
  const { ui, keymap } = scene;
  const { options, at } = choice;
  const left = { ...ui, choice: null };
  if (key === "esc") return { ui: left };
  const moved = heardAs(keymap, SCREEN_KEYS.rows, key);
  if (moved !== null) {
    const by = moved === "down" || moved === "j" ? 1 : -1;
    return { ui: { ...ui, choice: { ...choice, at: (at + by + options.length) % options.length } } };
  }
  // The key that opened it takes the first, too: who presses it twice knows what they want.
  const isTaken = key === choice.key || heardAs(keymap, INPUT_KEYS.send, key) !== null;
  const option = isTaken ? options[at] : options[Number(key) - 1];
  return option === undefined
    ? told(ui, `There is no ${choice.of} ${key}; Esc gives up.`)
    : { ui: left, deed: option.deed };
}
