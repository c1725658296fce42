import type * as z from "zod";
import type { ProtectedFact } from "./facts.ts";

/** A file that judges the work, as it stands for every verdict. */
export type Protected = Readonly<z.infer<typeof ProtectedFact>>;

/** What judges the work. */
export interface ProtectionSlice {
  /** Protected files by path; null while nobody looked. */
  readonly files: Readonly<Record<string, Protected>> | null;
  /** Files that the checks write also where nothing was changed: that says nothing about the work. */
  readonly habits: readonly string[];
  /** Files that changed while checks ran, and nobody can tell by whom, with their last difference. */
  readonly unsure: Readonly<Record<string, string>>;
  /** Files that something changed and that were put back as they were, oldest first. */
  readonly putBack: readonly string[];
  /** Files that were found otherwise than they were at the last verdict, and are too large to be put back. */
  readonly lost: readonly string[];
  /** Files that calls would have changed and that were refused, since nobody could be asked. */
  readonly refused: readonly string[];
  /** Hash of each file as a command left it that ran in the project by the person's yes, or as the project was set up; null where it left none. */
  readonly byYes: Readonly<Record<string, string | null>>;
  /** Files that calls changed by the person's yes. */
  readonly agreed: readonly string[];
}

/**
 * Whether a file stands as a command left it that the person let run in the project, or as the project was set up: then it is theirs.
 *
 * @param now what stands there; null for no file
 */
export function isByYes(
  { byYes }: Pick<ProtectionSlice, "byYes">,
  path: string,
  now: { readonly hash: string } | null,
): boolean {
  return byYes[path] !== undefined && byYes[path] === (now?.hash ?? null);
}
