import type { RehearsalModel } from "./play.ts";
import { wait } from "./wait.ts";

/** A model in memory. */
export interface Resident {
  readonly model: RehearsalModel;
  /** Window in tokens. */
  readonly window: number;
  readonly shift: boolean;
  /** Bytes in memory, window included. */
  readonly size: number;
  /** Milliseconds since 1970, Infinity for a model kept for ever. */
  expiresAt: number;
}

/** A slot that was given to one request. */
export interface Lease {
  /** Window in tokens that the model has. */
  readonly window: number;
  /** Milliseconds that the request waited for a load and that the load took; 0 where none was needed. */
  readonly loadMs: number;
  /** Frees the slot; further calls do nothing. */
  release(): void;
}

/** What a request needs of a model. */
export interface Demand {
  readonly model: RehearsalModel;
  /** Window in tokens, null for whatever is loaded, else the server's default. */
  readonly window: number | null;
  readonly shift: boolean;
  /** Milliseconds that the model stays after the request, null for the default of five minutes. */
  readonly keepAliveMs: number | null;
  /** Milliseconds that a load takes. */
  readonly loadMs: number;
  /** Loads even where the model is loaded. */
  readonly reload: boolean;
}

const KEEP_ALIVE_MS = 5 * 60_000;
const GIBIBYTE = 2 ** 30;

interface Loaded extends Resident {
  busy: boolean;
  keepAliveMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Pending {
  readonly demand: Demand;
  readonly signal: AbortSignal;
  readonly since: number;
  grant(resident: Loaded, loadMs: number): void;
  fail(reason: unknown): void;
}

/**
 * Memory and slots of a server, as Ollama schedules them: one request at a time per model, the rest in order of arrival;
 * one load at a time; another window waits for the running request and reloads; what does not fit evicts idle models,
 * the one with the shortest keep-alive first, or waits until one is idle. A model larger than the memory is loaded alone.
 */
export class Memory {
  readonly #bytes: number;
  readonly #loaded: Loaded[] = [];
  readonly #pending: Pending[] = [];
  #loading = false;

  /** @param bytes memory in bytes; also decides the window of requests that ask for none (4,096 under 23 GiB) */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Models in memory, the one that stays longest first. */
  get residents(): readonly Resident[] {
    return [...this.#loaded].sort((left, right) => right.expiresAt - left.expiresAt || 0);
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Requests that wait for a slot or a load. */
  get waiting(): number {
    return this.#pending.length;
  }

  /**
   * Waits for a slot of a model, loading it where needed.
   * @param demand the model and what is wanted of it
   * @param signal ends the waiting, and a load that only this request wanted
   * @returns the slot
   * @throws the signal's reason
   */
  acquire(demand: Demand, signal: AbortSignal): Promise<Lease> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const left = () => pending.fail(signal.reason);
      const settle = () => {
        signal.removeEventListener("abort", left);
        const index = this.#pending.indexOf(pending);
        if (index >= 0) this.#pending.splice(index, 1);
      };
      const pending: Pending = {
        demand,
        signal,
        since: performance.now(),
        grant: (resident, loadMs) => {
          settle();
          resolve(this.#lease(resident, demand, loadMs));
        },
        fail: (reason) => {
          settle();
          reject(reason);
          this.#advance();
        },
      };
      signal.addEventListener("abort", left);
      this.#pending.push(pending);
      this.#advance();
    });
  }

  /**
   * Takes a model out of memory when it is idle, at once or after its request.
   * @param model the model
   */
  unload(model: RehearsalModel): void {
    const resident = this.#find(model);
    if (resident === undefined) return;
    resident.keepAliveMs = 0;
    if (!resident.busy) this.#evict(resident);
  }

