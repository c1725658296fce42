import { isBetweenRuns } from "./between_runs.ts";
import { writing } from "./drafts.ts";
import { insert } from "./editor.ts";
import { FIND_KEYS } from "./find_keys.ts";
import { pasteFinding, pressFinding } from "./find_typing.ts";
import { GATE_KEYS, WITHOUT_MESSAGE } from "./gate.ts";
import { INPUT_KEYS, WITHOUT_DRAFT, write } from "./input_keys.ts";
import { heardAs } from "./keymap.ts";
import type { Key } from "./keys.ts";
import { overlayOf } from "./overlays.ts";
import { aimAt, PANE_KEYS } from "./pane_keys.ts";
import { type Binding, focusedPanel, focusKeys, focusOn, type Overlay, type Scene, type Stage } from "./panel.ts";
import { choose } from "./picker.ts";
import { playingOf, pressPlaying } from "./play_keys.ts";
import { TAKING_KEYS } from "./taking_keys.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";
import { SESSION_KEYS, TOO_EARLY, WITHOUT_PART } from "./session_keys.ts";
import { ON_START } from "./start_keys.ts";
import type { Pressed, Ui } from "./ui.ts";

const TAKING: readonly Binding[] = Object.values(TAKING_KEYS);

const { quit, redraw, suspend, rows, pages, ends: toEnds, help } = SCREEN_KEYS;

/** What the first of some bindings that hears a key makes of it; null where none does. */
function heard<Source extends Stage>(bindings: readonly Binding<Source>[], source: Source, key: Key): Pressed | null {
  for (const binding of bindings) {
    const own = heardAs(source.keymap, binding, key);
    const pressed = own === null ? null : binding.press(source, own);
    if (pressed === null) continue;
    const { confirming } = pressed.ui;
    // A second press is one of the same key, whatever the binding calls it.
    return confirming === null || confirming.key !== own
      ? pressed
      : { ...pressed, ui: { ...pressed.ui, confirming: { ...confirming, key } } };
  }
  return null;
}

function inOverlay(stage: Stage, overlay: Overlay, key: Key): Pressed {
  const own = stage.state === null
    ? null
    : heard([FIND_KEYS.find_end, ...overlay.bindings ?? [], FIND_KEYS.find, ...TAKING], stage, key);
  if (own !== null) return own;
  const played = stage.state === null || key === "esc" ? null : pressPlaying(stage, key);
  if (played !== null) return { ...played, ui: { ...played.ui, overlay: null } };
  const leaves = stage.state?.run.ending ? heard([PANE_KEYS.leave], stage, key) : null;
  return leaves ?? heard<Stage>([rows, pages, toEnds], stage, key) ?? { ui: { ...stage.ui, overlay: null } };
}

function inPanels(scene: Scene, key: Key): Pressed {
  const { ui, panels } = scene;
  const ends = heard([FIND_KEYS.find_end], scene, key);
  if (ends !== null) return ends;
  const played = pressPlaying(scene, key);
  if (played !== null) return played;
  const own = heard(focusedPanel(scene)?.bindings ?? [], scene, key);
  if (own !== null) return own;
  const panel = panels.find((one) => one.role === undefined && heardAs(scene.keymap, focusKeys(one), key) !== null);
  if (panel !== undefined) return { ui: focusOn(ui, panel) };
  const bindings = [
    ...GATE_KEYS,
    ...Object.values(PANE_KEYS),
    FIND_KEYS.find,
    ...TAKING,
    rows,
    pages,
    toEnds,
    help,
    ...(isBetweenRuns(scene) ? Object.values<Binding>(SESSION_KEYS) : TOO_EARLY),
    ...WITHOUT_PART,
    WITHOUT_MESSAGE,
    WITHOUT_DRAFT,
  ];
  return heard<Scene>(bindings, scene, key) ?? { ui };
}

/**
 * Says what a key comes to: its own meaning for who has the keys.
 *
 * @param stage what stands on the screen
 * @param key the key
 * @returns the screen's own state after it, and what is to be done
 */
export function press(stage: Stage, key: Key): Pressed {
  return foundOver(stage, pressIn(stage, key));
}

/** What was looked for in what stood over the panels is over with that: the next time it stands there as ever. */
function foundOver({ ui: { overlay } }: Stage, pressed: Pressed): Pressed {
  const { find } = pressed.ui;
  return find === null || find.in !== overlay || pressed.ui.overlay === overlay
    ? pressed
    : { ...pressed, ui: { ...pressed.ui, find: null } };
}

function pressIn(stage: Stage, key: Key): Pressed {
  const { confirming } = stage.ui;
  const ui = { ...stage.ui, confirming: null, notice: "" };
  if (confirming?.key === key) return { ui, deed: confirming.deed };
  const now: Stage = { ...stage, ui };
  const everywhere = heard<Stage>([quit, redraw, suspend], now, key);
  if (everywhere !== null) return everywhere;
  if (ui.working !== null && key === "esc") return { ui, deed: { kind: "give_up" } };
  if (ui.aim !== null) return heard<Stage>(Object.values(INPUT_KEYS), now, key) ?? write(now, key);
  if (ui.choice !== null && now.state !== null) return choose(now, ui.choice, key);
  const found = now.state === null ? null : pressFinding(now, key);
  if (found !== null) return found;
  const overlay = overlayOf(ui.overlay);
  if (overlay !== null) return inOverlay(now, overlay, key);
  return now.state === null ? heard<Stage>(ON_START, now, key) ?? { ui } : inPanels(now, key);
}

/** The screen with the keys at the input line, where text goes there. */
function aimedAt(stage: Stage): Ui {
  const { ui } = stage;
  if (ui.aim !== null) return ui;
  if (stage.state !== null) return aimAt(stage).ui;
  return stage.form === null ? ui : writing({ ...ui, placing: null }, { kind: "goal" });
}

/**
 * Takes pasted text; it goes to the input line, whatever has the focus.
 *
 * @param stage what stands on the screen
 * @param text pasted text
 */
export function paste(stage: Stage, text: string): Pressed {
  const { ui } = stage;
  const found = stage.state === null || ui.aim !== null ? null : pasteFinding(stage, text);
  if (found !== null) return found;
  if (playingOf(stage) !== null) return { ui };
  const aimed = aimedAt(stage);
  if (aimed.aim === null) return { ui: aimed };
  const typed = { ...aimed, overlay: null, editor: insert(aimed.editor, text), confirming: null, notice: "" };
  return foundOver(stage, { ui: typed });
}
