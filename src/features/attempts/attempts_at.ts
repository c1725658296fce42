import { valueIn } from "../buckets.ts";
import type { AttemptsSlice, PastAttempt } from "./slice.ts";

/** The attempts at a task that are over, oldest first. */
export function attemptsAt({ attempts }: { readonly attempts: AttemptsSlice }, task: string): readonly PastAttempt[] {
  return valueIn(attempts.past, task) ?? [];
}
