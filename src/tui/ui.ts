import type { Intent } from "../features/intent.ts";
import type { SessionWish } from "./session.ts";
import { BLANK, type Editor } from "./editor.ts";
import type { Going } from "./finder.ts";
import type { Key } from "./keys.ts";
import type { PlayWish } from "./playing.ts";

/** What the text in the input line is for. */
export type Aim =
  | { readonly kind: "goal" }
  /** Looks for a command in the palette. */
  | { readonly kind: "command" }
  | { readonly kind: "say"; readonly to: string }
  | { readonly kind: "answer"; readonly question: string }
  /** Changes a message, whose text is `began`. */
  | { readonly kind: "edit"; readonly message: string; readonly began: string }
  /** Looks for something that was sent before, and goes back to what was being written. */
  | { readonly kind: "history"; readonly back: Aim };

/** What a person chooses from, by digits or arrows. */
export interface Choice {
  /** Words over the options. */
  readonly title: string;
  /** What the options are: `thread`. */
  readonly of: string;
  /** A key that takes what is marked, beside Enter. */
  readonly key?: Key;
  readonly options: readonly Option[];
  /** The one that is marked, from 0. */
  readonly at: number;
}

/** Something that can be chosen. */
export interface Option {
  readonly name: string;
  /** A role: what its thread does now stands beside it. */
  readonly role?: string;
  /** What is to be known of it. */
  readonly says: string;
  /** What is done when it is chosen. */
  readonly deed: Deed;
}

/** What is looked for, and where. */
export interface Find {
  /** Id of the panel, or of what stands over the panels. */
  readonly in: string;
  /** What was typed. */
  readonly editor: Editor;
  /** Whether keys go on with it. */
  readonly typing: boolean;
  /** What was unfolded and selected before: for who calls it off. */
  readonly before: Pick<Ui, "unfolded" | "selected">;
}

/** What the threads take: the stage of those at work between the rails, the whole screen for all of them, the whole screen for one panel. */
export type View = typeof VIEWS[number];

/** All views, in the order in which a key goes through them. */
export const VIEWS = ["stage", "grid", "alone"] as const;

/** The screen's own state: what no fact knows. */
export interface Ui {
  /** Id of the panel that the keys go to. */
  readonly focus: string;
  /** Id of the thread that stays on the stage whoever works; null while the stage follows the work. */
  readonly pinned: string | null;
  readonly view: View;
  /** Panels of threads whose earlier tries are shown whole. */
  readonly unfolded: readonly string[];
  /** Id of what stands over the panels. */
  readonly overlay: string | null;
  /** The reply that the raw view shows: whose, and its number from 0. */
  readonly raw: { readonly role: string; readonly at: number } | null;
  /** Present while the input line has the keys. */
  readonly aim: Aim | null;
  readonly editor: Editor;
  /** What the text in the input line was written for; null before the first. */
  readonly writtenFor: Aim | null;
  /** What was written for others and not sent, by whom it is for. */
  readonly drafts: Readonly<Record<string, Editor>>;
  /** The draft that comes back when the edit of a message is over, or the palette is left. */
  readonly draft: Editor;
  /** Texts that were sent, oldest first. */
  readonly sent: readonly string[];
  /** Place in `sent` while going through it, with the draft to come back to. */
  readonly recalled: { readonly at: number; readonly draft: string } | null;
  /** The place in the list of commands that was gone to while this was typed; null where none was. */
  readonly picked: { readonly text: string; readonly at: number } | null;
  /** What is selected in a panel, by the panel's id. */
  readonly selected: Readonly<Record<string, string>>;
  readonly choice: Choice | null;
  /** What is looked for in a pane; null while nothing is. */
  readonly find: Find | null;
  /** The role that another place is chosen for on the start screen; null while none is. */
  readonly placing: string | null;
  /** What a second press of a key does that was asked about. */
  readonly confirming: { readonly key: Key; readonly deed: Deed } | null;
  /** A sentence in the place of the hints, until the next key. */
  readonly notice: string;
  /** The command that is at work; null while none is. */
  readonly working: string | null;
  /** Whether it was said what the gate is. */
  readonly gateSaid: boolean;
}

