import { reasonOf } from "../kernel/reason_of.ts";
import type { Store } from "./store.ts";
import type { Deed, Ui } from "./ui.ts";

/** What a key wants of the work of a run that is over. */
export type UndoDeed = Extract<Deed, { readonly kind: "undo" | "redo" | "apply" }>;

/**
 * Puts back what a part of the work changed, brings it back, or brings in what was not accepted.
 *
 * @returns what becomes of the screen's own state: it says what became of the work, or why that could not be
 */
export async function undone(store: Pick<Store, "undo" | "redo" | "apply">, deed: UndoDeed): Promise<(ui: Ui) => Ui> {
  const notice = await said(store, deed);
  return (ui) => ({ ...ui, notice });
}

async function said(store: Pick<Store, "undo" | "redo" | "apply">, deed: UndoDeed): Promise<string> {
  try {
    switch (deed.kind) {
      case "undo":
        return await store.undo?.(deed.part) ?? "Nothing can be undone here.";
      case "redo":
        return await store.redo?.() ?? "Nothing can be undone here.";
      case "apply":
        return await store.apply?.(deed.task) ?? "Nothing can be brought in here.";
    }
  } catch (error) {
    return reasonOf(error);
  }
}
