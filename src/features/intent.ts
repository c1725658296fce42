import type { Hold } from "./messages/message.ts";

/** A person's wish. {@link wish} says which facts it warrants. */
export type Intent =
  /** Says words; with `later` once whoever they are for is at nothing any more. */
  | { readonly kind: "say"; readonly to: string; readonly text: string; readonly later?: boolean }
  | { readonly kind: "pause" }
  | { readonly kind: "unpause" }
  | { readonly kind: "hold"; readonly scope: Hold["scope"]; readonly of: string }
  | { readonly kind: "lift"; readonly hold: string }
  | { readonly kind: "release"; readonly message: string }
  /** Lets all go on that are held now; what comes later is held as before. */
  | { readonly kind: "release_all" }
  | { readonly kind: "edit"; readonly message: string; readonly text: string }
  | { readonly kind: "redirect"; readonly message: string; readonly to: string }
  /** Sends it to somebody else, too. */
  | { readonly kind: "duplicate"; readonly message: string; readonly to: string }
  | { readonly kind: "drop"; readonly message: string }
  /** Undoes what was done to a message last, while it is on its way. */
  | { readonly kind: "take_back"; readonly message: string }
  | { readonly kind: "answer"; readonly question: string; readonly approved: boolean; readonly text: string }
  /** Ends a specialist's turn. */
  | { readonly kind: "interrupt"; readonly role: string }
  | { readonly kind: "park"; readonly task: string }
  | {
    readonly kind: "raise";
    readonly tokens: number | null;
    readonly turns: number | null;
    readonly wallMs: number | null;
  }
  /** Brings the version of a plugin back that was in use before. */
  | { readonly kind: "rollback"; readonly plugin: string }
  | { readonly kind: "cancel"; readonly cause: string };
