/** Fleets and the work of a crew on them, drawn by a seed. Times are in milliseconds, sizes in gigabytes, speeds in tokens per second. */
import { Chance } from "../../laws/chance.ts";

/** A model of a crew. */
export interface Model {
  readonly name: string;
  /** Gigabytes in memory, its window included. */
  readonly size: number;
}

/** A server as it really is; what of that the fleet is told says `told`. */
export interface Server {
  readonly name: string;
  /** Gigabytes for models. */
  readonly memory: number;
  /** Whether the configuration names its memory. */
  readonly isToldMemory: boolean;
  /** Gigabytes that it loads in a second. */
  readonly loads: number;
  /** Requests at once, as the server says. */
  readonly slots: number;
  /** Work that is done with 1, 2 … requests at once, one request alone being 1. */
  readonly gains: readonly number[];
  /** By model: only those it has. */
  readonly speeds: Readonly<Record<string, { readonly reads: number; readonly writes: number }>>;
  /** When it is not there: what it was doing breaks off, and what it held is lost. */
  readonly away: readonly { readonly from: number; readonly until: number }[];
}

/** One ask of a chain. */
export interface Ask {
  readonly thread: string;
  readonly role: string;
  /** Turn it belongs to; null for the arbiter, as in a run. */
  readonly turn: string | null;
  readonly model: string;
  readonly promptTokens: number;
  /** Tokens at its beginning that are those of the thread's ask before. */
  readonly shared: number;
  readonly answerTokens: number;
  /** What is done between the ask before and this one: tools, checks. */
  readonly pauseMs: number;
  /** Whether its first try breaks off in the middle, wherever it is. */
  readonly hiccups: boolean;
}

/** The kinds of topologies. */
export const KINDS = ["equal", "unequal", "dear loads", "tight memory", "slots", "failing"] as const;

/** A kind of topologies. */
export type Kind = typeof KINDS[number];

/** Servers, and chains of asks on them: within a chain each waits for the one before, chains are independent of each other. */
export interface Topology {
  readonly kind: Kind;
  readonly seed: number;
  readonly models: readonly Model[];
  readonly servers: readonly Server[];
  readonly chains: readonly (readonly Ask[])[];
}

/** Draws from a chance what lies between two numbers. */
function between(chance: Chance, from: number, to: number): number {
  return from + (to - from) * chance.next();
}

function whole(chance: Chance, from: number, to: number): number {
  return Math.round(between(chance, from, to));
}

/** What is drawn of a kind, beside what all have in common. */
interface Sizes {
  readonly servers: readonly [number, number];
  /** How many times as fast as the slowest the fastest may be. */
  readonly spread: number;
  /** Seconds that the largest model takes to load. */
  readonly loads: readonly [number, number];
  /** Memory of a server, for models in order of their size, the smallest first. */
  readonly memory: (sizes: readonly number[]) => number;
}

const all = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0) * 1.1;

const SIZES: Readonly<Record<Kind, Sizes>> = {
  equal: { servers: [2, 3], spread: 1, loads: [3, 12], memory: all },
  unequal: { servers: [2, 4], spread: 4, loads: [3, 12], memory: all },
  // Two models, and memory for one of them.
  "dear loads": { servers: [2, 3], spread: 1.5, loads: [40, 120], memory: (sizes) => sizes.at(-1)! * 1.05 },
  "tight memory": { servers: [2, 3], spread: 2, loads: [5, 15], memory: (sizes) => (sizes[0]! + sizes.at(-1)!) * 1.05 },
  slots: { servers: [1, 3], spread: 1.5, loads: [3, 12], memory: all },
  failing: { servers: [2, 3], spread: 2, loads: [4, 15], memory: all },
};

/**
 * Draws a topology.
 *
 * @param kind what is hard about it
 * @param seed any whole number: the same gives the same
 */
export function topologyOf(kind: Kind, seed: number): Topology {
  const chance = new Chance(seed * 7919 + KINDS.indexOf(kind) * 104_729);
  const sizes = SIZES[kind];
  const models = kind === "dear loads" ? modelsOf(chance).slice(1) : modelsOf(chance);
  const count = whole(chance, sizes.servers[0], sizes.servers[1]);
  const isEqual = sizes.spread === 1;
  const first = serverOf(chance, kind, sizes, models, 1);
  const servers = Array.from({ length: count }, (_, index) => {
    const drawn = isEqual ? first : serverOf(chance, kind, sizes, models, between(chance, 1, sizes.spread));
    return { ...drawn, name: `host${index + 1}` };
  });
  const slots = servers.reduce((sum, server) => sum + server.slots, 0);
  const chains = chainsOf(chance, kind, models, Math.min(6, Math.max(3, slots + whole(chance, 0, 2))));
  return { kind, seed, models, servers: withAbsence(chance, kind, servers), chains };
}

/**
 * Draws work for two equal servers and for one of them: three chains or more for each.
 *
 * @returns the topology with two servers; one of them alone is the other
 */
