import { USUAL } from "../../src/tui/keys.ts";
import { lookFor } from "../../src/tui/line.ts";
import type { Scene } from "../../src/tui/panel.ts";
import { PANELS, panelsOf } from "../../src/tui/panels.ts";
import { FIRST, type Ui } from "../../src/tui/ui.ts";
import type { DemoStore } from "./demo_store.ts";

/** What stands on the screen of a run, with nothing selected but what is said. */
export function sceneOf(store: DemoStore, ui: Partial<Ui> = {}): Scene {
  return {
    state: store.state(),
    store,
    ui: { ...FIRST, ...ui },
    keymap: USUAL,
    look: lookFor({}),
    panels: panelsOf(store.roles(), PANELS),
    shown: [],
    page: 10,
    asked: null,
    found: null,
    over: null,
  };
}
