import { NOTHING_DONE } from "../../src/features/ledger/ledger.ts";
import type { FleetSnapshot, HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import type { PendingAsk } from "../../src/fleet/pending_ask.ts";
import type { Placement } from "../../src/fleet/place.ts";
import type { ModelLedger } from "../../src/features/ledger/slice.ts";
import { afterBegin } from "../../src/fleet/breaker.ts";
import { stayAfter } from "../../src/fleet/stay.ts";

/** A host that is up, with models by name. */
export function hostWith(name: string, models: readonly string[], changes: Partial<HostSnapshot> = {}): HostSnapshot {
  return {
    name,
    url: `http://${name}:11434`,
    kind: "ollama",
    state: "up",
    reason: "",
    downSince: null,
    models: models.map((model) => ({ name: model, digest: `d-${model}`, bytes: null, size: null })),
    resident: [],
    slots: 1,
    inFlight: [],
    breakers: [],
    stay: null,
    windowLimits: {},
    windows: {},
    memory: null,
    sizes: {},
    ...changes,
  };
}

/** Models as a host says that it holds them. */
export function held(...names: readonly string[]): HostSnapshot["resident"] {
  return names.map((name) => ({ name, bytes: null, gpuBytes: null, window: null, expiresAt: null }));
}

/** A fleet of hosts. */
export function fleetOf(...hosts: readonly HostSnapshot[]): FleetSnapshot {
  return { hosts };
}

/** An ask that waits. */
export function askFor(key: string, models: readonly string[], changes: Partial<PendingAsk> = {}): PendingAsk {
  return { key, role: "analysis", models, window: 8192, since: 0, userNamed: false, ...changes };
}

/** A host after an ask began there. */
export function withBegun(host: HostSnapshot, { key, model, window }: Placement, now: number): HostSnapshot {
  return {
    ...host,
    inFlight: [...host.inFlight, { key, model }],
    stay: stayAfter(host, model, now),
    windows: { ...host.windows, [model]: host.windows[model] ?? window },
    breakers: afterBegin(host.breakers, { key, model }, now),
  };
}

/** What is measured of a model that writes so many tokens in a second, and reads twenty times as many. */
export function measuredModel(writes: number, changes: Partial<ModelLedger> = {}): ModelLedger {
  return {
    ...NOTHING_DONE,
    replies: 3,
    writes: { 1: { replies: 3, tokens: writes * 3, ms: 3_000 } },
    reads: { replies: 3, tokens: writes * 60, ms: 3_000 },
    ...changes,
  };
}
