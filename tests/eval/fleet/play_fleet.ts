/** Plays a topology with the fleet that runs: its watch, its placing, its ledger; servers and time alone are made. */
import { setImmediate } from "node:timers";
import type { Fact } from "../../../src/features/fact.ts";
import { EMPTY, evolve } from "../../../src/features/features.ts";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { type Fleet, openFleet } from "../../../src/fleet/fleet.ts";
import { inline } from "../../../src/kernel/text.ts";
import { type ChatReply, HostFailure, type ModelHost } from "../../../src/ports/model_host.ts";
import { roleOfSeat } from "../../../src/features/seats/seat.ts";
import { LoadsAhead } from "../../../src/run/loads_ahead.ts";
import { Seating } from "../../../src/run/seating.ts";
import { crew } from "../../laws/crew.ts";
import { type Done, Machine } from "./machine.ts";
import type { Ask, Server, Topology } from "./topologies.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** Bytes of a gigabyte. */
const GIGABYTE = 1e9;
/** Share of a model's memory that its file takes: the rest is its window. */
const WEIGHTS = 0.85;
/** Rounds of placing at one moment after which it must go in circles. */
const MOST_ROUNDS = 200;

/** What the fleet came to. */
export interface PlayedFleet {
  /** When the last ask was done, ms. */
  readonly makespan: number;
  /** Loads, as its ledger counts them. */
  readonly loads: number;
  readonly unplanned: number;
  /** Why each ask went where it went, in order. */
  readonly placed: readonly string[];
}

/** What a fault is planted by. */
export interface Planted {
  /** Servers do not say what they hold, so that placing cannot heed it. */
  readonly blind?: boolean;
  /** Nothing is loaded before it is asked. */
  readonly waits?: boolean;
}

/** A topology that stands still: a fault of placing. */
export class StandsStill extends Error {
  override readonly name = "StandsStill";
}

/**
 * Plays a topology to its end.
 *
 * @throws {StandsStill} where asks wait and nothing is to come
 */
export async function playFleet(topology: Topology, planted: Planted = {}): Promise<PlayedFleet> {
  const played = new Played(topology, planted);
  try {
    return await played.toItsEnd();
  } finally {
    await played.close();
  }
}

interface Chain {
  readonly asks: readonly Ask[];
  at: number;
  /** When its next ask could begin, ms. */
  since: number;
  isOpen: boolean;
  tries: number;
  hasBroken: boolean;
}

interface Chat {
  resolve(reply: ChatReply): void;
  reject(error: HostFailure): void;
  readonly ask: Ask;
  readonly machine: Machine;
}

interface Load {
  readonly model: string;
  readonly machine: Machine;
  resolve(): void;
  reject(): void;
}

class Played {
  readonly #clock = new VirtualClock();
  readonly #machines: readonly Machine[];
  readonly #chains: readonly Chain[];
  readonly #chats = new Map<number, Chat>();
  /** Loads that nobody asked for yet. */
  #loads: Load[] = [];
  readonly #fleet: Fleet;
  readonly #seating: Seating;
  readonly #loadsAhead: LoadsAhead;
  readonly #signal = new AbortController().signal;
  readonly #placed: string[] = [];
  /** Asks by key, for the server that is sent one. */
  readonly #asks = new Map<string, { readonly ask: Ask; readonly chain: Chain }>();
  #state: State = EMPTY;
  #isChanged = false;
  #chatCount = 0;

