import type { HostStatus } from "../ports/host_status.ts";
import { HostFailure, type ModelAbilities, type ModelHost } from "../ports/model_host.ts";
import type { HostKind } from "../ports/host_kind.ts";
import { byTheClock, type Timer } from "../ports/timer.ts";
import { openHost } from "./detect_host.ts";
import { HOST_KINDS } from "./host_kinds.ts";
import type { FleetSnapshot } from "./fleet_snapshot.ts";
import { Watch } from "./watch.ts";
import { type AskEnd, type FleetHost, type OpenHost, WatchedHost } from "./watched_host.ts";

/** Pause between two looks at the hosts, in milliseconds. */
const WATCH_MS = 10_000;

/** What a fleet is made of. */
export interface FleetOptions {
  readonly hosts: readonly FleetHost[];
  /** ms */
  readonly now: () => number;
  /** Kinds that a host may be, in the order in which it is asked; absent: those that come with Autonomy. */
  readonly kinds?: readonly HostKind[];
  /** Makes the client of a host; absent: by its kind. */
  readonly open?: OpenHost;
  /** Pause between two looks at the hosts, in milliseconds; absent: 10 s. */
  readonly watchMs?: number;
  /** Counts the pauses and bounds of looks; absent: by the clock of the machine. */
  readonly timer?: Timer;
}

/** Names of the hosts that a change of them was about. */
export interface HostChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those that have another address, key, kind or number of slots. */
  readonly changed: readonly string[];
}

/** All hosts, watched while something is at work on them or one is down. */
export interface Fleet {
  /**
   * Looks at all hosts for the first time, side by side. Ends within 5 s and never rejects: a host that does not answer is
   * down.
   *
   * @param signal ends it without a finding
   */
  start(signal: AbortSignal): Promise<void>;
  /**
   * Has other hosts from now on. Nothing new is asked of those that go, or are others now: what is at work there comes to its end. New ones
   * are looked at.
   *
   * @param hosts all of them, in order
   */
  change(hosts: readonly FleetHost[]): HostChanges;
  /** The hosts as panes show them, in the order of the configuration. */
  status(): readonly HostStatus[];
  /** The hosts as placing sees them. */
  snapshot(): FleetSnapshot;
  /** @throws {HostFailure} `unreachable` when it was never found, `bad_request` when no host is called so */
  host(name: string): ModelHost;
  /**
   * Asks what a model can do, once for each digest.
   *
   * @param model model as the host names it
   * @throws {HostFailure} as the host does
   */
  abilities(host: string, model: string, signal: AbortSignal): Promise<ModelAbilities>;
  /** Looks at one host anew, for at most 5 s after a look that is under way; resolves when that is done. */
  refresh(host: string): Promise<void>;
  /**
   * Notes that a placed ask begins: it takes a slot from now on, and fixes the window of its model on that host.
   *
   * @param until when it is expected to be done, ms; absent where nobody knows
   */
  begin(key: string, host: string, model: string, window: number, until?: number): void;
  /** Notes how an ask ended: frees its slot, opens or closes breakers. An unknown key changes nothing. */
  end(key: string, ended: AskEnd): void;
  /**
   * Notes that a host begins to load a model ahead of the asks that it is for: it takes no slot, and fixes the window of its model.
   *
   * @param until when it is expected to be there, ms
   */
  beginLoad(host: string, model: string, window: number, until: number): void;
  /**
   * Notes that a load ahead is over. What the host holds then is known once it was looked at.
   *
   * @param failed why the model is not there; null where it is, and where nothing is known, as after a cancel
   */
  endLoad(host: string, model: string, failed: HostFailure | null): void;
  /** Notes which asks wait, and for which host: the `waiting` of a placing. */
  tellWaiting(waiting: readonly { readonly key: string; readonly host: string | null }[]): void;
  /**
   * @param listener called after each change of what `status` or `snapshot` say
   * @returns ends it
   */
  onChange(listener: () => void): () => void;
  /** Ends the watch and everything that is open on our side. */
  close(): Promise<void>;
}

/** Makes the fleet. Nothing is asked before `start`, and no timer runs while nothing is at work and no host is down. */
export function openFleet(options: FleetOptions): Fleet {
  return new OpenFleet(options);
}

class OpenFleet implements Fleet {
  #hosts: ReadonlyMap<string, { readonly named: FleetHost; readonly host: WatchedHost }> = new Map();
  /** Hosts that are in the fleet no more, with what is at work there. */
  readonly #leaving = new Set<WatchedHost>();
  readonly #watch: Watch;
  readonly #make: (named: FleetHost) => WatchedHost;

