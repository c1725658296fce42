import { LANGUAGES } from "../../src/languages/languages.ts";
import { readText } from "../../src/effects/stored_text.ts";
import process from "node:process";
import { parseArgs } from "node:util";
import { loadCapabilities } from "../../src/cli/capabilities.ts";
import { loadConfig } from "../../src/cli/config.ts";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import type { Way } from "../../src/kernel/call.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { openFleet } from "../../src/fleet/fleet.ts";
import { openJournal } from "../../src/run/journal.ts";
import { openRun } from "../../src/run/open_run.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import { FAULT_RATES } from "./fault_rates.ts";
import { faultyPlayers, type Said } from "./faulty_players.ts";
import { type Asking, askingsOf, type HealingScore, scoreHealing } from "./score_healing.ts";
import { readStrictJson } from "./strict_json.ts";
import { UsageError } from "./usage_error.ts";

/** Where nothing holds a reply every fault can happen; the interpreter has a parser of its own. */
const WAYS: Readonly<Record<string, Way>> = {
  arbiter: "prompted",
  coding: "prompted",
  reasoning: "prompted",
  analysis: "prompted",
  interpreter: "native",
};

/** What healing must reach with mediation. */
export const BOUNDS = { meanIterations: 1.5, p99Iterations: 3, healed: 0.9, succeeded: 0.98 };

/** What one run came to. */
export interface HealedRun {
  readonly askings: readonly Asking[];
  readonly ending: string;
  readonly asks: number;
}

/**
 * Lets the rehearsal's crew repair the sample, its players writing calls wrong as often as the corpus says.
 *
 * @param seed which calls go wrong
 * @param mediation false: replies are read as strict JSON, and nothing is interpreted
 * @returns what became of each call, and how the run ended
 */
export async function healedRun(seed: number, mediation: boolean): Promise<HealedRun> {
  const project = await copySample();
  const folder = await Deno.makeTempDir({ prefix: "autonomy-healing-" });
  const said: Said = new Map();
  const servers = await startRehearsalFleet({ players: faultyPlayers(seed, said), pace: 0 });
  const signal = new AbortController().signal;
  const environment = (name: string) => ({ AUTONOMY_CONFIG_HOME: `${folder}/config`, HOME: folder })[name];
  const fleet = openFleet({
    hosts: Object.entries(servers.hosts).map(([name, url]) => ({ name, url })),
    now: () => Date.now(),
  });
  const journal = openJournal<Fact>({ path: `${folder}/run.db`, validate: parseFact });
  try {
    const config = loadConfig({ environment, project, trusted: true, overrides: {}, folder });
    const { registry, tools, named } = await loadCapabilities({ config, environment, project, trusted: true, signal });
    await fleet.start(signal);
    // The runner of Node itself: npm around it would take most of the time.
    const checks = [{ name: "tests", command: ["node", "--test", "--test-reporter=tap"] }];
    const workspace = await openWorkspace({
      root: project,
      languages: LANGUAGES,
      recorder: NO_EFFECT,
      blobs: journal,
      checks,
    });
    const run = await openRun({
      journal,
      workspace,
      fleet,
      registry,
      tools,
      ways: WAYS,
      named,
      now: () => Date.now(),
      ...(mediation ? {} : { reader: readStrictJson }),
    }, [started(project)]);
    const ending = await run.done;
    const facts = [...journal.read()] as Stamped[];
    return {
      askings: askingsOf(facts, said, (text) => readText(text, journal)),
      ending: ending?.kind ?? "stopped",
      asks: run.state().spending.run.turns,
    };
  } finally {
    journal.close();
    await fleet.close();
    await servers.close();
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(project, { recursive: true });
  }
}

function started(project: string): Fact {
  return {
    type: "run_started",
    run: "20260101-000000-0000",
    project,
    goal: "Make the failing tests of this project pass.",
    mode: "driver",
    headless: true,
    label: "",
    trusted: true,
    limits: { tokens: null, turns: 200, wallMs: null },
    roleLimits: {},
    version: "autonomy",
    dirty: [],
  };
}

const outside = (): never => {
  throw new Error("something was written outside of any effect");
};
const NO_EFFECT = { opened: outside, closed: outside, commandOpened: outside, commandClosed: outside };

/** What healing comes to over some runs. */
export interface HealingReport {
  readonly mediation: boolean;
  readonly runs: number;
  readonly accepted: number;
  readonly asks: number;
  readonly score: HealingScore;
}

/**
 * Runs the crew with each seed and adds up.
 *
 * @param seeds one run each
 * @param mediation whether replies are mediated
 * @param tell hears of each run that is over
 * @returns the sum
 */
