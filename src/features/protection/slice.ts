import type { z } from "zod";
import type { ProtectedFact } from "./facts.ts";

/** A file that judges the work, as it stands for every verdict. */
export type Protected = Readonly<z.infer<typeof ProtectedFact>>;

/** What judges the work. */
export interface ProtectionSlice {
  /** Protected files by path; null while nobody looked. */
  readonly files: Readonly<Record<string, Protected>> | null;
  /** Files among them that the checks write also where nothing was changed: that says nothing about the work. */
  readonly habits: readonly string[];
  /** Files that something changed and that were put back as they were, oldest first. */
  readonly putBack: readonly string[];
}

/** Tests that this run made, by path with the hash of their content: they judge nothing yet. */
export function newTests(
  files: ProtectionSlice["files"],
  found: readonly Protected[],
): readonly Protected[] {
  return found.filter(({ path, as }) => as === "test" && files?.[path] === undefined);
}