  constructor(options: FleetOptions) {
    const { hosts, now, kinds = Object.values(HOST_KINDS), open, watchMs = WATCH_MS, timer = byTheClock } = options;
    const opens = open ?? ((host, signal) => openHost(host, signal, kinds));
    this.#make = (host) => new WatchedHost(host, opens, now, timer);
    this.#hosts = new Map(hosts.map((named) => [named.name, { named, host: this.#make(named) }]));
    this.#watch = new Watch(() => [...this.#all(), ...this.#leaving], watchMs, timer, now);
  }

  change(hosts: readonly FleetHost[]): HostChanges {
    const before = this.#hosts;
    const kept = (named: FleetHost) => {
      const known = before.get(named.name);
      return known !== undefined && JSON.stringify(known.named) === JSON.stringify(named) ? known : null;
    };
    const next = hosts.map((named) => kept(named) ?? { named, host: this.#make(named) });
    this.#hosts = new Map(next.map((one) => [one.named.name, one]));
    const isNew = next.filter((one) => before.get(one.named.name) !== one);
    const gone = [...before.values()].filter((one) => !next.includes(one));
    for (const { host } of gone) this.#leave(host);
    for (const { host } of isNew) void this.#watch.look(host);
    this.#watch.settle();
    const names = (some: typeof gone, isBoth: boolean) =>
      some.map(({ named }) => named.name).filter((name) => (before.has(name) && this.#hosts.has(name)) === isBoth);
    return { added: names(isNew, false), removed: names(gone, false), changed: names(isNew, true) };
  }

  async start(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#all().map((host) => this.#watch.look(host, signal)));
  }

  status(): readonly HostStatus[] {
    const { nextAt } = this.#watch;
    return this.#all().map((host) => {
      const status = host.status();
      return status.state === "down" ? { ...status, retryAt: nextAt } : status;
    });
  }

  snapshot(): FleetSnapshot {
    return { hosts: this.#all().map((host) => host.snapshot()) };
  }

  host(name: string): ModelHost {
    return this.#called(name).client();
  }

  async abilities(host: string, model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const abilities = await this.#called(host).abilities(model, signal);
    this.#watch.settle();
    return abilities;
  }

  refresh(host: string): Promise<void> {
    return this.#watch.lookAnew(this.#called(host));
  }

  begin(key: string, host: string, model: string, window: number, until?: number): void {
    this.#called(host).begin(key, model, window, until);
    for (const other of this.#all()) other.waitsNoMore(key);
    this.#watch.settle();
  }

  end(key: string, ended: AskEnd): void {
    for (const host of this.#all()) {
      const { known, look } = host.end(key, ended);
      if (known && look) void this.#watch.lookAnew(host);
    }
    for (const host of this.#leaving) {
      if (host.end(key, ended).known) this.#leave(host);
    }
    this.#watch.settle();
  }

  beginLoad(host: string, model: string, window: number, until: number): void {
    this.#called(host).beginLoad(model, window, until);
    this.#watch.settle();
  }

  endLoad(name: string, model: string, failed: HostFailure | null): void {
    // Another host may have its name by now.
    const hosts = [...this.#all(), ...this.#leaving].filter((host) => host.name === name);
    for (const host of hosts) host.endLoad(model, failed);
    for (const host of hosts.filter((one) => this.#leaving.has(one))) this.#leave(host);
    this.#watch.settle();
  }

  tellWaiting(waiting: readonly { readonly key: string; readonly host: string | null }[]): void {
    for (const host of this.#all()) {
      host.tellWaiting(waiting.filter((one) => one.host === host.name).map(({ key }) => key));
    }
    this.#watch.settle();
  }

  onChange(listener: () => void): () => void {
    return this.#watch.onChange(listener);
  }

  close(): Promise<void> {
    return this.#watch.close();
  }

  #all(): readonly WatchedHost[] {
    return [...this.#hosts.values()].map(({ host }) => host);
  }

  /** Closes a host that is in the fleet no more, once nothing is at work there. */
  #leave(host: WatchedHost): void {
    host.tellWaiting([]);
    if (host.isAtWork) this.#leaving.add(host);
    else {
      this.#leaving.delete(host);
      host.close();
    }
  }

  #called(name: string): WatchedHost {
    const host = this.#hosts.get(name)?.host ?? [...this.#leaving].find((one) => one.name === name);
    if (host !== undefined) return host;
    const known = [...this.#hosts.keys()].join(", ") || "none";
    throw new HostFailure("bad_request", `No host is called ${name}. Hosts: ${known}.`);
  }
}
