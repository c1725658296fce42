/** Scores the reading of tool calls and the size of prompts; `deno task eval --help` says all. */
import process from "node:process";
import { parseArgs } from "node:util";
import { readCorpus } from "./corpus.ts";
import { reportCalls } from "./report_calls.ts";
import { scoreCalls } from "./score_calls.ts";

const HELP = `Measures how mediation reads the replies of models, and what prompts cost.

  deno task eval calls --corpus DIR [--json] [--rows FILE]
  deno task eval prompts [--json]

calls   Scores a folder that holds real_calls.jsonl, bfcl_raw.jsonl or both.
  --corpus DIR   the folder
  --json         prints one JSON object in place of tables
  --rows FILE    writes the verdict on each row with its reason, a JSON object a line
  --help         shows this

prompts Plays the rehearsal and three larger projects, and counts each prompt with Qwen2.5's own tokenizer beside a static one: all tools,
        all standards, whole files, whole history.
  --json         prints one JSON object in place of a table

Exit codes: 0 scored, 1 prompts beyond their bound or without a fact that is needed, 2 wrong use.
`;

/** Thrown for wrong use; its message says what to do. */
class UsageError extends Error {}

try {
  await run(Deno.args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function run(words: readonly string[]): Promise<void> {
  const [command, ...rest] = words;
  if (command === undefined || command === "--help" || command === "-h") {
    process.stdout.write(HELP);
    return;
  }
  if (command === "prompts") {
    // Only now: the tokenizer takes a second to load.
    const { evalPrompts } = await import("./prompts.ts");
    process.exitCode = await evalPrompts(rest) ? 0 : 1;
    return;
  }
  if (command !== "calls") {
    throw new UsageError(`There is no eval ${command}; there are calls and prompts. See deno task eval --help.`);
  }
  const flags = flagsOf(rest);
  if (flags.help === true) process.stdout.write(HELP);
  else scoreFolder(flags);
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
    throw new UsageError(`${what}. See deno task eval --help.`, { cause });
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
