import { withKeys } from "./actions.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { boundHints, inWords } from "./keymap.ts";
import { type Line, lineCells, span } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusedPanel, focusKeys, type Hint, type Scene, type Stage } from "./panel.ts";
import { PLAY_KEYS, playingOf } from "./play_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { ON_START } from "./start_keys.ts";
import { cells, cut } from "./text.ts";
import type { Aim, Choice } from "./ui.ts";

const { threads, follow, zoom, view, raw, judge, pause, hold, gate, escape, summary, leave, write, command } =
  PANE_KEYS;
const { rows, help, quit } = SCREEN_KEYS;

/** Choices have as many options as there are digits. */
const MOST_OPTIONS = 9;

function hintsOf<Source extends Stage>(bindings: readonly Binding<Source>[], source: Source): readonly Hint[] {
  return bindings.flatMap((binding) => boundHints(binding, source));
}

/** Keys that lead to the panels beside the threads: first to those where keys act. */
function panelHints({ panels, keymap }: Scene): readonly Hint[] {
  const beside = panels.filter(({ role }) => role === undefined);
  const [acting, others] = [beside.filter(({ bindings }) => bindings), beside.filter(({ bindings }) => !bindings)];
  return [...acting, ...others].flatMap((panel) => {
    const keys = panel.key === null ? null : inWords(keymap, focusKeys(panel), panel.key);
    return keys === null ? [] : [{ keys, does: panel.id }];
  });
}

/** Keys of a run at work, those that matter most first. */
function atWork(scene: Scene): readonly Hint[] {
  const own = focusedPanel(scene)?.bindings;
  if (own !== undefined) return hintsOf([judge, ...own, help, escape, quit], scene);
  return [
    ...hintsOf([judge, help, follow, write, threads, gate, pause], scene),
    ...panelHints(scene),
    ...hintsOf([zoom, view, rows, command, hold, raw, escape, quit], scene),
  ];
}

function hintsFor(stage: Stage): readonly Hint[] {
  if (stage.ui.aim !== null) {
    const { send, complete, leave, newline } = INPUT_KEYS;
    return hintsOf<Stage>([send, complete, leave, newline, quit, INPUT_KEYS.quit], stage);
  }
  const overlay = overlayOf(stage.ui.overlay);
  if (overlay !== null) {
    const closes = { keys: overlay.closes, does: "closes", stays: true };
    if (stage.state === null) return [...hintsOf<Stage>([rows], stage), closes, ...hintsOf<Stage>([quit], stage)];
    return [...hintsOf([...overlay.bindings ?? [], rows], stage), closes, ...hintsOf([quit, leave], stage)];
  }
  if (stage.state === null) return hintsOf<Stage>(stage.form === null ? [help, quit] : [...ON_START, quit], stage);
  if (playingOf(stage) !== null) {
    const own = focusedPanel(stage)?.bindings ?? [];
    return [
      ...hintsOf([...own, ...Object.values<Binding>(PLAY_KEYS), threads, rows, zoom, help], stage),
      ...panelHints(stage),
    ];
  }
  if (stage.state.run.ending === null) return atWork(stage);
  const own = focusedPanel(stage)?.bindings ?? [rows];
  return hintsOf([write, leave, ...own, summary, escape, command, threads, zoom, view, help], stage);
}

/** Asks for a digit, with every answer: the names are cut before one is left out. */
function choiceLine(choice: Choice, width: number): Line {
  const names = choice.options.slice(0, MOST_OPTIONS).map(({ name }) => name);
  const longest = Math.max(0, ...names.map((name) => cells(name)));
  const line = (title: string, most: number, gap: string): Line => [
    span(` ${title}${gap}`, "accent"),
    ...names.flatMap((name, index) => [
      span(String(index + 1), "accent"),
      span(` ${cut(name, most, "")}${gap}`, "dim"),
    ]),
    span("Esc", "accent"),
    span(" no", "dim"),
  ];
  const lines = [
    line(choice.title, longest, "  "),
    ...Array.from({ length: Math.max(0, longest - 1) }, (_, index) => line(choice.short, longest - index, " ")),
  ];
  return lines.find((one) => lineCells(one) <= width) ??
    [span(` ${choice.short} 1-${names.length}`, "accent"), span("  Esc", "accent"), span(" no", "dim")];
}

/**
 * Lays out the hints: what the next key could be, or the notice that came last.
 *
 * @param stage what stands on the screen
 * @param width cells; hints that do not fit whole are left out, those that answer or lead out last
 */
export function hintLine(stage: Stage, width: number): Line {
  const { notice, confirming, choice, aim, overlay, working } = stage.ui;
  if (notice !== "") return [span(" "), span(withKeys(stage.keymap, notice), confirming === null ? "strong" : "warn")];
  if (working !== null) {
    return [span(` /${working} is at work  `, "strong"), span("Esc", "accent"), span(" gives it up", "dim")];
  }
  if (choice !== null && aim === null && overlay === null) return choiceLine(choice, width);
  const hints = hintsFor(stage);
  const size = ({ keys, does }: Hint): number => cells(keys) + cells(does) + 3;
  // The first one has only one space before it.
  let room = width + 1;
  const shown = new Set<Hint>();
  for (const wanted of [true, false]) {
    for (const hint of hints) {
      if ((hint.stays ?? false) !== wanted) continue;
      if (size(hint) > room) break;
      room -= size(hint);
      shown.add(hint);
    }
  }
  return hints.filter((hint) => shown.has(hint)).flatMap(({ keys, does }, index) => [
    span(index === 0 ? " " : "  "),
    span(keys, "accent"),
    span(` ${does}`, "dim"),
  ]);
}

/** What stands before the input. */
export function inputLabel(aim: Aim | null): string {
  switch (aim?.kind) {
    case undefined:
      return "› ";
    case "goal":
      return "goal › ";
    case "command":
      return "command › ";
    case "answer":
      return "answer › ";
    case "edit":
      return "edit message › ";
    case "say":
      return `to ${aim.to} › `;
  }
}
