import type { HostStatus } from "../ports/host_status.ts";
import { HostFailure, type ModelAbilities, type ModelHost } from "../ports/model_host.ts";
import type { HostKind } from "../ports/host_kind.ts";
import { openHost } from "./detect_host.ts";
import { HOST_KINDS } from "./host_kinds.ts";
import type { FleetSnapshot } from "./fleet_snapshot.ts";
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
  /** The hosts as panes show them, in the order of the configuration. */
  status(): readonly HostStatus[];
  /** The hosts as placing sees them. */
  snapshot(): FleetSnapshot;
  /**
   * @param name name of the host
   * @returns its client
   * @throws {HostFailure} `unreachable` when it was never found, `bad_request` when no host is called so
   */
  host(name: string): ModelHost;
  /**
   * Asks what a model can do, once for each digest.
   *
   * @param host name of the host
   * @param model model as the host names it
   * @param signal cancels the question
   * @returns its abilities
   * @throws {HostFailure} as the host does
   */
  abilities(host: string, model: string, signal: AbortSignal): Promise<ModelAbilities>;
  /** Looks at one host anew, for at most 5 s after a look that is under way; resolves when that is done. */
  refresh(host: string): Promise<void>;
  /** Notes that a placed ask begins: it takes a slot from now on, and fixes the window of its model on that host. */
  begin(key: string, host: string, model: string, window: number): void;
  /** Notes how an ask ended: frees its slot, measures its speed, opens or closes breakers. An unknown key changes nothing. */
  end(key: string, ended: AskEnd): void;
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

/**
 * Makes the fleet. Nothing is asked before `start`, and no timer runs while nothing is at work and no host is down.
 *
 * @param options hosts and clock
 * @returns the fleet
 */
export function openFleet(options: FleetOptions): Fleet {
  const { hosts: named, now, kinds = Object.values(HOST_KINDS), watchMs = WATCH_MS } = options;
  const open: OpenHost = options.open ?? ((host, signal) => openHost(host, signal, kinds));
  const hosts = new Map(named.map((host) => [host.name, new WatchedHost(host, open, now)]));
  const listeners = new Set<() => void>();
  const looks = new Map<WatchedHost, Promise<void>>();
  const closing = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLooking = false;
  let told = "";

  const hostOf = (name: string): WatchedHost => {
    const host = hosts.get(name);
    if (host !== undefined) return host;
    throw new HostFailure(
      "bad_request",
      `No host is called ${name}. Hosts: ${[...hosts.keys()].join(", ") || "none"}.`,
    );
  };
  const all = () => [...hosts.values()];

  /** Tells listeners when something is new, and keeps the watch going while it is of use. */
  const settle = () => {
    if (closing.signal.aborted) return;
    const isOfUse = all().some((host) => host.isAtWork || host.isDown);
    if (!isOfUse) {
      clearTimeout(timer);
      timer = undefined;
    } else if (!isLooking) timer ??= setTimeout(watch, watchMs);
    const said = JSON.stringify(all().map((host) => [host.status(), host.snapshot()]));
    if (said === told) return;
    told = said;
    for (const listener of listeners) listener();
  };

  const look = (host: WatchedHost, signal: AbortSignal = closing.signal): Promise<void> => {
    const known = looks.get(host);
    if (known !== undefined) return known;
    const looking = host.look(AbortSignal.any([signal, closing.signal])).then(() => {
      looks.delete(host);
      settle();
    });
    looks.set(host, looking);
    return looking;
  };

  /** A look that begins now: one under way may have read what is so no more. */
  const lookAnew = async (host: WatchedHost): Promise<void> => {
    await looks.get(host);
    if (!closing.signal.aborted) await look(host);
  };

  const watch = () => {
    timer = undefined;
    isLooking = true;
    // The next pause begins when every host has been looked at, so that looks never pile up.
    void Promise.all(all().map((host) => look(host))).then(() => {
      isLooking = false;
      settle();
    });
  };

  return {
    async start(signal) {
      await Promise.all(all().map((host) => look(host, signal)));
    },

    status: () => all().map((host) => host.status()),

    snapshot: () => ({ hosts: all().map((host) => host.snapshot()) }),

    host: (name) => hostOf(name).client(),

    async abilities(host, model, signal) {
      const abilities = await hostOf(host).abilities(model, signal);
      settle();
      return abilities;
    },

    refresh: (host) => lookAnew(hostOf(host)),

    begin(key, host, model, window) {
      hostOf(host).begin(key, model, window);
      for (const other of all()) other.waitsNoMore(key);
      settle();
    },

    end(key, ended) {
      for (const host of all()) {
        const { known, look: isDue } = host.end(key, ended);
        if (known && isDue) void lookAnew(host);
      }
      settle();
    },

    tellWaiting(waiting) {
      for (const host of all()) host.tellWaiting(waiting.filter((one) => one.host === host.name).map(({ key }) => key));
      settle();
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      closing.abort();
      clearTimeout(timer);
      listeners.clear();
      for (const host of all()) host.close();
      await Promise.all(looks.values());
    },
  };
}
