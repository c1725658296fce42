/** Schedules of a topology's asks by who knows everything, and by turns: what the fleet's own placing is held against. */
import { Chance } from "../../laws/chance.ts";
import { Machine } from "./machine.ts";
import type { Ask, Topology } from "./topologies.ts";

/** List schedules of which the best is the oracle. */
export const SCHEDULES = 1_000;

/** An ask that could begin. */
interface Ready {
  readonly chain: number;
  readonly ask: Ask;
  /** When it could begin, ms. */
  readonly since: number;
}

/** What a schedule decides by. */
interface Moment {
  readonly now: number;
  readonly machines: readonly Machine[];
  /** Asks that could begin now. */
  readonly ready: readonly Ready[];
  /** Asks of which it is known when they could. */
  readonly coming: readonly Ready[];
}

/** Gives machines to ready asks, as many as can begin now. */
type Schedule = (moment: Moment) => readonly { readonly chain: number; readonly machine: number }[];

/** What a schedule came to. */
export interface Scheduled {
  /** When the last ask was done, ms; Infinity where that is later than the limit. */
  readonly makespan: number;
  /** Loads of models. */
  readonly loads: number;
}

/**
 * Plays a schedule.
 *
 * @param limit time after which it is given up, ms
 */
export function played(topology: Topology, schedule: Schedule, limit = Infinity): Scheduled {
  const models = new Map(topology.models.map((model) => [model.name, model]));
  const machines = topology.servers.map((server) => new Machine(server, models));
  const chains = topology.chains.map((asks) => ({
    asks,
    at: 0,
    since: asks[0]?.pauseMs ?? 0,
    isBusy: false,
    hasBroken: false,
  }));
  let now = 0;
  let loads = 0;
  for (;;) {
    const open = chains.flatMap(({ asks, at, since, isBusy }, chain) =>
      isBusy || at === asks.length ? [] : [{ chain, ask: asks[at]!, since }]
    );
    const ready = open.filter(({ since }) => since <= now);
    const coming = open.filter(({ since }) => since > now);
    for (const { chain, machine } of ready.length === 0 ? [] : schedule({ now, machines, ready, coming })) {
      const one = chains[chain]!;
      const ask = one.asks[one.at]!;
      one.isBusy = machines[machine]!.take(chain, ask, ask.hiccups && !one.hasBroken);
    }
    const next = Math.min(...machines.map((machine) => machine.next()), ...coming.map(({ since }) => since));
    if (next > limit || next === Infinity) return { makespan: Infinity, loads };
    now = next;
    for (const machine of machines) {
      for (const { id, reply } of machine.to(now)) {
        const one = chains[id]!;
        one.isBusy = false;
        one.hasBroken = reply === null && (one.hasBroken || one.asks[one.at]!.hiccups);
        if (reply === null) {
          one.since = now;
          continue;
        }
        if (reply.loadMs > 0) loads++;
        one.at++;
        one.hasBroken = false;
        one.since = now + (one.asks[one.at]?.pauseMs ?? 0);
      }
    }
    if (chains.every(({ asks, at }) => at === asks.length)) return { makespan: now, loads };
  }
}

/** Hosts take turns: each ask goes to the next one that has its model and is there, and waits for a slot of it. */
export function roundRobin(): Schedule {
  const queues = new Map<number, { readonly chain: number; readonly since: number }[]>();
  const turns = new Map<string, number>();
  return ({ machines, ready }) => {
    const isQueued = ({ chain, since }: Ready) =>
      [...queues.values()].some((queue) => queue.some((one) => one.chain === chain && one.since === since));
    for (const one of ready.toSorted((a, b) => a.since - b.since)) {
      if (isQueued(one)) continue;
      const { model } = one.ask;
      const able = machines.flatMap(({ server, isThere }, index) =>
        isThere && server.speeds[model] !== undefined ? [index] : []
      );
      if (able.length === 0) continue;
      const turn = turns.get("all") ?? 0;
      turns.set("all", turn + 1);
      const machine = able[turn % able.length]!;
      queues.set(machine, [...queues.get(machine) ?? [], { chain: one.chain, since: one.since }]);
    }
    return machines.flatMap((machine, index) => {
      const queue = queues.get(index) ?? [];
      if (!machine.isThere) {
        // Who waited for it takes the next one.
        queues.delete(index);
        return [];
      }
      const begun = queue.slice(0, Math.max(0, machine.server.slots - machine.busy));
      queues.set(index, queue.slice(begun.length));
      return begun.map(({ chain }) => ({ chain, machine: index }));
    });
  };
}

