import type { Fact } from "../features/fact.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { CrewRole } from "../fleet/choices.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { type LoadAhead, planAhead } from "../fleet/plan_ahead.ts";
import { windowsFor } from "../fleet/windows_for.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { HostFailure } from "../ports/model_host.ts";

/** What loads ahead are begun by. */
export interface LoadsAheadParts {
  readonly fleet: Fleet;
  /** Roles whose model the user named. */
  readonly named: () => ReadonlySet<string>;
  readonly registry: () => Registry;
  readonly state: () => State;
  /** Roles that will be asked next, the first at the front. */
  readonly coming: () => readonly string[];
  /** Commits a fact. */
  readonly note: (fact: Fact) => void;
  readonly now: () => number;
}

/** Loads models on idle hosts before they are asked, so that nobody waits for them. */
export class LoadsAhead {
  readonly #parts: LoadsAheadParts;
  readonly #ending = new AbortController();
  readonly #open = new Set<Promise<void>>();

  constructor(parts: LoadsAheadParts) {
    this.#parts = parts;
  }

  /** Begins the loads that are worth it now. */
  begin(): void {
    const { fleet, named, registry, state, coming, now } = this.#parts;
    const names = coming();
    if (names.length === 0 || this.#ending.signal.aborted) return;
    const { roles } = registry();
    const asCrew = (name: string): CrewRole[] => {
      const role = roles[name];
      return role === undefined ? [] : [{ ...role, userNamed: named().has(name) }];
    };
    const snapshot = fleet.snapshot();
    const planned = planAhead(snapshot, {
      roles: names.flatMap(asCrew),
      awaited: new Set(fleet.status().filter(({ waiting }) => waiting.length > 0).map(({ name }) => name)),
      windows: windowsFor(Object.keys(roles).flatMap(asCrew), snapshot),
      ledger: state().ledger.hosts,
      now: now(),
    });
    for (const load of planned) {
      const open = this.#load(load).finally(() => this.#open.delete(open));
      this.#open.add(open);
    }
  }

  /** Calls off what is being loaded; resolves when all of it is over. */
  async close(): Promise<void> {
    this.#ending.abort("the run is over");
    await Promise.all(this.#open);
  }

  /** One load, from its opening to its closing fact. Never rejects. */
  async #load({ host, model, window, reason, until }: LoadAhead): Promise<void> {
    const { fleet, note, now, state } = this.#parts;
    const { signal } = this.#ending;
    const began = now();
    note({ type: "load_begun", host, model, window, reason });
    fleet.beginLoad(host, model, window, until);
    let failed: unknown = null;
    try {
      const { fixedWindow, trainedWindow } = await fleet.abilities(host, model, signal);
      const held = Math.min(window, fixedWindow ?? window, trainedWindow ?? window);
      await fleet.host(host).load?.(model, held, signal);
    } catch (error) {
      failed = signal.aborted ? signal.reason : error;
    }
    const failure = failed === null ? null : reasonOf(failed);
    // The ending of a run is its last fact: who lists runs reads no further.
    if (state().run.ending === null) note({ type: "load_ended", host, model, ms: Math.round(now() - began), failure });
    // Until the host was looked at, only this says that the model is there; a run that is over waits for no look.
    if (!signal.aborted) await fleet.refresh(host);
    fleet.endLoad(host, model, failed instanceof HostFailure ? failed : null);
  }
}
