import process from "node:process";
import { parseArgs } from "node:util";
import { columns } from "../../src/tell/columns.ts";
import { type Planted, playFleet } from "./fleet/play_fleet.ts";
import { oracle, played, roundRobin, SCHEDULES } from "./fleet/schedule.ts";
import { type Kind, KINDS, pairOf, type Topology, topologyOf, turnsOf } from "./fleet/topologies.ts";
import { UsageError } from "./usage_error.ts";

/** What the fleet must reach. */
export const FLEET_BOUNDS = {
  /** Its time beside that of the best of the list schedules: the median of all topologies, at most. */
  oracle: 1.15,
  /** The same, of each kind of topologies. */
  kind: 1.15,
  /** Its time on two equal servers beside that on one of them, at most: each pair. */
  pair: 0.6,
  /** The time of hosts that take turns beside its own, where loads are dear: the median, at least. */
  roundRobin: 2,
  /** Loads that placing did not expect in 100 turns, less than. */
  unplanned: 2,
};

/** One topology as the fleet played it, beside the others. */
export interface FleetScore {
  readonly seed: number;
  /** The fleet's time as a share of the oracle's. */
  readonly ratio: number;
  /** The time of hosts that take turns as a share of the fleet's. */
  readonly gain: number;
  readonly loads: number;
  readonly oracleLoads: number;
  readonly unplanned: number;
  readonly turns: number;
}

/**
 * Plays a topology with the fleet, by turns, and by the best schedule that is found.
 *
 * @param schedules list schedules of which the best counts
 * @throws where the fleet stands still
 */
export async function scoreFleet(topology: Topology, schedules: number, planted?: Planted): Promise<FleetScore> {
  const fleet = await playFleet(topology, planted);
  const best = oracle(topology, schedules);
  const turns = played(topology, roundRobin());
  return {
    seed: topology.seed,
    ratio: fleet.makespan / best.makespan,
    gain: turns.makespan / fleet.makespan,
    loads: fleet.loads,
    oracleLoads: best.loads,
    unplanned: fleet.unplanned,
    turns: turnsOf(topology),
  };
}

/** The fleet's time on two equal servers as a share of its time on one of them. */
export async function scorePair(seed: number): Promise<number> {
  const two = pairOf(seed);
  const one = { ...two, servers: two.servers.slice(0, 1) };
  return (await playFleet(two)).makespan / (await playFleet(one)).makespan;
}

/** What a measurement came to. */
export interface FleetReport {
  readonly kinds: Readonly<Partial<Record<Kind, readonly FleetScore[]>>>;
  /** By pair. */
  readonly pairs: readonly number[];
}

/** Which bounds are missed, a sentence each. */
export function missedBounds({ kinds, pairs }: FleetReport): readonly string[] {
  const missed: string[] = [];
  for (const [kind, scores] of Object.entries(kinds)) {
    const ratio = median(scores.map((score) => score.ratio));
    if (ratio > FLEET_BOUNDS.kind) missed.push(`${kind}: ${ratio.toFixed(2)} × the oracle's time`);
    const unplanned = unplannedIn(scores);
    if (unplanned >= FLEET_BOUNDS.unplanned) {
      missed.push(`${kind}: ${unplanned.toFixed(1)} unplanned loads in 100 turns`);
    }
    const gain = median(scores.map((score) => score.gain));
    if (kind === "dear loads" && gain < FLEET_BOUNDS.roundRobin) {
      missed.push(`${kind}: only ${gain.toFixed(2)} × as fast as hosts that take turns`);
    }
  }
  const all = median(Object.values(kinds).flatMap((scores) => scores.map(({ ratio }) => ratio)));
  if (all > FLEET_BOUNDS.oracle) missed.push(`all kinds: ${all.toFixed(2)} × the oracle's time`);
  const worst = Math.max(0, ...pairs);
  if (worst > FLEET_BOUNDS.pair) missed.push(`two equal servers: ${worst.toFixed(2)} × the time of one`);
  return missed;
}