  constructor(topology: Topology, planted: Planted) {
    const models = new Map(topology.models.map((model) => [model.name, model]));
    this.#machines = topology.servers.map((server) => new Machine(server, models));
    this.#chains = topology.chains.map((asks) => ({
      asks,
      at: 0,
      since: asks[0]?.pauseMs ?? 0,
      isOpen: false,
      tries: 0,
      hasBroken: false,
    }));
    const hosts = new Map(this.#machines.map((one) => [one.server.name, this.#hostOf(one, topology, planted)]));
    this.#fleet = openFleet({
      hosts: topology.servers.map(({ name, slots, memory, isToldMemory }) => ({
        name,
        url: `http://${name}`,
        slots,
        ...(isToldMemory ? { memory: memory * GIGABYTE } : {}),
      })),
      open: ({ url }) => Promise.resolve(hosts.get(new URL(url).hostname)!),
      now: this.#clock.now,
      timer: this.#clock.timer,
    });
    this.#fleet.onChange(() => this.#isChanged = true);
    const registry = registryOf(topology);
    const common = {
      fleet: this.#fleet,
      named: () => new Set<string>(),
      registry: () => registry,
      state: () => this.#state,
      now: this.#clock.now,
    };
    this.#loadsAhead = new LoadsAhead({
      ...common,
      coming: () => this.#coming(planted),
      note: (fact) => this.#commit(fact),
    });
    this.#seating = new Seating({
      ...common,
      show: () => {},
      wake: () => this.#isChanged = true,
    });
  }

  /** Roles of which a run would know that they come: those that the chains that go on have still to ask. */
  #coming({ waits = false }: Planted): readonly string[] {
    if (waits) return [];
    const next = this.#chains.flatMap(({ asks, at, isOpen }) => asks[isOpen ? at + 1 : at] ?? []);
    return [...new Set(next.map(({ thread }) => roleOfSeat(thread)))];
  }

  async toItsEnd(): Promise<PlayedFleet> {
    await this.#fleet.start(this.#signal);
    for (;;) {
      const now = this.#clock.now();
      for (const chain of this.#chains) {
        if (!chain.isOpen && chain.at < chain.asks.length && chain.since <= now) void this.#open(chain);
      }
      const wakeAt = await this.#settled();
      if (this.#chains.every(({ asks, at }) => at === asks.length)) return this.#outcome(now);
      const next = Math.min(
        ...this.#machines.map((machine) => machine.next()),
        ...this.#chains.flatMap(({ isOpen, since, asks, at }) => isOpen || at === asks.length ? [] : [since]),
        this.#clock.next(),
        wakeAt ?? Infinity,
      );
      if (next === Infinity) throw new StandsStill(`Asks wait at ${now} ms, and nothing is to come.`);
      this.#clock.to(next);
      for (const machine of this.#machines) for (const done of machine.to(next)) this.#answer(done);
      this.#settleLoads();
      await flushed();
    }
  }

  async close(): Promise<void> {
    const closing = this.#loadsAhead.close();
    for (const { reject } of this.#loads) reject();
    await closing;
    await this.#fleet.close();
  }

  #outcome(makespan: number): PlayedFleet {
    const models = Object.values(this.#state.ledger.hosts).flatMap((host) => Object.values(host));
    const sum = (figure: "loads" | "unplanned") => models.reduce((all, model) => all + model[figure], 0);
    return { makespan, loads: sum("loads"), unplanned: sum("unplanned"), placed: this.#placed };
  }

  /** Places until nothing more begins at this moment. */
  async #settled(): Promise<number | null> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await flushed();
      this.#isChanged = false;
      const wakeAt = this.#seating.place();
      this.#loadsAhead.begin();
      await flushed();
      if (!this.#isChanged) return wakeAt;
    }
    throw new StandsStill(`Placing goes in circles at ${this.#clock.now()} ms.`);
  }

  #commit(fact: Fact): void {
    this.#state = evolve(this.#state, { ...fact, seq: this.#state.seq + 1, at: Math.round(this.#clock.now()) });
  }

  /** One ask, from its opening to its closing fact, as the loop and the effect carry it out. */
  async #open(chain: Chain): Promise<void> {
    const ask = chain.asks[chain.at]!;
    const key = `k${this.#chains.indexOf(chain)}.${chain.at}.${chain.tries++}`;
    chain.isOpen = true;
    this.#asks.set(key, { ask, chain });
    const effect = {
      kind: "ask" as const,
      key,
      role: ask.thread,
      turn: ask.turn,
      purpose: "work",
      legal: [],
      temperature: 0,
      seed: 1,
      answerLimit: 1_024,
      reserved: ask.promptTokens + 1_024,
    };
    this.#commit({ type: "effect_opened", effect });
    const seat = await this.#seating.seat(effect, this.#signal);
    const { hostName: host, model, window, reason, loads } = seat;
    this.#placed.push(`${Math.round(this.#clock.now())} ${key} ${model}@${host}: ${reason}`);
    const estimated = ask.promptTokens;
    this.#commit({ type: "ask_placed", key, host, model, way: "constrained", window, estimated, reason, loads });
    const began = this.#clock.now();
    try {
      const reply = await seat.host.chat(requestOf(key, model, window), this.#signal);
      this.#commit({ type: "effect_finished", key, result: resultOf(reply, seat, this.#clock.now() - began) });
      seat.leave({ answered: true });
      chain.at++;
      chain.tries = 0;
      chain.hasBroken = false;
      chain.since = this.#clock.now() + (chain.asks[chain.at]?.pauseMs ?? 0);
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      const { failure, message: text } = error;
      this.#commit({ type: "effect_failed", key, failure, text, ms: Math.round(this.#clock.now() - began) });
      seat.leave({ answered: false, failure });
      chain.hasBroken ||= ask.hiccups;
      chain.since = this.#clock.now();
    }
    chain.isOpen = false;
    this.#isChanged = true;
  }

  #settleLoads(): void {
    const over = this.#loads.filter(({ machine, model }) => !machine.isLoading(model));
    this.#loads = this.#loads.filter((load) => !over.includes(load));
    for (const { machine, model, resolve, reject } of over) machine.holds(model) ? resolve() : reject();
  }

  #hostOf(machine: Machine, topology: Topology, { blind = false }: Planted): ModelHost {
    const { server } = machine;
    return {
      kind: "ollama",
      url: `http://${server.name}`,
      survey: () =>
        machine.isThere
          ? Promise.resolve(surveyOf(machine, server, topology, blind))
          : Promise.reject(unreachable(server.name)),
      abilities: () =>
        Promise.resolve({ tools: true, thinking: false, trainedWindow: null, fixedWindow: null, parser: null }),
      chat: ({ messages }) =>
        new Promise((resolve, reject) => {
          const { ask, chain } = this.#asks.get(messages[0]?.content ?? "")!;
          const id = this.#chatCount++;
          if (!machine.take(id, ask, ask.hiccups && !chain.hasBroken)) return reject(unreachable(server.name));
          this.#chats.set(id, { resolve, reject, ask, machine });
        }),
      render: () => Promise.resolve(null),
      count: () => Promise.resolve(null),
      pull: null,
      load: (model) =>
        new Promise((resolve, reject) => {
          if (!machine.loadAhead(model)) return reject(unreachable(server.name));
          this.#loads.push({ model, machine, resolve, reject: () => reject(unreachable(server.name)) });
        }),
      close: () => {},
    };
  }

  #answer({ id, reply }: Done): void {
    const chat = this.#chats.get(id)!;
    this.#chats.delete(id);
    const { ask: { promptTokens, answerTokens }, machine: { server } } = chat;
    if (reply === null) return chat.reject(new HostFailure("cut_off", `${server.name} broke off.`));
    const { loadMs, promptMs, answerMs, heldTokens } = reply;
    chat.resolve({
      text: "",
      thinking: "",
      calls: [],
      endedBy: "stop",
      forced: false,
      promptTokens,
      // Half of the servers are too old to say what they had of a prompt.
      heldTokens: server.isToldMemory ? heldTokens : null,
      answerTokens,
      loadMs,
      promptMs,
      answerMs,
    });
  }
}