/** What is to be done beyond the screen's own state. */
export type Deed =
  | {
    readonly kind: "wish";
    readonly intent: Intent;
    /** Others of the same kind, which go with it. */
    readonly also?: readonly Intent[];
    /** Said in the place of the hints once it is granted; where it is refused, the reason is. */
    readonly done: string;
    /** The screen where it is refused; absent: the same as where it is granted. */
    readonly refused?: Ui;
  }
  /** What the program does beside a run at work; said meanwhile in the place of the hints. */
  | { readonly kind: "session"; readonly wish: SessionWish; readonly says: string }
  /** Brings work at a task that was not accepted into the project. */
  | { readonly kind: "apply"; readonly task: string }
  /** Runs a command of the input line; `refused` is the screen where it comes to nothing. */
  | { readonly kind: "command"; readonly name: string; readonly args: string; readonly refused: Ui }
  /** Puts back what a part of the work changed, or brings back what was put back last. */
  | { readonly kind: "undo"; readonly part: string }
  | { readonly kind: "redo" }
  /** Copies a text, or what is seen of what has the keys. */
  | { readonly kind: "copy"; readonly name: string; readonly text: string }
  | { readonly kind: "copy_seen" }
  /** Opens a file of the project in the person's editor, at a line from 1. */
  | { readonly kind: "open"; readonly project: string; readonly path: string; readonly line: number }
  /** Has what stands in the input line written on in the person's editor. */
  | { readonly kind: "edit_draft" }
  /** Changes how a stored run is played. */
  | { readonly kind: "play"; readonly wish: PlayWish }
  /** Goes to the first match of what is looked for, the next, the one before, or back to where a person read before. */
  | { readonly kind: "find"; readonly going: Going | "back" }
  /** Scrolls what has the keys by rows; infinite to an end. */
  | { readonly kind: "scroll"; readonly by: number }
  | { readonly kind: "quit" | "suspend" | "redraw" | "give_up" };

/** What a key comes to: the screen's own state after it, and at most one deed. No key sends anything: the controller does what is to be done. */
export interface Pressed {
  readonly ui: Ui;
  readonly deed?: Deed;
}

/** The screen before the first key. */
export const FIRST: Ui = {
  focus: "",
  pinned: null,
  view: "stage",
  unfolded: [],
  overlay: null,
  raw: null,
  aim: null,
  editor: BLANK,
  writtenFor: null,
  drafts: {},
  draft: BLANK,
  sent: [],
  recalled: null,
  picked: null,
  selected: {},
  choice: null,
  find: null,
  placing: null,
  confirming: null,
  notice: "",
  working: null,
  gateSaid: false,
};

/** A key that wishes something of the run; `done` is said once that is granted. */
export function wished(ui: Ui, intent: Intent, done: string): Pressed {
  return { ui, deed: { kind: "wish", intent, done } };
}

/** A key that wishes something of the session; `says` is said until it is done. */
export function wishedOfSession(ui: Ui, wish: SessionWish, says: string): Pressed {
  return { ui, deed: { kind: "session", wish, says } };
}

/** A key that only says something. */
export function told(ui: Ui, notice: string): Pressed {
  return { ui: { ...ui, notice } };
}

/** A key that does something at its second press in a row. */
export function confirmed(ui: Ui, key: Key, deed: Deed, notice: string): Pressed {
  return { ui: { ...ui, confirming: { key, deed }, notice } };
}

/** Opens the palette; what was being written comes back when it is left. */
export function openPalette(ui: Ui): Ui {
  return {
    ...ui,
    overlay: null,
    aim: { kind: "command" },
    editor: BLANK,
    draft: ui.editor,
    recalled: null,
    picked: null,
  };
}