export async function measureHealing(
  seeds: readonly number[],
  mediation: boolean,
  tell: (seed: number, run: HealedRun) => void = () => {},
): Promise<HealingReport> {
  const runs: HealedRun[] = [];
  for (const seed of seeds) {
    const run = await healedRun(seed, mediation);
    tell(seed, run);
    runs.push(run);
  }
  return {
    mediation,
    runs: runs.length,
    accepted: runs.filter(({ ending }) => ending === "accepted").length,
    asks: runs.reduce((sum, { asks }) => sum + asks, 0),
    score: scoreHealing(runs.flatMap(({ askings }) => askings)),
  };
}

/** @returns whether the score reaches every bound */
export function holdsBounds({ meanIterations, p99Iterations, healed, succeeded }: HealingScore): boolean {
  return meanIterations <= BOUNDS.meanIterations && p99Iterations <= BOUNDS.p99Iterations && healed >= BOUNDS.healed &&
    succeeded >= BOUNDS.succeeded;
}

/**
 * Measures how replies that models write wrong are healed, with mediation and without, and prints both.
 *
 * @param words `--seeds N` runs of each kind, 24 by default; `--json` one JSON object in place of a table
 * @returns whether mediation reaches every bound
 */
export async function evalHealing(words: readonly string[]): Promise<boolean> {
  const { seeds: count, json } = flagsOf(words);
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const tell = (mediation: boolean) => (seed: number, { ending, asks }: HealedRun) =>
    void process.stderr.write(`seed ${seed}, mediation ${mediation ? "on" : "off"}: ${ending}, ${asks} asks\n`);
  const on = await measureHealing(seeds, true, tell(true));
  const off = await measureHealing(seeds, false, tell(false));
  process.stdout.write(
    json ? `${JSON.stringify({ bounds: BOUNDS, rates: FAULT_RATES, on, off })}\n` : tableOf(on, off),
  );
  return holdsBounds(on.score);
}

function flagsOf(words: readonly string[]): { readonly seeds: number; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { seeds: { type: "string", default: "24" }, json: { type: "boolean", default: false } },
    });
    const seeds = Number(values.seeds);
    if (Number.isInteger(seeds) && seeds >= 1) return { seeds, json: values.json };
    throw new Error(`--seeds wants a whole number of 1 or more, not ${values.seeds}`);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new UsageError(`eval healing: ${what}. It takes --seeds N and --json.`, { cause });
  }
}

function tableOf(on: HealingReport, off: HealingReport): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const rows: (readonly [string, string, string, string])[] = [
    ["", "mediation", "off", "wanted"],
    ["runs accepted", `${on.accepted} of ${on.runs}`, `${off.accepted} of ${off.runs}`, ""],
    ["asks of models", String(on.asks), String(off.asks), ""],
    ["calls meant", String(on.score.askings), String(off.score.askings), ""],
    ["faults injected", String(on.score.faults), String(off.score.faults), ""],
    [
      "mean iterations to recover",
      on.score.meanIterations.toFixed(2),
      off.score.meanIterations.toFixed(2),
      `<= ${BOUNDS.meanIterations}`,
    ],
    ["p99 iterations", String(on.score.p99Iterations), String(off.score.p99Iterations), `<= ${BOUNDS.p99Iterations}`],
    [
      "faults healed without a person",
      percent(on.score.healed),
      percent(off.score.healed),
      `>= ${percent(BOUNDS.healed)}`,
    ],
    [
      "calls that succeed in the end",
      percent(on.score.succeeded),
      percent(off.score.succeeded),
      `>= ${percent(BOUNDS.succeeded)}`,
    ],
    ["", "", "", ""],
    ["fault", "healed", "off", "rate"],
    ...FAULT_RATES.map(([category, rate]): readonly [string, string, string, string] => {
      const of = ({ score }: HealingReport) => {
        const known = score.byCategory[category];
        return known === undefined ? "-" : `${known.healed} of ${known.injected}`;
      };
      return [category, of(on), of(off), percent(rate)];
    }),
    ["", "", "", ""],
    ["read in the end by", "mediation", "off", ""],
    ...[...new Set([...Object.keys(on.score.bySteps), ...Object.keys(off.score.bySteps)])].sort().map((
      step,
    ): readonly [string, string, string, string] => [
      step,
      String(on.score.bySteps[step] ?? 0),
      String(off.score.bySteps[step] ?? 0),
      "",
    ]),
  ];
  return rows.map((row) => row.map((cell, index) => cell.padEnd([34, 14, 14, 0][index]!)).join("").trimEnd()).join(
    "\n",
  ) +
    "\n";
}
