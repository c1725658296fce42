import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { AskEnd, Seat } from "../effects/ask/models.ts";
import { FinalFailure } from "../effects/effect_kind.ts";
import { judgeSpent } from "../features/checks/judge_spent.ts";
import type { Registry } from "../features/registry.ts";
import { isFurtherSeat, roleOfSeat } from "../features/seats/seat.ts";
import type { State } from "../features/state.ts";
import { type CrewRole, usualModels } from "../fleet/choices.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { billions } from "../fleet/model_name.ts";
import type { PendingAsk } from "../fleet/pending_ask.ts";
import { place } from "../fleet/place.ts";
import { windowsFor } from "../fleet/windows_for.ts";
import { windowOf } from "../prompt/reserve.ts";
import { HostFailure } from "../ports/model_host.ts";

/** What asks are placed by. */
export interface SeatingParts {
  readonly fleet: Fleet;
  /** Roles whose model the user named: no other one is taken for them. */
  readonly named: () => ReadonlySet<string>;
  readonly registry: () => Registry;
  readonly state: () => State;
  readonly show: (key: string, status: string) => void;
  /** Says that a slot may be free, or that somebody waits for one. */
  readonly wake: () => void;
  readonly now: () => number;
}

type Placement = ReturnType<typeof place>["placements"][number];

interface Waiting {
  readonly pending: PendingAsk;
  readonly isExtra: boolean;
  readonly placed: (placement: Placement) => void;
  readonly failed: (error: Error) => void;
}

/** Gives asks their slots on hosts, in the order of the fleet's plan. */
export class Seating {
  readonly #parts: SeatingParts;
  /** Asks that wait for a slot, in order. */
  readonly #waiting = new Map<string, Waiting>();
  /** Host on which the last ask of a role failed: any other one is better for the next. */
  readonly #failedOn = new Map<string, string>();

  constructor(parts: SeatingParts) {
    this.#parts = parts;
  }

  /**
   * Waits for a slot.
   *
   * @throws {FinalFailure} where no host has the model and none is in sight; what `signal` was aborted with
   */
  async seat(ask: AskEffect, signal: AbortSignal): Promise<Seat> {
    const { key, role } = ask;
    const placement = await this.#placement(ask, signal);
    const { fleet } = this.#parts;
    const { host, model, window, reason, loads } = placement;
    const leave = (end: AskEnd) => {
      if (end.failure !== undefined) this.#failedOn.set(role, host);
      else this.#failedOn.delete(role);
      fleet.end(key, end);
    };
    try {
      const abilities = await fleet.abilities(host, model, signal);
      const known = fleet.status().find((one) => one.name === host);
      const held = known?.models.find((one) => one.name === model);
      return {
        host: fleet.host(host),
        hostName: host,
        hostVersion: known?.version ?? "",
        model,
        digest: held?.digest ?? "",
        billions: held === undefined ? null : billions(held),
        window: Math.min(window, abilities.fixedWindow ?? window, abilities.trainedWindow ?? window),
        reason,
        loads,
        abilities,
        leave,
      };
    } catch (error) {
      leave({ answered: false, ...(error instanceof HostFailure ? { failure: error.failure } : {}) });
      throw error;
    }
  }

  /** Waits until an ask is placed; the slot is its own from then on. */
  #placement(ask: AskEffect, signal: AbortSignal): Promise<Placement> {
    const { key } = ask;
    const kind = this.#parts.registry().asks[ask.purpose];
    return new Promise<Placement>((resolve, reject) => {
      const stop = () => {
        this.#waiting.delete(key);
        reject(signal.reason);
        this.#parts.wake();
      };
      const over = () => {
        this.#waiting.delete(key);
        signal.removeEventListener("abort", stop);
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.set(key, {
        pending: this.#pending(ask),
        isExtra: kind?.isExtra === true,
        placed: (placement) => {
          over();
          this.#parts.fleet.begin(key, placement.host, placement.model, placement.window, placement.until);
          resolve(placement);
        },
        failed: (error) => {
          over();
          reject(error);
        },
      });
    });
  }

  #pending(ask: AskEffect): PendingAsk {
    const { key, role, purpose, not, turn } = ask;
    const registry = this.#parts.registry();
    const state = this.#parts.state();
    const own = registry.asks[purpose]?.models?.(state, registry, ask) ?? null;
    return {
      key,
      role: roleOfSeat(role),
      isBeside: isFurtherSeat(role),
      models: own ?? registry.roles[role]?.models ?? [],
      window: windowOf(registry, role),
      since: this.#parts.now(),
      not,
      userNamed: own !== null || this.#parts.named().has(roleOfSeat(role)),
      avoid: own === null ? this.#failedOn.get(role) : undefined,
      thread: role,
      turn,
      ...expectedTokens(state, ask, windowOf(registry, role)),
    };
  }

  /**
   * Places the asks that wait, where slots are free.
   *
   * @returns when time alone changes that, ms; null when it does not
   */
  place(): number | null {
    const { fleet, named, now, show, state } = this.#parts;
    if (this.#waiting.size === 0) {
      fleet.tellWaiting([]);
      return null;
    }
    // While the run is paused nothing enters a prompt, so nothing is sent that waits for a slot.
    if (this.#parts.state().run.paused) return null;
    const snapshot = fleet.snapshot();
    const crew = Object.values(this.#parts.registry().roles)
      .map((role): CrewRole => ({ ...role, userNamed: named().has(role.role) }));
    const asks = [...this.#waiting.values()].map(({ pending }) => pending);
    const windows = windowsFor(crew, snapshot);
    const ledger = state().ledger.hosts;
    const { placements, waiting, impossible, wakeAt } = place(
      snapshot,
      asks,
      now(),
      windows,
      ledger,
      usualModels(crew, snapshot),
    );
    for (const { key, text } of impossible) this.#giveUp(key, text);
    for (const placement of placements) this.#waiting.get(placement.key)?.placed(placement);
    fleet.tellWaiting(waiting);
    for (const { key, why } of waiting) show(key, why);
    return wakeAt;
  }

  /** No host, and none in sight: the run ends with that cause, once, and can be continued when there is one. */
  #giveUp(key: string, text: string): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    const failure = new HostFailure("unreachable", text);
    waiting.failed(
      waiting.isExtra ? failure : new FinalFailure(failure, [judgeSpent(this.#parts.state(), "no_host", text)]),
    );
  }
}

/**
 * The tokens that an ask and its answer will have, about: of the prompt those that were set aside for it, else as many as the last prompt of
 * its thread had; of the answer as many as those of its role had on average.
 */
function expectedTokens(
  { statistics, threads }: State,
  { role, reserved, answerLimit }: AskEffect,
  window: number,
): Pick<PendingAsk, "promptTokens" | "answerTokens"> {
  const own = Object.entries(statistics.asks).filter(([name]) => roleOfSeat(name.split(" ")[0]!) === roleOfSeat(role));
  const asks = own.reduce((sum, [, one]) => sum + one.asks, 0);
  const answered = own.reduce((sum, [, one]) => sum + one.answerTokens, 0);
  const set = reserved < window ? reserved - answerLimit : threads[role]?.promptTokens ?? null;
  return {
    ...(set === null || set <= 0 ? {} : { promptTokens: set }),
    ...(answered === 0 ? {} : { answerTokens: Math.min(answerLimit, answered / asks) }),
  };
}
