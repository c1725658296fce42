import type { WriteFact } from "../effects/write_fact.ts";
import type { Intent } from "../features/intent.ts";
import type { HostStatus, MachineStatus, Signal } from "../ports/host_status.ts";
import type { State } from "../features/state.ts";
import type { Decision } from "../features/decisions/slice.ts";
import type { Text } from "../kernel/text.ts";
import type { ChangedPart, FileDifference } from "../tell/changed_part.ts";
import type { WhyDecision } from "../tell/decisions.ts";
import type { HistoryEntry } from "../tell/history.ts";
import type { Link, MessageStory } from "../tell/message_stories.ts";
import type { ReplyEvidence } from "../tell/replies.ts";

import type { Playing, PlayWish } from "./playing.ts";

export type { Playing, PlayWish };
export type { ChangedPart, FileDifference, HistoryEntry, Link, MessageStory, ReplyEvidence, WhyDecision };

/** A command of the input line, `/name arguments`. */
export interface CommandWord {
  readonly name: string;
  /** What it does and which arguments it takes, in a line. */
  readonly help: string;
}

/** What became of a file. */
export type FileChange = Pick<WriteFact, "path" | "before" | "after">;

/** A pane that a plugin draws. */
export interface PluginPane {
  readonly id: string;
  readonly title: string;
  /**
   * Asks for its rows as they are now.
   *
   * @param size cells of its content
   * @param signal gives up
   * @returns plain text, one entry per row; rejects where the plugin failed, and with the signal's reason
   */
  lines(size: { readonly width: number; readonly height: number }, signal: AbortSignal): Promise<readonly string[]>;
}

/** What the screen reads and where it sends wishes; the run's shell stands behind it. */
export interface Store {
  /** The fold of all facts so far. */
  state(): State;
  /**
   * Registers a listener that is told after every commit.
   *
   * @returns ends it
   */
  subscribe(listener: () => void): () => void;
  /** What streams in, by effect key; changed outside React, read on the screen's clock. */
  signals(): ReadonlyMap<string, Signal>;
  hosts(): readonly HostStatus[];
  machine(): MachineStatus;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Roles with a thread, the arbiter first. */
  roles(): readonly string[];
  /**
   * Reads the older exchange of a thread.
   *
   * @param role whose thread
   * @param before entries with a smaller seq
   * @param lines about how many lines are wanted, at least
   * @returns entries, oldest first
   */
  scrollback(role: string, before: number, lines: number): readonly HistoryEntry[];
  /** Reads the whole of a text that a fact names. */
  text(text: Text): string;
  /**
   * Writes the difference that a change of a file makes.
   *
   * @param change the file, and the hashes of what stood and stands in it; null for no file
   * @returns the unified difference, three lines around each change; null where it is no text, or too long to be compared while one waits
   */
  difference(change: FileChange): string | null;
  /** Counts the replies of a thread. */
  replies(role: string): number;
  /**
   * Reads a reply of a thread as it came.
   *
   * @param role whose thread
   * @param at number of the reply from 0, oldest first
   * @returns the evidence, or null where there is no such reply
   */
  reply(role: string, at: number): ReplyEvidence | null;
  /**
   * Says a decision of the arbiter in a few words.
   *
   * @param name its name, as models call it
   * @param args its arguments; what it says of them is cut
   * @param made where it was made and whom it gave which task; absent where that is not known
   */
  says(
    name: string,
    args: Readonly<Record<string, unknown>>,
    made?: Pick<Decision, "phase" | "assigned" | "races">,
  ): string;
  /**
   * Says a decision that was made: what it was in plain words, and what came of it beside them.
   *
   * @param decision with whom it gave which task
   */
  tells(decision: Decision): { readonly words: string; readonly came: string };
  /** All decisions of the run, oldest first; read from the journal. */
  decisions(): readonly Decision[];
  /**
   * Reads what led to a decision.
   *
   * @param id such as `d4`
   * @returns null where there is none of that name
   */
  why(id: string): WhyDecision | null;
  /**
   * Reads what became of a message, what led to it, and what it led to.
   *
   * @param id such as `m4`
   * @returns null where there is none of that name
   */
  message(id: string): MessageStory | null;
  /** Lists the messages that a message or a decision led to. */
  causedBy(id: string): readonly Link[];
  /** The parts of the run's work, all of it first. */
  parts(): readonly ChangedPart[];
  /**
   * Says what a part of the run's work made of the files.
   *
   * @param part id of one of {@link parts}
   * @returns files, sorted by path; none where it changed none
   */
  changes(part: string): readonly FileDifference[];
  /** Commands of the input line, in order. */
  commands(): readonly CommandWord[];
  /**
   * Has a command say what it wishes; nothing is sent.
   *
   * @param name one of {@link commands}
   * @param args what was typed behind it
   * @param signal gives up
   * @returns wishes in order; rejects with a sentence where the arguments are wrong or the plugin failed
   */
  runCommand(name: string, args: string, signal: AbortSignal): Promise<readonly Intent[]>;
  /** Panes of plugins, in order; a pane is the same object for as long as it is the same. */
  panes(): readonly PluginPane[];
  /**
   * Puts back what a part of the work of a run that is over changed; absent where nothing can be undone.
   *
   * @param part id of one of {@link parts}
   * @returns a sentence that says what became of it; rejects with one that says why it could not be
   */
  undo?(part: string): Promise<string>;
  /** Brings back what was put back last, in the same way. */
  redo?(): Promise<string>;
  /** Says which part of the work {@link redo} would bring back; null where nothing was put back here. */
  lastUndone?(): string | null;
  /**
   * Brings the best work at a task that was not accepted into the project; absent where nothing can be.
   *
   * @param task id of the task
   * @returns a sentence that says what became of it; rejects with one that says why it could not be
   */
  apply?(task: string): Promise<string>;
  /** Whether the run has not begun yet: the same one is shown once it has. */
  readonly isComing?: true;
  /** Whether the run was over before it stood here: nobody is called for it. */
  readonly isPast?: true;
  /** Whether more can follow once the run is over: a next goal, another run. Absent: the screen ends with it. */
  readonly inSession?: true;
  /** How far a stored run is played; absent for a run at work. */
  playing?(): Playing;
  /** Changes how a stored run is played. */
  play?(wish: PlayWish): void;
  /**
   * Sends a wish.
   *
   * @returns null, or the sentence why it was refused
   */
  send(intent: Intent): string | null;
}
