import { cp } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { type Asked, bareLoop, type Repair } from "./bare_loop.ts";
import { type Bug, readBugs } from "./read_cases.ts";
import { runCheck } from "./run_check.ts";
import { UsageError } from "./usage_error.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
/** What a crew may take beside the loop. */
const MOST = { tokens: 1.5, seconds: 1.5 };

/** What a crew's run came to. */
interface CrewRepair extends Repair {
  /** How it ended, as it says. */
  readonly kind: string;
}

/**
 * Measures how a crew of one model repairs small bugs beside a bare loop on the same model, server and bugs.
 *
 * @param words words of the command line
 * @returns whether the crew repairs at least as many at no more than half as much again, claims nothing false and ends accepted what is green
 * @throws {UsageError} for wrong use
 */
export async function evalLoop(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      host: { type: "string" },
      model: { type: "string" },
      only: { type: "string" },
      first: { type: "string" },
      minutes: { type: "string", default: "6" },
    },
  });
  const { host: url, model, minutes } = values;
  if (url === undefined || model === undefined) {
    throw new UsageError(
      "Say which model of which server: loop --host http://127.0.0.1:8080 --model NAME [--first 8] [--only NAME,…] [--minutes 6].",
    );
  }
  const only = values.only?.split(",");
  const bugs = readBugs().filter(({ name }) => only?.includes(name) ?? true).slice(0, Number(values.first ?? Infinity));
  const rows: { readonly bug: Bug; readonly loop: Repair; readonly crew: CrewRepair }[] = [];
  for (const bug of bugs) {
    const loop = await inCopy(bug, (folder) => bareLoop(bug, folder, { url, model }));
    const crew = await inCopy(bug, (folder, top) => crewRun(bug, folder, top, { url, model, minutes }));
    rows.push({ bug, loop, crew });
    process.stdout.write(`${bug.name.padEnd(32)} loop ${said(loop)}   crew ${said(crew)} ${crew.kind}\n`);
  }
  const [loop, crew] = [sumOf(rows.map((row) => row.loop)), sumOf(rows.map((row) => row.crew))];
  const falsely = rows.filter((row) => row.crew.kind === "accepted" && !row.crew.repaired).length;
  const unclaimed = rows.filter((row) => row.crew.kind !== "accepted" && row.crew.repaired).length;
  const ratio = { tokens: crew.tokens / loop.tokens, seconds: crew.seconds / loop.seconds };
  process.stdout.write(
    `\nof ${rows.length} bugs: loop ${loop.count} repaired, ${loop.tokens} tokens, ${loop.seconds} s; crew ${crew.count} repaired, ${crew.tokens} tokens (${
      ratio.tokens.toFixed(2)
    }×), ${crew.seconds} s (${
      ratio.seconds.toFixed(2)
    }×); claimed falsely ${falsely}, green and not accepted ${unclaimed}\n` +
      `wanted: more repaired than the loop, ≤ ${MOST.tokens}× its tokens, ≤ ${MOST.seconds}× its time, 0 and 0\n`,
  );
  return crew.count > loop.count && ratio.tokens <= MOST.tokens && ratio.seconds <= MOST.seconds &&
    falsely + unclaimed === 0;
}

async function inCopy<T>(bug: Bug, action: (folder: string, top: string) => Promise<T>): Promise<T> {
  const top = await Deno.makeTempDir({ prefix: "autonomy-loop-" });
  try {
    const folder = join(top, "project");
    await cp(join(bug.folder, "project"), folder, { recursive: true });
    return await action(folder, top);
  } finally {
    await Deno.remove(top, { recursive: true });
  }
}

/** Lets a crew whose roles all play one model work on a bug, as a person would start it. */
async function crewRun(
  bug: Bug,
  folder: string,
  top: string,
  { url, model, minutes }: Asked & { readonly minutes: string },
): Promise<CrewRepair> {
  const began = Date.now();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-env", "--allow-net", "--allow-read", "--allow-write", "--allow-run"],
      ...["--allow-sys=systemMemoryInfo,loadavg,osUptime,hostname,cpus", MAIN, "run", bug.goal, "-C", folder],
      ...[
        "--host",
        `local=${url}`,
        "-m",
        `${model}@local`,
        "--trust",
        "--headless",
        "--json",
        "--timeout",
        `${minutes}m`,
      ],
    ],
    env: { AUTONOMY_CONFIG_HOME: join(top, "config"), AUTONOMY_STATE_HOME: join(top, "state") },
    stdout: "piped",
    stderr: "null",
  }).output();
  const last = new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "{}";
  const { kind = "none", tokens, asks = 0 } = JSON.parse(last);
  const { passed } = await runCheck(bug.language, bug.check, [folder]);
  return {
    repaired: passed,
    kind,
    asks,
    tokens: (tokens?.prompt ?? 0) + (tokens?.answer ?? 0),
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

function said({ repaired, tokens, asks, seconds }: Repair): string {
  return `${repaired ? "✓" : "✗"} ${String(tokens).padStart(6)} tokens ${String(asks).padStart(3)} asks ${
    String(seconds).padStart(4)
  } s`;
}

function sumOf(repairs: readonly Repair[]): { count: number; tokens: number; seconds: number } {
  const sum = (of: (repair: Repair) => number) => repairs.reduce((total, repair) => total + of(repair), 0);
  return {
    count: sum(({ repaired }) => Number(repaired)),
    tokens: sum(({ tokens }) => tokens),
    seconds: sum(({ seconds }) => seconds),
  };
}
