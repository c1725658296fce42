import { valuesOf } from "../../features/buckets.ts";
import { attemptsAt } from "../../features/attempts/attempts_at.ts";
import type { AttemptVerdict } from "../../features/attempts/facts.ts";
import type { Attempt, PastAttempt } from "../../features/attempts/slice.ts";
import type { WriteFact } from "../../effects/write_fact.ts";
import type { State } from "../../features/state.ts";
import type { Style } from "../line.ts";
import type { Scene } from "../panel.ts";
import type { FileChange } from "../store.ts";
import { type Block, block } from "./block.ts";
import { showDifference, type ShownDifference } from "./difference.ts";
import { currentTurn } from "./activity.ts";
import { checksSentence } from "./words.ts";

/** What a thread tried at its task: earlier tries, and what the present one changed so far. */
export interface Tries {
  readonly past: readonly Block[];
  readonly present: readonly Block[];
}

/** Nothing was tried. */
export const NO_TRIES: Tries = { past: [], present: [] };

/** Rows of a difference that are shown of the newest try while it is not unfolded, and in a whole one. */
const MOST_ROWS = { folded: 24, whole: 2_000 };

/** What became of a try, in words. */
const VERDICTS: Readonly<Record<AttemptVerdict, readonly [sign: string, words: string, style: Style]>> = {
  kept: ["✓", "kept", "passed"],
  refuted: ["✗", "did not help", "failed"],
  empty: ["○", "changed nothing", "dim"],
  failed: ["✗", "came to nothing", "failed"],
  cancelled: ["○", "another try was first", "dim"],
};

/** The try that a role is at; null where there is none. */
export function openAttempt(state: State, role: string): Attempt | null {
  return Object.values(state.attempts.open).findLast((attempt) => attempt.role === role) ?? null;
}

/** The task that a role was given last; null where it was given none. */
function lastTask({ decisions }: State, role: string): string | null {
  const all = [...decisions.past, ...Object.values(decisions.open)];
  return all.findLast(({ assigned }) => assigned?.role === role)?.assigned?.task ?? null;
}

/**
 * Selects what a thread tried at the task that it has in hand, or had last: each try with the difference that it made, its verdict in words,
 * and what became of it.
 *
 * @param scene the run and what is stored of it
 * @param role whose thread
 * @param isWhole whether each try is shown whole; else of the earlier ones only what became of them
 */
export function selectTries({ state, store }: Pick<Scene, "state" | "store">, role: string, isWhole: boolean): Tries {
  const open = openAttempt(state, role);
  const turn = currentTurn(state, role);
  if (open === null && turn !== null) return NO_TRIES;
  const task = open?.task ?? lastTask(state, role);
  if (task === null) return NO_TRIES;
  const earlier = attemptsAt(state, task).filter((attempt) => attempt.role === role);
  const shown: Shows = (change) => shownOf(store, change);
  return {
    past: earlier.flatMap((attempt, index) => {
      const isNewest = open === null && index === earlier.length - 1;
      return pastBlocks(`${task}.${attempt.number}`, attempt, isWhole || isNewest, isWhole, shown);
    }),
    present: open === null
      ? []
      : [...changeBlocks(`${task}.${open.number}`, open.writes, isWhole, shown), ...checkBlocks(open)],
  };
}

type Shows = (change: FileChange) => ShownDifference | null;

/** Differences that were laid out, by run: a thread is looked at with each commit, and what a change made stays the same. */
const known = new WeakMap<Scene["store"], Map<string, ShownDifference | null>>();

/** Most differences that are kept of a run. */
const MOST_KNOWN = 64;

function shownOf(store: Scene["store"], change: FileChange): ShownDifference | null {
  const ofRun = known.get(store) ?? new Map<string, ShownDifference | null>();
  known.set(store, ofRun);
  const key = JSON.stringify([change.path, change.before, change.after]);
  const before = ofRun.get(key);
  if (before !== undefined) return before;
  const patch = store.difference(change);
  const shown = patch === null ? null : showDifference(change.path, patch, key);
  if (ofRun.size >= MOST_KNOWN) ofRun.clear();
  ofRun.set(key, shown);
  return shown;
}