function unreachable(name: string): HostFailure {
  return new HostFailure("unreachable", `${name} is not there.`, { found: "connection refused" });
}

function surveyOf({ held }: Machine, { slots }: Server, { models }: Topology, blind: boolean) {
  return {
    version: "0",
    models: models.map(({ name, size }) => ({ name, digest: name, bytes: size * GIGABYTE * WEIGHTS, size: null })),
    resident: blind ? [] : held.map(({ model, size }) => ({
      name: model,
      bytes: size * GIGABYTE,
      gpuBytes: size * GIGABYTE,
      window: null,
      expiresAt: null,
    })),
    slots,
    busySlots: null,
    ...(blind ? { residentUnknown: true } : {}),
  };
}

/** A crew whose roles each want one model of the topology. */
function registryOf({ chains }: Topology): Registry {
  const registry = crew({ seats: chains.length });
  const models = new Map(chains.flat().map(({ thread, model }) => [thread, model]));
  const roles = Object.entries(registry.roles).flatMap(([name, role]) => {
    const model = models.get(name);
    return model === undefined ? [] : [[name, { ...role, models: [model], window: 16_384 }] as const];
  });
  return { ...registry, roles: Object.fromEntries(roles) };
}

function requestOf(key: string, model: string, window: number) {
  return {
    model,
    messages: [{ role: "user" as const, content: key }],
    window,
    answerLimit: 1_024,
    temperature: 0,
    seed: 1,
    bounds: { firstTokenMs: 1, idleMs: 1, totalMs: 1 },
  };
}

function resultOf(reply: ChatReply, seat: { readonly hostName: string; readonly model: string }, ms: number) {
  return {
    kind: "ask" as const,
    text: inline(""),
    calls: [],
    fault: null,
    step: "strict",
    content: "text",
    way: "constrained" as const,
    host: seat.hostName,
    model: seat.model,
    prompt: "",
    estimated: reply.promptTokens ?? 0,
    promptTokens: reply.promptTokens,
    heldTokens: reply.heldTokens,
    answerTokens: reply.answerTokens,
    proof: "proven" as const,
    endedBy: "stop" as const,
    ms: Math.round(ms),
    loadMs: reply.loadMs,
    promptMs: reply.promptMs,
    answerMs: reply.answerMs,
  };
}

/** Lets all that waits for no time go on. */
function flushed(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
