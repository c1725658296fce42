import type { State } from "../features/state.ts";
import type { Key, Keymap } from "./keys.ts";
import type { Line, Look } from "./line.ts";
import type { Block } from "./select/block.ts";
import type { StartForm } from "./session.ts";
import type { HistoryEntry, Store } from "./store.ts";
import type { Pressed, Ui } from "./ui.ts";

/** A part of the screen with a frame of its own: a value in the table, whole in one place. */
export interface Panel {
  /** Its name, unique: the word for it in tabs, hints and help. */
  readonly id: string;
  /** Key that gives it the focus; null where only Tab leads to it. */
  readonly key: Key | null;
  /** The role whose thread it is; absent for what stands beside the threads. */
  readonly role?: string;
  /** The word for it where a plugin brings it: it gives way before the others where there is no room for all; absent for the others. */
  readonly guest?: string;
  /** The rail in which it stands beside the threads where there are two; absent: the right one. */
  readonly rail?: "left" | "right";
  /** Its place in the rail; absent: as many rows as the smallest. */
  readonly room?: Room;
  /** What stands in its upper edge, behind its key; said shorter where there are few cells. */
  title(state: State, width?: number): string;
  /** What stands at the right end of that edge. */
  note?(scene: Scene, width: number): Line;
  /** Its rows. Those that do not fit are scrolled to; one that begins in the style `selected` is kept visible. */
  lines(scene: Scene, size: Size): readonly Line[];
  /** Rows that stay under the others, however those are scrolled. */
  foot?(scene: Scene, size: Size): readonly Line[];
  /** What is scrolled under its rows, which then all stay. */
  readonly transcript?: Transcript;
  /** What can be copied of it; absent: what is seen of it. */
  copies?(scene: Scene): readonly Copyable[];
  /** The file that is meant in it, and those beside it; absent where there is none. */
  files?(scene: Scene): readonly ChangedFile[];
  /** What is looked through where one of its rows is selected; absent: its rows as they are shown. */
  readonly finds?: Finds;
  /** Itself in a few words, for screens without room for the column beside the threads. */
  brief?(scene: Scene): Line;
  /** Keys of its own, while it has the focus. They come before those that act everywhere. */
  readonly bindings?: readonly Binding[];
}

/** A file that was changed, as it can be opened and copied. */
export interface ChangedFile {
  readonly path: string;
  /** The unified difference; null where it is no text that can be compared. */
  readonly patch: string | null;
  /** The first line that is different, as the file stands afterwards. */
  readonly line: number;
}

/** Something that can be copied. */
export interface Copyable {
  /** What it is: `message m7`. */
  readonly name: string;
  readonly text: string;
}

/** What is looked through in a panel of which a row is selected. */
export interface Finds {
  /** Its rows, in the order in which they are shown. */
  rows(scene: Scene): readonly Findable[];
  /** The one that is selected; null where none is. */
  at(scene: Scene): string | null;
}

/** A row that is found by its words. */
export interface Findable {
  /** What it is selected by. */
  readonly id: string;
  /** All that it stands for. */
  readonly text: string;
}

/** Cells of a panel's content. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rows of a panel in a rail, its edge included: as many as it says, or at least some and its share of what is left. */
export type Room = { rows(hosts: number): number } | { readonly share: number; readonly least?: number };

/** A text that grows at its end: older entries are read when a person scrolls up to them, the newest row is followed. */
export interface Transcript {
  /** Says at which point of the run the older entries were read; where it says something else they are read anew. */
  present(state: State): string;
  /** Blocks of the older entries and of what the state shows, oldest first. */
  blocks(scene: Scene, history: readonly HistoryEntry[]): readonly Block[];
}

/** Keys with what they do: one value for the press, the hint line and the help. */
export interface Binding<Source extends Stage = Scene> {
  readonly keys: readonly Key[];
  /**
   * Its keys by the names under which a person binds others: those of one name do the same. A table that is `named` may leave out the
   * name where all keys do the same, and the word before the dot; absent elsewhere: the keys stay.
   */
  readonly actions?: Readonly<Record<string, readonly Key[]>>;
  /** Keys and what they do, as the help writes them; null where the help says it elsewhere. */
  readonly help: readonly [keys: string, does: string] | null;
  /** What the hint line says of it now; absent: never anything. */
  hints?(source: Source): readonly Hint[];
  /** What a press comes to; null where the key is not meant for it now. */
  press(source: Source, key: Key): Pressed | null;
}

