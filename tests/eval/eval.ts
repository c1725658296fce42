/** Measures the reading of tool calls: `deno task eval calls --corpus DIR`, `deno task eval fuzz`; `deno task eval --help` says all. */
import process from "node:process";
import { parseArgs } from "node:util";
import { readCorpus } from "./corpus.ts";
import { fuzz } from "./fuzz.ts";
import { reportCalls } from "./report_calls.ts";
import { scoreCalls } from "./score_calls.ts";

const HELP = `Measures how mediation reads the replies of models.

  deno task eval calls --corpus DIR [--json] [--rows FILE]
  deno task eval fuzz [--count N] [--seed N] [--json]

calls   Scores a folder that holds real_calls.jsonl, bfcl_raw.jsonl or both.
  --corpus DIR   the folder
  --json         prints one JSON object in place of tables
  --rows FILE    writes the verdict on each row with its reason, a JSON object a line

fuzz    Reads mutated replies (cut, copied, nested, mixed, with noise) and checks that nothing throws and each call fits its tool.
  --count N      how many, 100,000 unless said
  --seed N       the same seed makes the same replies, 1 unless said
  --json         prints one JSON object

  --help         shows this

Exit codes: 0 scored, 1 fuzz has found a failure, 2 wrong use.
`;

/** Thrown for wrong use; its message says what to do. */
class UsageError extends Error {}

function run(words: readonly string[]): void {
  const [command, ...rest] = words;
  if (command === undefined || command === "--help" || command === "-h") {
    process.stdout.write(HELP);
    return;
  }
  if (command !== "calls" && command !== "fuzz") {
    throw new UsageError(`There is no eval ${command}; there are calls and fuzz. See deno task eval --help.`);
  }
  const flags = flagsOf(command, rest);
  if (flags.help === true) process.stdout.write(HELP);
  else if (command === "calls") scoreFolder(flags);
  else fuzzReplies(flags);
}

interface Flags {
  readonly corpus?: string;
  readonly json?: boolean;
  readonly rows?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly help?: boolean;
}

const OPTIONS = {
  corpus: { type: "string" },
  rows: { type: "string" },
  count: { type: "string" },
  seed: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
const FLAGS: Readonly<Record<"calls" | "fuzz", readonly string[]>> = {
  calls: ["corpus", "rows", "json", "help"],
  fuzz: ["count", "seed", "json", "help"],
};

function flagsOf(command: keyof typeof FLAGS, words: readonly string[]): Flags {
  const flags = orUsage(() => {
    try {
      return parseArgs({ args: [...words], options: OPTIONS }).values;
    } catch (cause) {
      const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
      throw new Error(`${what}. See deno task eval --help.`, { cause });
    }
  });
  const strange = Object.keys(flags).find((flag) => !FLAGS[command].includes(flag));
  if (strange === undefined) return flags;
  throw new UsageError(`eval ${command} has no flag --${strange}. See deno task eval --help.`);
}

function scoreFolder({ corpus: folder, json, rows: file }: Flags): void {
  if (folder === undefined) {
    throw new UsageError("eval calls needs --corpus DIR, a folder with real_calls.jsonl or bfcl_raw.jsonl.");
  }
  const corpus = orUsage(() => readCorpus(folder));
  const { rows, ...scores } = scoreCalls(corpus);
  if (file !== undefined) {
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    orUsage(() => {
      try {
        Deno.writeTextFileSync(file, text);
      } catch (cause) {
        throw new Error(`The verdicts cannot be written to ${file}: ${String(cause)}. Give another file with --rows.`, {
          cause,
        });
      }
    });
  }
  process.stdout.write(`${json === true ? JSON.stringify(scores, null, 2) : reportCalls({ rows, ...scores })}\n`);
}

function fuzzReplies({ count, seed, json }: Flags): void {
  const result = fuzz(wholeNumber("--count", count, 100_000), wholeNumber("--seed", seed, 1));
  const { failures, ...counts } = result;
  if (json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    process.stdout.write(
      `${counts.count} mutated replies of ${counts.characters} characters, seed ${counts.seed}: ${counts.withCalls} with calls, ${counts.refused} refused with a reason, ${failures.length} failures.\n`,
    );
    for (const { reply, what } of failures) process.stdout.write(`\n${JSON.stringify(reply)}\n  ${what}\n`);
  }
  if (failures.length > 0) process.exitCode = 1;
}

function wholeNumber(flag: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${flag} wants a whole number, not ${JSON.stringify(value)}.`);
  return Number(value);
}

function orUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

try {
  run(Deno.args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
