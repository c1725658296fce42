import { counted } from "../kernel/text.ts";

/**
 * Says that files stand as before a run.
 *
 * @param count files
 */
export function sayUndone(count: number): string {
  return `${counted(count, "file")} ${count === 1 ? "is as it was" : "are as they were"} before the run.`;
}
