import type { Limits } from "../kernel/limits.ts";
import type { Config } from "./config.ts";

/**
 * Says which limits of a run that goes on the command line sets anew.
 *
 * @param config what is configured now
 * @param old the limits that the run has
 * @returns all limits; null where it sets none
 */
export function raisedLimits({ limits }: Config, old: Limits | null): Limits | null {
  const { tokens, turns, wallMs } = limits;
  if (![tokens, turns, wallMs].some(({ origin }) => origin.startsWith("--"))) return null;
  const next = (setting: typeof tokens, before: number | null | undefined) =>
    setting.origin.startsWith("--") || before === undefined ? setting.value : before;
  return { tokens: next(tokens, old?.tokens), turns: next(turns, old?.turns), wallMs: next(wallMs, old?.wallMs) };
}