  /** Takes all models out of memory and clears the timers. */
  close(): void {
    for (const resident of [...this.#loaded]) this.#evict(resident);
  }

  #find(model: RehearsalModel): Loaded | undefined {
    return this.#loaded.find((resident) => resident.model === model);
  }

  #windowFor({ model, window }: Demand, resident: Loaded | undefined): number {
    const tier = this.#bytes < 23 * GIBIBYTE ? 4096 : this.#bytes < 47 * GIBIBYTE ? 32_768 : 262_144;
    return Math.min(Math.max(window ?? resident?.window ?? tier, 4), model.trainedWindow);
  }

  #advance(): void {
    const blocked = new Set<RehearsalModel>();
    let noRoom = false;
    for (const pending of [...this.#pending]) {
      const { model } = pending.demand;
      if (blocked.has(model)) continue;
      blocked.add(model);
      const resident = this.#find(model);
      const window = this.#windowFor(pending.demand, resident);
      const fits = resident !== undefined && !pending.demand.reload && resident.window === window &&
        resident.shift === pending.demand.shift;
      if (fits) {
        if (resident.busy) continue;
        pending.grant(resident, 0);
      } else if (!this.#loading && !noRoom && resident?.busy !== true) {
        if (resident !== undefined) this.#evict(resident);
        if (this.#makeRoom(sizeOf(model, window))) void this.#load(pending, window);
        else noRoom = true;
      }
    }
  }

  #makeRoom(size: number): boolean {
    const used = () => this.#loaded.reduce((sum, resident) => sum + resident.size, 0);
    while (this.#loaded.length > 0 && used() + size > this.#bytes) {
      const idle = this.#loaded.filter((resident) => !resident.busy)
        .sort((left, right) =>
          (left.keepAliveMs - right.keepAliveMs || 0) || (left.expiresAt - right.expiresAt || 0)
        )[0];
      if (idle === undefined) return false;
      this.#evict(idle);
    }
    return true;
  }

  async #load(pending: Pending, window: number): Promise<void> {
    const { demand, signal } = pending;
    this.#loading = true;
    try {
      await wait(demand.loadMs, signal);
      signal.throwIfAborted();
      const resident: Loaded = {
        model: demand.model,
        window,
        shift: demand.shift,
        size: sizeOf(demand.model, window),
        expiresAt: 0,
        busy: false,
        keepAliveMs: KEEP_ALIVE_MS,
        timer: undefined,
      };
      this.#loaded.push(resident);
      pending.grant(resident, performance.now() - pending.since);
    } catch {
      // The request left while its model was loading: its own listener has told it so.
    } finally {
      this.#loading = false;
      this.#advance();
    }
  }

  #lease(resident: Loaded, demand: Demand, loadMs: number): Lease {
    resident.busy = true;
    resident.keepAliveMs = demand.keepAliveMs ?? KEEP_ALIVE_MS;
    this.#stopTimer(resident);
    resident.expiresAt = Date.now() + resident.keepAliveMs;
    let held = true;
    return {
      window: resident.window,
      loadMs,
      release: () => {
        if (!held) return;
        held = false;
        resident.busy = false;
        this.#rest(resident);
        this.#advance();
      },
    };
  }

  #rest(resident: Loaded): void {
    if (!this.#loaded.includes(resident)) return;
    if (resident.keepAliveMs === 0) return this.#evict(resident);
    resident.expiresAt = Date.now() + resident.keepAliveMs;
    if (resident.keepAliveMs === Infinity) return;
    resident.timer = setTimeout(() => {
      this.#evict(resident);
      this.#advance();
    }, resident.keepAliveMs);
  }

  #evict(resident: Loaded): void {
    this.#stopTimer(resident);
    const index = this.#loaded.indexOf(resident);
    if (index >= 0) this.#loaded.splice(index, 1);
  }

  #stopTimer(resident: Loaded): void {
    if (resident.timer !== undefined) clearTimeout(resident.timer);
    resident.timer = undefined;
  }
}

function sizeOf(model: RehearsalModel, window: number): number {
  return model.bytes + (model.windowBytes ?? 0) * window;
}