/**
 * Measures how the fleet places the asks of a crew on drawn topologies, beside schedules that know everything and beside hosts that take turns.
 *
 * @param words `--seeds N` topologies of each kind, 12 by default; `--first N` the first seed, 101 by default: nothing is tuned by those; `--kind NAME` only one; `--json`
 * @returns whether every bound is met
 */
export async function evalFleet(words: readonly string[]): Promise<boolean> {
  const { seeds, first, kind, json } = flagsOf(words);
  const numbers = Array.from({ length: seeds }, (_, index) => first + index);
  const kinds: Partial<Record<Kind, FleetScore[]>> = {};
  for (const one of KINDS.filter((name) => kind === undefined || name === kind)) {
    const scores: FleetScore[] = [];
    for (const seed of numbers) scores.push(await scoreFleet(topologyOf(one, seed), SCHEDULES));
    kinds[one] = scores;
    process.stderr.write(`${one}: ${scores.map(({ ratio }) => ratio.toFixed(2)).join(" ")}\n`);
  }
  const pairs: number[] = [];
  for (const seed of kind === undefined ? numbers : []) pairs.push(await scorePair(seed));
  const report = { kinds, pairs };
  const missed = missedBounds(report);
  process.stdout.write(
    json
      ? `${JSON.stringify({ bounds: FLEET_BOUNDS, ...report, missed })}\n`
      : `${tableOf(report)}${verdictOf(missed)}`,
  );
  return missed.length === 0;
}

function flagsOf(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        seeds: { type: "string", default: "12" },
        first: { type: "string", default: "101" },
        kind: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const [seeds, first] = [Number(values.seeds), Number(values.first)];
    const isKnown = values.kind === undefined || KINDS.some((kind) => kind === values.kind);
    if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(first) || first < 1 || !isKnown) {
      throw new Error("--seeds and --first want whole numbers of 1 or more, --kind one of " + KINDS.join(", "));
    }
    return { seeds, first, kind: values.kind, json: values.json };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw new UsageError(`eval fleet: ${what}. It takes --seeds N, --first N, --kind NAME and --json.`, { cause });
  }
}

function tableOf({ kinds, pairs }: FleetReport): string {
  const rows = Object.entries(kinds).map(([kind, scores]) => {
    const ratios = scores.map(({ ratio }) => ratio);
    const gains = scores.map(({ gain }) => gain);
    const within = ratios.filter((ratio) => ratio <= FLEET_BOUNDS.oracle).length;
    const sum = (figure: "loads" | "oracleLoads") => scores.reduce((all, score) => all + score[figure], 0);
    return [
      kind,
      `${scores.length}`,
      median(ratios).toFixed(2),
      Math.max(...ratios).toFixed(2),
      `${within}`,
      median(gains).toFixed(2),
      Math.min(...gains).toFixed(2),
      `${sum("loads")}`,
      `${sum("oracleLoads")}`,
      unplannedIn(scores).toFixed(1),
    ];
  });
  const titles = [
    "KIND",
    "DRAWN",
    "× ORACLE",
    "WORST",
    `<= ${FLEET_BOUNDS.oracle}`,
    "BY TURNS ×",
    "WORST",
    "LOADS",
    "ORACLE'S",
    "UNPLANNED/100",
  ];
  const pair = pairs.length === 0
    ? ""
    : `two equal servers beside one: ${median(pairs).toFixed(2)}, worst ${Math.max(...pairs).toFixed(2)}\n`;
  const ratios = Object.values(kinds).flatMap((scores) => scores.map(({ ratio }) => ratio));
  return `${columns([titles, ...rows])}all kinds: ${median(ratios).toFixed(2)} × the oracle's time\n${pair}`;
}

function verdictOf(missed: readonly string[]): string {
  return missed.length === 0 ? "every bound is met\n" : missed.map((one) => `missed: ${one}\n`).join("");
}

/** Loads in 100 turns that placing did not expect. */
function unplannedIn(scores: readonly FleetScore[]): number {
  const turns = scores.reduce((sum, score) => sum + score.turns, 0);
  return turns === 0 ? 0 : scores.reduce((sum, { unplanned }) => sum + unplanned, 0) * 100 / turns;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length === 0
    ? 0
    : sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
