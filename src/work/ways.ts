import type { FileState } from "./file_state.ts";
import type { WriteRecord } from "./write_record.ts";

/** A step on a file's way: what stood there before it, and what stands there after it. */
export interface Step {
  readonly from: FileState | null;
  readonly to: FileState | null;
  /** Whether newer work stands on it that is to stay. */
  readonly isCovered: boolean;
}

/** The way of one file from what stands there now. */
export interface Way {
  readonly path: string;
  /** At least one, in the order in which they are gone. */
  readonly steps: readonly Step[];
  /** Folders that go when the file goes and they are empty. */
  readonly createdFolders: readonly string[];
}

/** A write of the past, and what is to become of it. */
export interface PastWrite {
  readonly write: WriteRecord;
  /** `wanted` is to be taken back, `gone` was taken back by an earlier undo, `back` is a write of such an undo, `stays` is none of these. */
  readonly fate: "wanted" | "gone" | "back" | "stays";
  /** Of a write of an earlier undo: the writes of the file that it took back. */
  readonly took?: ReadonlySet<WriteRecord>;
}

/**
 * Finds the way back of each file: over what is to be taken back, newest first. Where one write follows on the other they are one step, so
 * that it is exact.
 *
 * @param past all writes of a run in their order, those that stay among them
 * @returns a way for each file of which anything is to be taken back
 */
export function waysBack(past: readonly PastWrite[]): Way[] {
  const byPath = new Map<string, PastWrite[]>();
  for (const one of past) {
    const known = byPath.get(one.write.path);
    if (known === undefined) byPath.set(one.write.path, [one]);
    else known.push(one);
  }
  return [...byPath].flatMap(([path, own]) => {
    const steps = stepsOf(own);
    if (steps.length === 0) return [];
    const createdFolders = own.flatMap(({ fate, write }) => fate === "stays" ? [] : write.createdFolders);
    return [{ path, steps, createdFolders }];
  });
}

function stepsOf(own: readonly PastWrite[]): Step[] {
  const steps: Step[] = [];
  let isCovered = false;
  for (let last = own.length - 1; last >= 0;) {
    const { fate } = own[last]!;
    const first = beginOf(own, last, (one) => one !== "stays");
    if (fate === "stays") isCovered = true;
    else if (isWhole(own, first, last)) {
      if (own.slice(first, last + 1).some((one) => one.fate === "wanted")) {
        steps.push(stepOver(own, first, last, isCovered));
      }
      last = first;
    } else if (fate === "wanted") {
      const begin = beginOf(own, last, (one) => one === "wanted");
      steps.push(stepOver(own, begin, last, isCovered));
      last = begin;
    } else isCovered = true;
    last -= 1;
  }
  // What led nowhere below work that stays needs no way.
  return steps.filter(({ from, to, isCovered }) => !isCovered || from?.hash !== to?.hash || from?.mode !== to?.mode);
}

/** Index of the first of the writes that lead to one without a break, all of them of such a fate. */
function beginOf(own: readonly PastWrite[], last: number, fits: (fate: PastWrite["fate"]) => boolean): number {
  let first = last;
  while (first > 0) {
    const { fate, write } = own[first - 1]!;
    if (!fits(fate) || write.after !== own[first]!.write.before) break;
    first -= 1;
  }
  return first;
}

/** Whether what earlier undos took back lies within these writes: then the way over them leads to what stood before all of them. */
function isWhole(own: readonly PastWrite[], first: number, last: number): boolean {
  const within = new Set(own.slice(first, last + 1).map(({ write }) => write));
  return own.slice(first, last + 1).every(({ fate, took }) =>
    fate !== "back" || [...took ?? []].every((write) => within.has(write))
  );
}

function stepOver(own: readonly PastWrite[], first: number, last: number, isCovered: boolean): Step {
  const [{ write: oldest }, { write: newest }] = [own[first]!, own[last]!];
  return {
    from: stateOf(newest.after, newest.modeAfter),
    to: stateOf(oldest.before, oldest.modeBefore),
    isCovered,
  };
}

function stateOf(hash: string | null, mode: number | null): FileState | null {
  return hash === null ? null : { hash, mode: mode ?? 0 };
}
