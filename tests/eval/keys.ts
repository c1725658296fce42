import process from "node:process";
import { parseArgs } from "node:util";
import { typeRandomKeys } from "../tui/random_keys.ts";
import { typeInPty } from "./pty_keys.ts";
import { UsageError } from "./usage_error.ts";

/** Keys that one screen gets before a new one is opened. */
const OF_ONE = 10_000;

/**
 * Types random keys and pastes at screens in terminals in memory, with `--pty` at the whole program in pseudo terminals.
 *
 * @param words words of the command line
 * @returns whether every screen stood and answered, and passed nothing through
 * @throws {UsageError} for wrong use
 */
export async function evalKeys(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      count: { type: "string" },
      seed: { type: "string", default: "1" },
      pty: { type: "boolean", default: false },
    },
  });
  const wanted = values.count ?? (values.pty ? "10000" : "1000000");
  const [count, first] = [Number(wanted), Number(values.seed)];
  if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(first)) {
    throw new UsageError("Say how many keys, and which they are: keys [--count 1000000] [--seed 1] [--pty].");
  }
  if (values.pty) return await typeInPty(first, count);
  let typed = 0;
  for (let seed = first; typed < count; seed++) {
    const { keys, failure } = await typeRandomKeys(seed, Math.min(OF_ONE, count - typed));
    typed += keys;
    if (failure !== null) {
      process.stdout.write(`seed ${seed}: ${failure}\n`);
      return false;
    }
    process.stdout.write(`\r${typed} keys `);
  }
  process.stdout.write("typed: every screen stood, answered, and passed nothing through\n");
  return true;
}
