import { INPUT_KEYS } from "./input_keys.ts";
import { type Line, lineCells, span } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusedPanel, focusOn, type Hint, type Panel, type Scene, type Stage } from "./panel.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { cells, cut } from "./text.ts";
import type { Aim, Choice } from "./ui.ts";

const { threads, zoom, raw, judge, pause, hold, escape, summary, leave, write } = PANE_KEYS;
const { rows, help, quit } = SCREEN_KEYS;

/** Choices have as many options as there are digits. */
const MOST_OPTIONS = 9;

/** The key of a panel beside the threads. */
function toPanel(panel: Panel): Binding {
  const { key, id } = panel;
  return {
    keys: key === null ? [] : [key],
    help: null,
    hints: () => key === null ? [] : [{ keys: key, does: id }],
    press: ({ ui }) => ({ ui: focusOn(ui, panel) }),
  };
}

/** Keys of a run at work, those that matter most first. Panels with keys of their own come before others. */
function atWork(scene: Scene): readonly Binding[] {
  const focused = focusedPanel(scene);
  if (focused?.bindings !== undefined) return [judge, ...focused.bindings, help, escape, quit];
  const beside = scene.panels.filter(({ role }) => role === undefined);
  const [acting, others] = [
    beside.filter(({ bindings }) => bindings !== undefined),
    beside.filter(({ bindings }) => bindings === undefined),
  ];
  const panels = [...acting, ...others].map(toPanel);
  return [judge, help, write, threads, rows, zoom, pause, ...panels, hold, raw, escape, quit];
}

function hintsOf<Source extends Stage>(bindings: readonly Binding<Source>[], source: Source): readonly Hint[] {
  return bindings.flatMap((binding) => binding.hints?.(source) ?? []);
}

function hintsFor(stage: Stage): readonly Hint[] {
  if (stage.ui.aim !== null) {
    const { send, leave, newline } = INPUT_KEYS;
    return hintsOf<Stage>([send, leave, newline, quit, INPUT_KEYS.quit], stage);
  }
  const overlay = overlayOf(stage.ui.overlay);
  if (overlay !== null) {
    const own = stage.state === null ? [] : hintsOf(overlay.bindings ?? [], stage);
    const out = [...hintsOf<Stage>([quit], stage), ...(stage.state === null ? [] : hintsOf([leave], stage))];
    return [...hintsOf<Stage>([rows], stage), ...own, { keys: overlay.closes, does: "closes", stays: true }, ...out];
  }
  if (stage.state === null) return hintsOf<Stage>([help, quit], stage);
  if (stage.state.run.ending === null) return hintsOf(atWork(stage), stage);
  return hintsOf([leave, summary, escape, threads, rows, zoom, help], stage);
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
  const { notice, confirming, choice, aim, overlay } = stage.ui;
  if (notice !== "") return [span(" "), span(notice, confirming === null ? "strong" : "warn")];
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
    case "answer":
      return "answer › ";
    case "edit":
      return "edit message › ";
    case "say":
      return `to ${aim.to} › `;
  }
}
