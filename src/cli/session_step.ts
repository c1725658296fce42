import type { RunBefore } from "../features/run/facts.ts";
import type { StoredRun } from "../run/run_store.ts";
import type { Refused } from "../tui/session.ts";
import type { Limited } from "./session_choices.ts";

/** What stands on the screen next; `says` is said there. */
export type SessionStep =
  | { readonly kind: "start"; readonly refused?: Refused }
  | { readonly kind: "new"; readonly goal: string; readonly before?: RunBefore }
  | { readonly kind: "resume"; readonly run: StoredRun; readonly words: string | null; readonly limits?: Limited }
  | { readonly kind: "over"; readonly run: string; readonly says?: string }
  | { readonly kind: "replay"; readonly run: string }
  | { readonly kind: "left" };

/** The screen is left. */
export const LEAVES = { kind: "left" } as const;
