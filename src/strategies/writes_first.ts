import type { Situation } from "../features/registry.ts";
import { hasBegun } from "../features/checks/judge.ts";
import type { Turn } from "../features/turns/slice.ts";
import { editing } from "./open_tools.ts";

/** Asks of an attempt in which only writing is legal, where what is to be repaired stands in the prompt. */
const WRITES_FIRST = 3;
/** Lines up to which a file is written anew as a whole. */
export const WHOLE_LINES = 150;

/** What an attempt may write while it has its file before its eyes. */
export interface Writable {
  /** The task's file. */
  readonly target: string;
  /** The tool for a function, where the parts of the project's files are known. */
  readonly byFunction: string | undefined;
  /** The tool for the whole file, where that is short and stands in the prompt. */
  readonly whole: string | undefined;
}

/**
 * What a turn writes first, which is to repair what checks show and has the file before its eyes: a model that may look around first
 * wanders. null where it has written, has asked enough, or does not see the file.
 *
 * @param open the tools that it may still use
 */
export function writableNow(situation: Situation, turn: Turn, open: readonly string[]): Writable | null {
  const { registry, task, attempt } = situation;
  if (attempt === null || task === null || task.target === null || task.checks.length === 0) return null;
  // What a test asks for that was written before it is mostly no function that is there, until some of it is.
  if (task.test !== undefined && !hasBegun(attempt.before, task)) return null;
  if (attempt.writes.length > 0 || turn.asks >= WRITES_FIRST) return null;
  const { target } = task;
  const shown = turn.prepared?.texts.find((file) => file.path === target);
  if (shown === undefined) return null;
  const isWhole = shown.from === 1 && shown.to >= shown.lines && shown.lines <= WHOLE_LINES;
  const isKnown = turn.prepared?.definitions?.[target] !== undefined;
  return {
    target,
    byFunction: isKnown ? editing(registry, open, "function") : undefined,
    whole: isWhole ? editing(registry, open, "file") : undefined,
  };
}

/** Whether the turn sees functions of other files than its task's own, in which an attempt that looks elsewhere may repair. */
export function seesOthers(turn: Turn, target: string): boolean {
  return Object.keys(turn.prepared?.definitions ?? {}).some((path) => path !== target);
}
