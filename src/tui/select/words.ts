import type { CheckFact } from "../../effects/check/check_effect.ts";
import { neededNothing } from "../../features/tasks/progress.ts";
import type { TaskStatus } from "../../features/tasks/task_statuses.ts";
import type { EndingKind } from "../../features/run/endings.ts";
import type { MessageStatus } from "../../features/messages/message.ts";
import type { State } from "../../features/state.ts";
import type { Failure } from "../../features/failures/slice.ts";
import { TURN_ENDED } from "../../features/turns/turn_ended.ts";
import type { Task } from "../../features/tasks/task.ts";
import { plainName } from "../../kernel/say.ts";
import type { Style } from "../line.ts";

/** A status as it is shown: a sign, a word and a style; the word alone says it all. */
export interface Shown {
  readonly sign: string;
  readonly word: string;
  readonly style: Style;
}

/** Task statuses as they are shown. */
const TASK_WORDS: Readonly<Record<TaskStatus, Shown>> = {
  ready: { sign: "○", word: "ready", style: "plain" },
  in_progress: { sign: "●", word: "in progress", style: "works" },
  in_review: { sign: "◐", word: "in review", style: "works" },
  done: { sign: "✓", word: "done", style: "passed" },
  parked: { sign: "‖", word: "parked", style: "waits" },
  dropped: { sign: "✗", word: "dropped", style: "dim" },
};

/** A task that was dropped because there was nothing to change. */
const UNCHANGED: Shown = { sign: "✓", word: "no change", style: "dim" };

/**
 * Says the status of a task.
 *
 * @param state the run
 * @param task one of its tasks
 */
export function taskShown(state: State, task: Task): Shown {
  return neededNothing(state, task) ? UNCHANGED : TASK_WORDS[task.status];
}

/** Message statuses as they are shown. */
export const MESSAGE_WORDS: Readonly<Record<MessageStatus, Shown>> = {
  queued: { sign: "○", word: "queued", style: "plain" },
  held: { sign: "‖", word: "held", style: "waits" },
  reviewed: { sign: "○", word: "reviewed", style: "plain" },
  in_prompt: { sign: "●", word: "in prompt", style: "works" },
  answered: { sign: "✓", word: "answered", style: "dim" },
  dropped: { sign: "✗", word: "dropped", style: "dim" },
  expired: { sign: "✗", word: "expired", style: "dim" },
};

/** An ending in words. */
export interface EndingWords {
  readonly title: string;
  readonly sentence: string;
  readonly style: Style;
}

const ENDING_WORDS: Readonly<Record<EndingKind, EndingWords>> = {
  accepted: { title: "Accepted", sentence: "All tasks are done and every check passes.", style: "passed" },
  partial: {
    title: "Partly done",
    sentence: "Some of the work stands; not all of it is done or proven.",
    style: "warned",
  },
  failed: { title: "Failed", sentence: "The run stopped and no task was done.", style: "failed" },
  blocked: { title: "Blocked", sentence: "The run needs a person to go on.", style: "waits" },
  budget: { title: "Budget spent", sentence: "The run stopped because its budget is used up.", style: "warned" },
  no_host: { title: "No host", sentence: "No host could serve the models that the run needs.", style: "failed" },
  cancelled: { title: "Cancelled", sentence: "The run was stopped by a person.", style: "warned" },
};

const LEFT_WORDS: EndingWords = {
  title: "Left",
  sentence: "It was left before it had ended, and can be continued.",
  style: "warned",
};

/** Says how a run ended, or that it was left and has no end of its own. */
export function endingWords({ kind, left }: NonNullable<State["run"]["ending"]>): EndingWords {
  return left === true ? LEFT_WORDS : ENDING_WORDS[kind];
}

/** How turns ended, in words. */
export const TURN_WORDS: Readonly<Record<string, string>> = TURN_ENDED;

/** Failures whose own word is no word for people. */
const FAILURE_WORDS: Readonly<Partial<Record<Failure["failure"], string>>> = {
  refuted: "did not help",
  empty: "changed nothing",
  no_call: "made no legal call",
  tool_error: "could not do it",
  bad_request: "the host did not understand",
  protocol: "the answer made no sense",
};

/** Says what kind of failure it was. */
export function failureWord(failure: Failure["failure"]): string {
  return FAILURE_WORDS[failure] ?? plainName(failure);
}

/** Where the way in which a model is asked to call comes from, in words behind it; the others say nothing worth reading. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  config: "as configured",
  record: "as its record says",
  family: "as its family needs",
  audit: "after a look at its prompt",
  refused: "as another was refused",
};

/**
 * Writes a duration.
 *
 * @param ms milliseconds
 * @returns `42s`, `3:07` or `1:02:09`
 */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/**
 * Writes a count in at most four characters or so.
 *
 * @param value a count
 * @returns `950`, `6.7k`, `16k`, `1.2M`
 */
export function amount(value: number): string {
  if (value < 1000) return String(Math.round(value));
  if (value < 9950) return `${(value / 1000).toFixed(1)}k`;
  if (value < 999_500) return `${Math.round(value / 1000)}k`;
  return `${(value / 1_000_000).toFixed(1)}M`;
}

/**
 * Writes bytes.
 *
 * @param value bytes
 * @returns gigabytes with one decimal, or megabytes
 */
export function bytes(value: number): string {
  return value >= 1e9 ? `${(value / 1e9).toFixed(1)} GB` : `${Math.round(value / 1e6)} MB`;
}

/**
 * Writes a time of day.
 *
 * @param at milliseconds since the epoch
 * @returns `14:03`, local time
 */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * Says check results in a sentence.
 *
 * @param results named results
 * @param most failing names that are given
 * @returns `12 pass, 2 fail: test_a, test_b`
 */
export function checksSentence(results: readonly CheckFact[], most = 4): string {
  const failing = results.filter((result) => !result.passed);
  const passing = results.length - failing.length;
  if (failing.length === 0) return `${passing} pass`;
  // The command that gives all of them goes without saying.
  const command = /^[^:]{1,40}: /.exec(failing[0]!.name)?.[0] ?? "";
  const isShared = failing.every(({ name }) => name.startsWith(command));
  const names = failing.slice(0, most).map(({ name }) => isShared ? name.slice(command.length) : name).join(", ");
  const more = failing.length > most ? ` and ${failing.length - most} more` : "";
  return `${passing} pass, ${failing.length} fail: ${names}${more}`;
}