/** A key in the hint line. */
export interface Hint {
  readonly keys: string;
  /** What it does, in a word or two. */
  readonly does: string;
  /** Whether it is left out last: it sends, answers, or leads out. */
  readonly stays?: boolean;
}

/** Which rows of how many are seen, the first being 1. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/** The question that was painted last, and whether all of it could be seen or scrolled to. */
export interface Asked {
  readonly id: string;
  readonly whole: boolean;
}

/** What stands over all panels until it is closed. */
export interface Overlay {
  readonly id: string;
  title(scene: Scene): string;
  /** What it is called where it is copied; its title where absent. */
  readonly name?: string;
  /** Its rows; a function of the state, the screen's own state and the width alone. */
  lines(scene: Scene, width: number): readonly Line[];
  /** What can be copied of it; absent: all its rows. */
  copies?(scene: Scene): readonly Copyable[];
  /** The file that is meant in it, and those beside it; absent where there is none. */
  files?(scene: Scene): readonly ChangedFile[];
  /** Rows that stay under the others, however those are scrolled; as many wherever that is. */
  foot?(scene: Scene, place: Place): readonly Line[];
  /** Keys of its own. Of the others some scroll, `q` quits a run that is over, and every other key closes it. */
  readonly bindings?: readonly Binding[];
  /** Keys that close it, as the hint line writes them. */
  readonly closes: string;
}

interface OnScreen {
  readonly ui: Ui;
  readonly look: Look;
  /** What stands over the panels; null for nothing. */
  readonly over: Overlay | null;
  /** Keys that the person bound anew. */
  readonly keymap: Keymap;
  /** Panels in the order of Tab: the threads, the arbiter's first, then those beside them. */
  readonly panels: readonly Panel[];
  /** Ids of the panels that can be seen. */
  readonly shown: readonly string[];
  /** Rows that a page of what has the keys holds. */
  readonly page: number;
  /** What a person saw of what is asked; null while they saw nothing. */
  readonly asked: Asked | null;
  /** The text of what they found and are at; null where nothing is looked for. */
  readonly found: string | null;
}

/** The screen before a run. */
export interface Opening extends OnScreen {
  readonly state: null;
  /** Asks for the goal; null until plugins and hosts are known. */
  readonly form: StartForm | null;
}

/** The screen with a run: all that panels, keys and hints are functions of. */
export interface Scene extends OnScreen {
  readonly state: State;
  /** What of the run is no fact: hosts, streams, the clock, the journal. Nothing is sent from here. */
  readonly store: Omit<
    Store,
    "state" | "subscribe" | "roles" | "send" | "play" | "undo" | "redo" | "apply" | "runCommand" | "panes"
  >;
}

/** What stands on the screen. */
export type Stage = Opening | Scene;

/** The panel that the keys go to; undefined where there is none yet. */
export function focusedPanel({ ui, panels }: Stage): Panel | undefined {
  return panels.find((panel) => panel.id === ui.focus) ?? panels[0];
}

/** Role of the thread that the keys go to; null where they go to another panel. */
export function focusedRole(stage: Stage): string | null {
  return focusedPanel(stage)?.role ?? null;
}

/** The key that gives a panel the focus, with the name of its action. */
export function focusKeys({ id, key, role }: Panel): Required<Pick<Binding, "keys" | "actions">> {
  const keys = key === null ? [] : [key];
  return { keys, actions: { [role === undefined ? `panel.${id}` : `pane.thread_${key}`]: keys } };
}

/** Gives a panel the focus. */
export function focusOn(ui: Ui, { id }: Panel): Ui {
  return { ...ui, focus: id };
}

/** Gives a panel the focus, as a person asks for it by name: a thread stays on the stage from then on. */
export function choosing(ui: Ui, { id, role }: Panel): Ui {
  return { ...ui, focus: id, pinned: role === undefined ? ui.pinned : id };
}
