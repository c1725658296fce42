import { difference } from "./overlays/difference.ts";
import { help } from "./overlays/help.ts";
import { message } from "./overlays/message.ts";
import { question } from "./overlays/question.ts";
import { raw } from "./overlays/raw.ts";
import { summary } from "./overlays/summary.ts";
import { why } from "./overlays/why.ts";
import type { Overlay } from "./panel.ts";

/** What can stand over the panels. */
export type BuiltInOverlay = "help" | "summary" | "question" | "raw" | "why" | "difference" | "message";

/** What can stand over the panels, by name. */
const OVERLAYS = { help, summary, question, raw, why, difference, message } satisfies Record<BuiltInOverlay, Overlay>;

/** The overlay of a name; null where none is open. */
export function overlayOf(id: string | null): Overlay | null {
  return Object.values<Overlay>(OVERLAYS).find((overlay) => overlay.id === id) ?? null;
}
