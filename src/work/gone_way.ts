import type { BlobStore } from "../ports/blob_store.ts";
import { contentHash } from "./content_hash.ts";
import { type FileState, isLinkMode } from "./file_state.ts";
import { mergedText } from "./merged_text.ts";
import type { Step, Way } from "./ways.ts";

/** Where a way leads from what stands there now. */
export interface GoneWay {
  readonly end: FileState | null;
  /** Content of the end; null where there is to be no file. */
  readonly bytes: Uint8Array | null;
  /** Whether somebody else's change is in it. */
  readonly isMerged: boolean;
  /** Why a step of the way cannot be gone, in a sentence: the end lies before it. null where all are gone. */
  readonly stop: string | null;
}

/** What a way is gone with. */
export interface Going {
  readonly blobs: Pick<BlobStore, "getBlob">;
  /** Whether a file that someone else changed is merged: it is left where absent. */
  readonly merges?: boolean;
}

/** A file on its way. */
interface Standing {
  readonly state: FileState | null;
  readonly bytes: Uint8Array | null;
}

/**
 * Finds where a way leads, and touches nothing.
 *
 * @param now what stands there, null for no file
 * @param bytes its content
 * @returns the end of the way; where nothing of it can be gone, what stands there now
 */
export function goneWay(way: Way, now: FileState | null, bytes: Uint8Array | null, going: Going): GoneWay {
  const start: Standing = { state: now, bytes };
  const goal = way.steps.at(-1)!.to;
  if (isSame(now, goal) && now?.mode === goal?.mode) return { end: now, bytes, isMerged: false, stop: null };
  let at = start;
  let isMerged = false;
  for (const [index, step] of way.steps.entries()) {
    const next = gone(at, step, going);
    if (typeof next === "string") {
      // Half of what one task did is nothing that anybody wants; what a person made of it in between is theirs.
      const from = index === 0 || step.isCovered ? start : at;
      const stop = index === 0 || step.isCovered
        ? next
        : "someone else changed it during the run; it was put back to their version";
      return { end: from.state, bytes: from.bytes, isMerged: false, stop };
    }
    at = next.standing;
    isMerged ||= next.isMerged;
  }
  return { end: at.state, bytes: at.bytes, isMerged: isMerged && !isSame(at.state, goal), stop: null };
}

/** Goes one step; a sentence says why not. */
function gone(
  at: Standing,
  { from, to, isCovered }: Step,
  { blobs, merges = false }: Going,
): { readonly standing: Standing; readonly isMerged: boolean } | string {
  // What led nowhere is taken back already, whatever stands there now.
  if (isSame(from, to) && from?.mode === to?.mode) return { standing: at, isMerged: false };
  if (isSame(at.state, from) || isSame(at.state, to)) {
    if (to === null) return { standing: { state: to, bytes: null }, isMerged: false };
    const bytes = blobs.getBlob(to.hash);
    if (bytes === undefined) return `its content (${to.hash.slice(0, 12)}) is not in the journal`;
    const mode = at.state === null ? to.mode : modeOf(at.state, from, to);
    return { standing: { state: { hash: to.hash, mode }, bytes }, isMerged: false };
  }
  const both = merges ? merged(at, from, to, blobs) : null;
  if (both !== null) return { standing: both, isMerged: true };
  if (at.state === null) return "someone deleted it since";
  return isCovered ? "later work changed the same lines" : "someone changed it since";
}

function merged(at: Standing, from: FileState | null, to: FileState | null, blobs: Going["blobs"]): Standing | null {
  const states = [at.state, from, to];
  if (at.state === null || at.bytes === null || from === null || to === null) return null;
  if (states.some((state) => isLinkMode(state?.mode ?? null))) return null;
  const [base, theirs] = [blobs.getBlob(from.hash), blobs.getBlob(to.hash)];
  if (base === undefined || theirs === undefined) return null;
  const bytes = mergedText(base, at.bytes, theirs);
  return bytes && { state: { hash: contentHash(bytes), mode: modeOf(at.state, from, to) }, bytes };
}

/** A mode that someone else set since is theirs. */
function modeOf(at: FileState, from: FileState | null, to: FileState): number {
  if (isLinkMode(to.mode) || isLinkMode(at.mode)) return to.mode;
  const isTheirs = from !== null && from.mode !== 0 && at.mode !== from.mode;
  return isTheirs || to.mode === 0 ? at.mode : to.mode;
}

/** Whether two states are of the same content and the same kind; of a mode that is not known every kind. */
function isSame(one: FileState | null, other: FileState | null): boolean {
  if (one === null || other === null) return one === other;
  const isKnown = one.mode !== 0 && other.mode !== 0;
  return one.hash === other.hash && (!isKnown || isLinkMode(one.mode) === isLinkMode(other.mode));
}
