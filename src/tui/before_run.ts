import { type Line, span } from "./line.ts";
import { helpLines } from "./overlays/help.ts";
import type { Opening } from "./panel.ts";
import { startLines } from "./select/start.ts";

/** What stands on the screen before a run. */
export function beforeRun(stage: Opening, width: number): readonly Line[] {
  const { form, ui, panels, keymap } = stage;
  if (ui.overlay !== null) return helpLines(panels, [], width, keymap);
  if (form !== null) return startLines({ ...stage, form }, width);
  return [[span("Reading plugins and prompts, and asking the hosts what they have …", "dim")]];
}
