import type { Reading } from "../runner.ts";

/**
 * Joins what was read from several places of one check.
 *
 * @param readings what each said
 */
export function mergeReadings(...readings: readonly Reading[]): Reading {
  const stuck = readings.find((one) => one.stuck !== undefined)?.stuck;
  return {
    cases: readings.flatMap(({ cases }) => cases),
    broken: readings.flatMap(({ broken }) => broken),
    ...(stuck === undefined ? {} : { stuck }),
  };
}
