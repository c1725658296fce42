import type { Languages } from "./language.ts";
import type { Check, ConfiguredCheck, Runner } from "./runner.ts";

/** Bound of one check's command where nothing else is configured. */
const CHECK_TIMEOUT_MS = 600_000;
/** Silence after which a check hangs, ms, where its runner says nothing else. */
const SILENCE_MS = 120_000;

/**
 * Fills in what a configured check leaves open.
 *
 * @param check the check
 * @param languages whose runners may be meant by its command
 * @returns the whole check
 */
export function completeCheck(check: ConfiguredCheck, languages: Languages): Check {
  const line = check.command.join(" ");
  const runner = check.runner === undefined
    ? runnersOf(languages).find(({ runs }) => runs?.test(line)) ?? null
    : check.runner;
  return {
    name: check.name,
    command: check.command,
    runner,
    timeoutMs: check.timeoutMs ?? CHECK_TIMEOUT_MS,
    silentMs: runner?.silentMs ?? SILENCE_MS,
    fixed: check.timeoutMs !== undefined,
    files: check.files ?? [],
    tests: check.tests ?? [],
    environment: { ...runner?.environment, ...check.environment },
    folder: check.folder ?? "",
    reporting: { ...runner?.reporting, ...check.reporting },
  };
}

/**
 * Lists the runners of some languages.
 *
 * @param languages the languages that are known
 * @returns runners in the order in which they are asked
 */
export function runnersOf(languages: Languages): readonly Runner[] {
  return Object.values(languages).flatMap(({ runners }) => runners ?? []);
}
