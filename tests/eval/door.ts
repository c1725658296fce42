import process from "node:process";
import { UsageError } from "./usage_error.ts";

/** A figure of the live door, with what it must be. */
export interface DoorFigure {
  readonly what: string;
  readonly value: string;
  readonly bound: string;
  readonly met: boolean;
}

/** Parts of the evaluation, each loaded when it is wanted. */
const PARTS: Readonly<Record<string, () => Promise<readonly DoorFigure[]>>> = {
  session: async () => await (await import("./door_session.ts")).doorSession(),
  reloads: async () => await (await import("./door_reloads.ts")).doorReloads(),
};

/**
 * Measures the live door: a session in a terminal in which plugins are saved, and 500 reloads of one.
 *
 * @param words parts; none means all
 * @returns whether all bounds are met
 */
export async function evalDoor(words: readonly string[]): Promise<boolean> {
  const strange = words.find((word) => !Object.hasOwn(PARTS, word));
  if (strange !== undefined) {
    throw new UsageError(`There is no part ${strange}; there are ${Object.keys(PARTS).join(", ")}.`);
  }
  let met = true;
  for (const name of words.length === 0 ? Object.keys(PARTS) : words) {
    for (const figure of await PARTS[name]!()) {
      met &&= figure.met;
      process.stdout.write(`${figure.met ? "ok    " : "MISSED"}  ${figure.what}: ${figure.value} (${figure.bound})\n`);
    }
  }
  return met;
}