/** What the checks say of a try that is not over, and whether it was taken back meanwhile. */
function checkBlocks({ task, number, after, takenBack }: Attempt): readonly Block[] {
  if (after === null) return [];
  const isGood = after.every((result) => result.passed);
  const key = `${task}.${number}`;
  return [
    block(`${key}.c`, isGood ? "✓ " : "✗ ", isGood ? "passed" : "failed", `checks: ${checksSentence(after)}`),
    ...(takenBack ? [block(`${key}.b`, "↶ ", "dim", "taken back", "dim")] : []),
  ];
}

function pastBlocks(key: string, attempt: PastAttempt, isOpen: boolean, isWhole: boolean, shows: Shows): Block[] {
  const { number, verdict, summary } = attempt;
  const writes = attempt.kept ?? attempt.writes;
  const [sign, words, style] = VERDICTS[verdict];
  const changes = totalOf(writes);
  const files = changes.map(({ path }) => path).join(", ");
  const lines = changes.flatMap((change) => shows(change) ?? []);
  const sum = (side: "added" | "removed") => lines.reduce((all, one) => all + one[side], 0);
  const counts = lines.length === 0 ? "" : `  +${sum("added")} −${sum("removed")}`;
  const [headKey, fold] = isOpen ? [`${key}.open`, "▾ "] : [`${key}.folded`, "▸ "];
  const head = block(headKey, fold, "heading", `try ${number}  ${files}${counts}`, "strong", 2);
  const isUndone = writes.length > 0 && verdict !== "kept";
  return [
    head,
    ...(isOpen ? changeBlocks(key, writes, isWhole, shows, changes.length > 1) : []),
    block(`${key}.v`, `  ${sign} `, style, summary === "" ? words : `${words}: ${summary}`, "plain", isOpen ? 6 : 2),
    ...(isUndone ? [block(`${key}.u`, "  ↶ ", "dim", "taken back", "dim")] : []),
  ];
}

/**
 * Lists what the newest try of a role that changed something made of the files.
 *
 * @param state the run
 * @param role whose try
 * @returns files in the order of their first write; none where nothing was changed
 */
export function newestChanges(state: State, role: string): readonly FileChange[] {
  const open = openAttempt(state, role);
  const task = open?.task ?? lastTask(state, role);
  // Of a task that is only begun the role changed nothing yet: then it is what it changed before.
  const own = task === null ? [] : attemptsAt(state, task);
  const others = valuesOf(state.attempts.past).flat().filter((attempt) => !own.includes(attempt))
    .sort((one, other) => one.seq - other.seq);
  const past = [...others, ...own].filter((attempt) => attempt.role === role);
  const tries = [
    ...(open === null ? [] : [open.writes]),
    ...past.toReversed().map(({ kept, writes }) => kept ?? writes),
  ];
  return tries.map(totalOf).find((changes) => changes.length > 0) ?? [];
}

/** Of writes what became of each file in all. */
function totalOf(writes: readonly WriteFact[]): readonly FileChange[] {
  const byPath = new Map<string, FileChange>();
  for (const { path, before, after } of writes) {
    byPath.set(path, { path, before: byPath.has(path) ? byPath.get(path)!.before : before, after });
  }
  return [...byPath.values()].filter(({ before, after }) => before !== after);
}

function changeBlocks(
  key: string,
  writes: readonly WriteFact[],
  isWhole: boolean,
  shows: Shows,
  isNamed = true,
): Block[] {
  return totalOf(writes).flatMap((change) => fileBlocks(`${key}.${change.path}`, change, isWhole, shows, isNamed));
}

function fileBlocks(key: string, change: FileChange, isWhole: boolean, shows: Shows, isNamed: boolean): Block[] {
  const { path, before, after } = change;
  const id = `${key}.${before}.${after}`;
  const shown = shows(change);
  const what = before === null ? "new " : after === null ? "deleted " : "";
  if (shown === null) return [block(id, "  ", "plain", `${what}${path}: no text that can be compared here`, "dim")];
  const { added, removed, rows } = shown;
  const most = isWhole ? MOST_ROWS.whole : MOST_ROWS.folded;
  const left = rows.length - most;
  return [
    ...(isNamed ? [block(`${id}.f`, "  ", "plain", `${what}${path}  +${added} −${removed}`, "strong")] : []),
    ...rows.slice(0, most),
    ...(left <= 0
      ? []
      : [block(`${id}.m`, "  ⋯ ", "dim", `${left} more lines of the difference: . shows them`, "dim")]),
  ];
}
