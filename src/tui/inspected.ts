import type { Message } from "../features/messages/message.ts";
import type { Scene } from "./panel.ts";
import { selecting } from "./selected.ts";
import type { Ui } from "./ui.ts";

/** What a message is inspected under. */
const INSPECTED = "message";

/** Shows a message whole, with what became of it. */
export function inspecting(ui: Ui, id: string): Ui {
  return { ...selecting(ui, INSPECTED, id), overlay: INSPECTED };
}

/** Id of the message that is inspected; the empty text before the first. */
export function inspectedId({ ui }: Pick<Scene, "ui">): string {
  return ui.selected[INSPECTED] ?? "";
}

/** The message that is inspected, as far as the state holds it still. */
export function inspectedMessage(scene: Pick<Scene, "ui" | "state">): Message | null {
  const id = inspectedId(scene);
  return scene.state.messages.list.find((message) => message.id === id) ?? null;
}
