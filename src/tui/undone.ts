import { reasonOf } from "../kernel/reason_of.ts";
import type { Store } from "./store.ts";
import type { Deed } from "./ui.ts";

/** What a key wants of the work of a run that is over. */
export type UndoDeed = Extract<Deed, { readonly kind: "undo" | "redo" }>;

/**
 * Puts back what a part of the work changed, or brings it back.
 *
 * @returns the sentence that says what became of it, or why it could not be
 */
export async function undone(store: Pick<Store, "undo" | "redo">, deed: UndoDeed): Promise<string> {
  try {
    const said = deed.kind === "undo" ? store.undo?.(deed.part) : store.redo?.();
    return await said ?? "Nothing can be undone here.";
  } catch (error) {
    return reasonOf(error);
  }
}