/** What one list schedule goes by. */
interface Weights {
  /** Worth of the work that is left in a chain. */
  readonly tail: number;
  /** Worth of chance, for a chain and for an ask. */
  readonly luck: number;
  /** Worth of a model that is there. */
  readonly warm: number;
  /** How much a load counts beside time. */
  readonly load: number;
  /** How long a model stays for an ask that is known to come, ms. */
  readonly patience: number;
  /** Machines that a model may be on; absent: all. */
  readonly pins: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * The best of {@link SCHEDULES} list schedules: each knows how long everything takes, when servers will be away and what will be asked next. They
 * load a model only for an ask that has begun; the fleet may load one ahead, so that it can be faster than the best of them.
 */
export function oracle(topology: Topology, schedules = SCHEDULES): Scheduled {
  const chance = new Chance(topology.seed * 31 + 7);
  let best: Scheduled = { makespan: Infinity, loads: 0 };
  for (let number = 0; number < schedules; number++) {
    const one = played(topology, listSchedule(topology, weightsOf(topology, chance, number), chance), best.makespan);
    if (one.makespan < best.makespan) best = one;
  }
  return best;
}

function weightsOf({ models, servers }: Topology, chance: Chance, number: number): Weights {
  if (number === 0) return { tail: 1, luck: 0, warm: 0, load: 1, patience: 0, pins: new Map() };
  const pins = new Map<string, ReadonlySet<number>>();
  if (chance.happens(0.6)) {
    for (const { name } of models) {
      if (chance.happens(0.3)) continue;
      const some = servers.map((_, index) => index).filter(() => chance.happens(0.5));
      pins.set(name, new Set(some.length === 0 ? [chance.below(servers.length)] : some));
    }
  }
  return {
    tail: chance.one([0, 0.5, 1]),
    luck: chance.next(),
    warm: chance.one([0, 0.3, 3]),
    load: chance.one([0.5, 1, 1, 2, 4]),
    patience: chance.one([0, 0, 3_000, 8_000, 30_000]) * chance.next(),
    pins,
  };
}

function listSchedule(topology: Topology, weights: Weights, chance: Chance): Schedule {
  const tails = topology.chains.map(tailsOf);
  const longest = Math.max(1, ...tails.map((tail) => tail[0] ?? 0));
  const luck = topology.chains.map((asks) => {
    const ofChain = chance.next();
    return asks.map(() => ofChain + 0.3 * chance.next());
  });
  const places = topology.chains.map((asks) => new Map(asks.map((ask, index) => [ask, index])));
  const canBe = (model: string, machine: number) => weights.pins.get(model)?.has(machine) ?? true;
  return ({ now, machines, ready, coming }) => {
    const rank = ({ chain, ask }: Ready) => {
      const at = places[chain]!.get(ask)!;
      const isWarm = weights.warm > 0 && machines.some((machine) => machine.holds(ask.model));
      return weights.tail * tails[chain]![at]! / longest + weights.luck * luck[chain]![at]! +
        (isWarm ? weights.warm : 0);
    };
    const lanes = machines.map((machine) => {
      const ends = machine.ends();
      const free = Array.from({ length: Math.max(0, machine.server.slots - ends.length) }, () => now);
      return { free: [...ends, ...free], planned: null as string | null };
    });
    const begun: { chain: number; machine: number }[] = [];
    for (const one of ready.toSorted((a, b) => rank(b) - rank(a))) {
      const { ask, chain } = one;
      let best: { cost: number; end: number; start: number; machine: number } | null = null;
      for (const [index, machine] of machines.entries()) {
        if (!machine.isThere || machine.server.speeds[ask.model] === undefined || !canBe(ask.model, index)) continue;
        const { free, planned } = lanes[index]!;
        let start = Math.max(now, Math.min(...free));
        const isHeld = planned === null ? machine.holds(ask.model) : planned === ask.model;
        const load = isHeld ? 0 : machine.loadMs(ask.model);
        if (!isHeld && !machine.hasRoom(ask.model)) start = Math.max(start, ...free);
        const work = machine.workMs(ask);
        const away = machine.server.away.find(({ from, until }) => start < until && start + load + work > from);
        if (away !== undefined) start = away.until;
        const cost = start + load * weights.load + work;
        if (best === null || cost < best.cost) best = { cost, end: start + load + work, start, machine: index };
      }
      if (best === null) continue;
      const machine = machines[best.machine]!;
      const lane = lanes[best.machine]!;
      if (weights.patience > 0 && best.start <= now && pushesOut(machine, ask, coming, now + weights.patience)) {
        continue;
      }
      lane.free[lane.free.indexOf(Math.min(...lane.free))] = best.end;
      if (!machine.hasRoomBeside(ask.model)) lane.planned = ask.model;
      if (best.start <= now) begun.push({ chain, machine: best.machine });
    }
    return begun;
  };
}

/** Whether an ask would push out a model that another one is known to want soon. */
function pushesOut(machine: Machine, { model }: Ask, coming: readonly Ready[], until: number): boolean {
  if (machine.hasRoomBeside(model)) return false;
  return coming.some(({ ask, since }) => since <= until && ask.model !== model && machine.holds(ask.model));
}

/** What is left to do in a chain from each of its asks on, counted in tokens that are written, about. */
function tailsOf(asks: readonly Ask[]): readonly number[] {
  const tails: number[] = [];
  let sum = 0;
  for (const { answerTokens, promptTokens, shared } of asks.toReversed()) {
    sum += answerTokens + (promptTokens - shared) / 20;
    tails.unshift(sum);
  }
  return tails;
}
