import { reasonOf } from "../kernel/reason_of.ts";
import type { Store } from "./store.ts";
import type { Deed, Ui } from "./ui.ts";

/** What a key wants of the work of a run that is over. */
export type UndoDeed = Extract<Deed, { readonly kind: "undo" | "redo" }>;

/**
 * Puts back what a part of the work changed, or brings it back.
 *
 * @returns what becomes of the screen's own state: it says what became of the work, or why that could not be
 */
export async function undone(store: Pick<Store, "undo" | "redo">, deed: UndoDeed): Promise<(ui: Ui) => Ui> {
  const notice = await said(store, deed);
  return (ui) => ({ ...ui, notice });
}

async function said(store: Pick<Store, "undo" | "redo">, deed: UndoDeed): Promise<string> {
  try {
    const said = deed.kind === "undo" ? store.undo?.(deed.part) : store.redo?.();
    return await said ?? "Nothing can be undone here.";
  } catch (error) {
    return reasonOf(error);
  }
}
