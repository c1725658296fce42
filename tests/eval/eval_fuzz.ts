import process from "node:process";
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { UsageError } from "./usage_error.ts";

const HELP =
  `Reads mutated replies (cut, copied, nested, mixed, with noise) with every reader and checks what is promised: nothing
throws, each call fits its tool, a stream shows the same however it is cut.

  deno task eval fuzz [--count N] [--seed N] [--json]

  --count N   how many replies, 100,000 unless said
  --seed N    the same seed makes the same replies, 1 unless said
  --json      prints one JSON object
  --help      shows this

Exit codes: 0 all held, 1 something failed, 2 wrong use.
`;

/**
 * Reads mutated replies and says what failed.
 *
 * @param words flags
 * @returns whether all promises held
 * @throws {UsageError} for wrong use
 */
export function evalFuzz(words: readonly string[]): Promise<boolean> {
  const { count, seed, json, help } = flagsOf(words);
  if (help === true) {
    process.stdout.write(HELP);
    return Promise.resolve(true);
  }
  const result = fuzz(wholeNumber("--count", count, 100_000), wholeNumber("--seed", seed, 1));
  const { failures, ...counts } = result;
  if (json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    process.stdout.write(
      `${counts.count} mutated replies of ${counts.characters} characters, seed ${counts.seed}: ${counts.withCalls} with calls, ${counts.refused} refused with a reason, ${failures.length} failures.\n`,
    );
    for (const { reply, what } of failures) process.stdout.write(`\n${JSON.stringify(reply)}\n  ${what}\n`);
  }
  return Promise.resolve(failures.length === 0);
}

interface Flags {
  readonly count?: string;
  readonly seed?: string;
  readonly json?: boolean;
  readonly help?: boolean;
}

function flagsOf(words: readonly string[]): Flags {
  try {
    return parseArgs({
      args: [...words],
      options: {
        count: { type: "string" },
        seed: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new UsageError(`${what}. See deno task eval fuzz --help.`, { cause });
  }
}

function wholeNumber(flag: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${flag} wants a whole number, not ${JSON.stringify(value)}.`);
  return Number(value);
}
