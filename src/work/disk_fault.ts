import { NotCopied } from "./workspaces/not_copied.ts";

/** Errors of a disk that no other file and no other try changes, with what they mean and what to do. */
const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: "The disk of the project is full. Free some space, then go on with the run.",
  EDQUOT: "The quota on the disk of the project is used up. Free some space, then go on with the run.",
  EROFS: "The disk of the project is read-only. Make it writable, then go on with the run.",
};

/**
 * Says what is wrong with the disk where that is why something could not be written.
 *
 * @param error what was thrown, with its causes
 * @returns sentences with what to do; null where the disk is not at fault
 */
export function diskFault(error: unknown): string | null {
  let disk = "of the project";
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NotCopied) disk = "that holds copies of the project";
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    if (Object.hasOwn(FAULTS, code)) return FAULTS[code]?.replace("of the project", disk) ?? null;
  }
  return null;
}
