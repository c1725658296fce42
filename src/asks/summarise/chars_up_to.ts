import type { Turn } from "../../features/turns/slice.ts";
import type { TurnSummary } from "./slice.ts";

/**
 * Counts what stands for the first entries of an exchange now: the summary of the first of them, and the others themselves.
 *
 * @param upTo entries at the beginning of the exchange
 * @returns characters
 */
export function charsUpTo({ exchange }: Turn, summary: TurnSummary | null, upTo: number): number {
  const entries = exchange.slice(summary?.upTo ?? 0, upTo);
  return entries.reduce((sum, entry) => sum + entry.text.chars, summary?.text.chars ?? 0);
}
