import process from "node:process";
import { parseArgs } from "node:util";
import { readCorpus } from "./corpus.ts";
import { UsageError } from "./usage_error.ts";
import { reportCalls } from "./report_calls.ts";
import { scoreCalls } from "./score_calls.ts";

const HELP = `Measures how mediation reads the replies of models.

  deno task eval calls --corpus DIR [--json] [--rows FILE]

Scores a folder that holds real_calls.jsonl, bfcl_raw.jsonl or both.
  --corpus DIR   the folder
  --json         prints one JSON object in place of tables
  --rows FILE    writes the verdict on each row with its reason, a JSON object a line
  --help         shows this

Exit codes: 0 scored, 2 wrong use.
`;

/**
 * Scores the reading of tool calls on a corpus.
 *
 * @param words flags
 * @returns true; scores are for reading
 * @throws {UsageError} for wrong use
 */
export function evalCalls(words: readonly string[]): Promise<boolean> {
  const flags = flagsOf(words);
  if (flags.help === true) process.stdout.write(HELP);
  else scoreFolder(flags);
  return Promise.resolve(true);
}

interface Flags {
  readonly corpus?: string;
  readonly json?: boolean;
  readonly rows?: string;
  readonly help?: boolean;
}

function flagsOf(words: readonly string[]): Flags {
  try {
    return parseArgs({
      args: [...words],
      options: {
        corpus: { type: "string" },
        json: { type: "boolean" },
        rows: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new UsageError(`${what}. See deno task eval calls --help.`, { cause });
  }
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

function orUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