export function pairOf(seed: number): Topology {
  const chance = new Chance(seed * 6007 + 17);
  const models = modelsOf(chance);
  const server = serverOf(chance, "equal", SIZES.equal, models, 1);
  const chains = chainsOf(chance, "equal", models, whole(chance, 6, 8));
  return {
    kind: "equal",
    seed,
    models,
    servers: [{ ...server, name: "host1" }, { ...server, name: "host2" }],
    chains,
  };
}

/** The models of a crew, the arbiter's first: a small one for the arbiter, two large ones, as an arbiter of 3b and specialists from 7b to 32b are. */
function modelsOf(chance: Chance): readonly Model[] {
  return [
    { name: "small:3b", size: between(chance, 2, 4) },
    { name: "coder:14b", size: between(chance, 6, 20) },
    { name: "thinker:14b", size: between(chance, 6, 20) },
  ];
}

function serverOf(chance: Chance, kind: Kind, sizes: Sizes, models: readonly Model[], factor: number): Server {
  const bySize = models.map(({ size }) => size).toSorted((a, b) => a - b);
  // A model of 5 GB writes so many tokens a second here; a larger one is slower nearly in proportion.
  const pace = factor * between(chance, 15, 35) * (kind === "dear loads" ? 2.5 : 1);
  const reading = between(chance, 10, 30);
  const speeds = Object.fromEntries(models.map(({ name, size }) => {
    const writes = pace * (5 / size) ** 0.8;
    return [name, { writes, reads: writes * reading }];
  }));
  const slots = kind === "slots" ? whole(chance, 2, 4) : 1;
  return {
    name: "",
    memory: sizes.memory(bySize),
    isToldMemory: chance.happens(0.5),
    loads: bySize.at(-1)! / between(chance, sizes.loads[0], sizes.loads[1]),
    slots,
    gains: gainsOf(chance, slots),
    speeds,
    away: [],
  };
}

/** Half of the servers with several slots do more with them, the others do not. */
function gainsOf(chance: Chance, slots: number): readonly number[] {
  const more = chance.happens(0.5) ? between(chance, 0.5, 0.9) : between(chance, -0.05, 0.02);
  return Array.from({ length: slots }, (_, index) => 1 + index * more);
}

function withAbsence(chance: Chance, kind: Kind, servers: readonly Server[]): readonly Server[] {
  if (kind !== "failing") return servers;
  const gone = chance.below(servers.length);
  const from = between(chance, 10_000, 90_000);
  const until = from + between(chance, 20_000, 90_000);
  return servers.map((server, index) => index === gone ? { ...server, away: [{ from, until }] } : server);
}

/** Work as a crew does it: the arbiter decides, a coder works in a turn of some asks with checks between them, a thinker reviews. */
function chainsOf(chance: Chance, kind: Kind, models: readonly Model[], count: number): readonly (readonly Ask[])[] {
  // Where there are two, the one that reviews decides, too.
  const [decider = "", coder = ""] = models.length === 2
    ? [models[1]!.name, models[0]!.name]
    : models.map(({ name }) => name);
  const thinker = models.at(-1)!.name;
  let turns = 0;
  const ask = (role: string, thread: string, model: string, more: Partial<Ask>): Ask => ({
    thread,
    role,
    turn: null,
    model,
    promptTokens: 0,
    shared: 0,
    answerTokens: 0,
    pauseMs: 0,
    hiccups: kind === "failing" && chance.happens(0.03),
    ...more,
  });
  const turnOf = (
    role: string,
    thread: string,
    model: string,
    asks: number,
    prompt: readonly [number, number],
    answer: readonly [number, number],
  ): Ask[] => {
    const turn = `t${++turns}`;
    let promptTokens = whole(chance, ...prompt);
    let shared = 0;
    return Array.from({ length: asks }, (_, index) => {
      const answerTokens = whole(chance, ...answer);
      const pauseMs = index === 0 ? whole(chance, 50, 300) : whole(chance, 300, 5_000);
      const one = ask(role, thread, model, { turn, promptTokens, shared, answerTokens, pauseMs });
      shared = promptTokens;
      promptTokens += answerTokens + whole(chance, 100, 500);
      return one;
    });
  };
  return Array.from({ length: count }, (_, chain) =>
    Array.from({ length: whole(chance, 2, 3) }, () => [
      ask("arbiter", "arbiter", decider, {
        promptTokens: whole(chance, 800, 1_500),
        shared: 500,
        answerTokens: whole(chance, 40, 120),
        pauseMs: whole(chance, 50, 200),
      }),
      ...turnOf("coding", chain === 0 ? "coding" : `coding·${chain + 1}`, coder, whole(chance, 1, 4), [1_000, 3_000], [
        120,
        600,
      ]),
      ...(chance.happens(0.5) ? turnOf("reasoning", "reasoning", thinker, 1, [1_200, 3_000], [120, 400]) : []),
    ]).flat());
}

/** Turns of a topology: series of asks of one role, an ask of the arbiter being one. */
export function turnsOf({ chains }: Topology): number {
  const all = chains.flat();
  return new Set(all.flatMap(({ turn }) => turn ?? [])).size + all.filter(({ turn }) => turn === null).length;
}
