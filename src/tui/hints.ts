import { withKeys } from "./actions.ts";
import { visibleFind } from "./find.ts";
import { FIND_KEYS } from "./find_keys.ts";
import { findHints } from "./find_typing.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { boundHints, inWords } from "./keymap.ts";
import { type Line, lineCells, span } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusedPanel, focusKeys, type Hint, type Scene, type Stage } from "./panel.ts";
import { choiceHints } from "./picker.ts";
import { PLAY_KEYS, playingOf } from "./play_keys.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { ON_START } from "./start_keys.ts";
import { cells } from "./text.ts";
import type { Aim } from "./ui.ts";

const { threads, follow, zoom, view, raw, judge, pause, hold, gate, escape, summary, leave, write, command } =
  PANE_KEYS;
const { rows, help, quit } = SCREEN_KEYS;

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
  if (own !== undefined) {
    return hintsOf([judge, ...own, help, escape, FIND_KEYS.find, TAKING_KEYS.copy, TAKING_KEYS.open, quit], scene);
  }
  return [
    ...hintsOf([judge, help, follow, write, threads, gate, pause], scene),
    ...panelHints(scene),
    ...hintsOf([zoom, view, rows, command, FIND_KEYS.find, TAKING_KEYS.copy, hold, raw, escape, quit], scene),
  ];
}

function hintsFor(stage: Stage): readonly Hint[] {
  if (stage.ui.aim !== null) {
    const { send, queue, complete, leave, newline, history, editor } = INPUT_KEYS;
    return hintsOf<Stage>([send, complete, leave, queue, newline, history, editor, quit, INPUT_KEYS.quit], stage);
  }
  const { choice } = stage.ui;
  if (choice !== null && stage.state !== null) return choiceHints(stage, choice);
  const finds = stage.state === null ? [] : findHints(stage);
  if (visibleFind(stage)?.typing === true) return finds;
  return finds.length === 0
    ? hintsOfPanes(stage)
    : [...finds, ...hintsOfPanes(stage).filter(({ keys }) => keys !== "Esc")];
}

function hintsOfPanes(stage: Stage): readonly Hint[] {
  const overlay = overlayOf(stage.ui.overlay);
  if (overlay !== null) {
    const closes = { keys: overlay.closes, does: "closes", stays: true };
    if (stage.state === null) return [...hintsOf<Stage>([rows], stage), closes, ...hintsOf<Stage>([quit], stage)];
    return [
      ...hintsOf([...overlay.bindings ?? [], rows, FIND_KEYS.find, TAKING_KEYS.copy, TAKING_KEYS.open], stage),
      closes,
      ...hintsOf([quit, leave], stage),
    ];
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

/**
 * Lays out the hints: what the next key could be, or the notice that came last.
 *
 * @param stage what stands on the screen
 * @param width cells; hints that do not fit whole are left out, those that answer or lead out last
 */
export function hintLine(stage: Stage, width: number): Line {
  const { notice, confirming, working } = stage.ui;
  if (notice !== "") {
    const said = [span(" "), span(withKeys(stage.keymap, notice), confirming === null ? "strong" : "warned")];
    // What asks for a second press stands alone; behind all else the keys stay in sight, where there is room.
    return confirming === null ? [...said, ...keysWithin(stage, width - lineCells(said) - 2, "  ")] : said;
  }
  if (working !== null) {
    return [span(` /${working} is at work  `, "strong"), span("Esc", "key"), span(" gives it up", "dim")];
  }
  return keysWithin(stage, width, "");
}

/** As many hints as there is room for. */
function keysWithin(stage: Stage, width: number, before: string): Line {
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
    span(index === 0 ? `${before} ` : "  "),
    span(keys, "key"),
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
    case "history":
      return "earlier › ";
    case "answer":
      return "answer › ";
    case "edit":
      return "edit message › ";
    case "say":
      return `to ${aim.to} › `;
  }
}
