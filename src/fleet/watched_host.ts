import type { FailureClass } from "../kernel/failure.ts";
import type { HostStatus } from "../ports/host_status.ts";
import { HostFailure, type HostSurvey, type ModelAbilities, type ModelHost } from "../ports/model_host.ts";
import type { Timer } from "../ports/timer.ts";
import { afterBegin, afterEnd, type Breaker, failedLoad, troubleOf } from "./breaker.ts";
import { boundedSurvey } from "./bounded_survey.ts";
import { downAfter, type Downtime, lookFailed } from "./downtime.ts";
import { shownAddress } from "./host_address.ts";
import type { NamedHost } from "./detect_host.ts";
import type { AskInFlight, HostSnapshot, LoadAtWork } from "./fleet_snapshot.ts";
import { isUsed, type ModelPatterns } from "./model_patterns.ts";
import { type Stay, stayAfter } from "./stay.ts";

/** Longest survey, finding the host's kind included, in milliseconds. */
export const SURVEY_MS = 5_000;

/** Failures after which the host is looked at again at once. */
const SUSPICIOUS: ReadonlySet<FailureClass> = new Set([
  "unreachable",
  "cut_off",
  "model_missing",
  "crashed",
  "load_failed",
  "out_of_memory",
  "first_token_timeout",
  "idle_timeout",
  "protocol",
]);

/** A host of the fleet as the configuration names it. */
export interface FleetHost extends NamedHost, ModelPatterns {
  readonly name: string;
  /** Requests at the same time; absent: as the host says, else 1. */
  readonly slots?: number;
  /** Bytes for models; absent: as much as it was seen to hold at once. */
  readonly memory?: number;
  /** Version of the plugin that its kind is of; absent where its kind comes with Autonomy, or nobody offers it. */
  readonly kindVersion?: string;
}

/** How an ask ended. */
export interface AskEnd {
  /** Whether a reply came; false with no failure means that nothing is known, as after a cancel. */
  readonly answered: boolean;
  readonly failure?: FailureClass;
  /** How long the host wants to be left alone, ms; absent where it did not say. */
  readonly retryAfterMs?: number;
}

/** Makes the client of a host. */
export type OpenHost = (named: NamedHost, signal: AbortSignal) => Promise<ModelHost>;

/** One host with all that is known of it. */
export class WatchedHost {
  readonly #named: FleetHost;
  readonly #open: OpenHost;
  readonly #now: () => number;
  readonly #timer: Timer;
  readonly #abilities = new Map<string, ModelAbilities>();
  readonly #windowLimits: Record<string, number> = {};
  readonly #windows: Record<string, number> = {};
  /** Bytes of each model that was seen in memory. */
  readonly #sizes: Record<string, number> = {};
  readonly #inFlight = new Map<string, AskInFlight>();
  /** Models that are being loaded ahead, by name. */
  readonly #loading = new Map<string, LoadAtWork>();
  #client: ModelHost | null = null;
  /** Models that it has and that its patterns leave out. */
  #unused: readonly string[] = [];
  #survey: HostSurvey = { version: null, models: [], resident: [], slots: null, busySlots: null };
  #state: "asking" | "up" | "down" = "asking";
  #reason = "";
  #down: Downtime | null = null;
  #stay: Stay | null = null;
  #breakers: readonly Breaker[] = [];
  /** Most bytes that it was seen to hold at once. */
  #held = 0;
  #waiting: readonly string[] = [];
  /** Requests of others when the host last answered; null where it does not say. */
  #others: number | null = null;
  #closed = false;

  constructor(named: FleetHost, open: OpenHost, now: () => number, timer: Timer) {
    this.#named = named;
    this.#open = open;
    this.#now = now;
    this.#timer = timer;
  }

  get name(): string {
    return this.#named.name;
  }

  get isDown(): boolean {
    return this.#state === "down";
  }

  get isAtWork(): boolean {
    return this.#inFlight.size > 0 || this.#waiting.length > 0 || this.#loading.size > 0;
  }

  /**
   * Looks at the host: whether it answers, what it has and holds. Ends within 5 s and never throws. A breaker is not closed
   * by it, since a host that tells what it has may still fail at its work.
   *
   * @param signal ends it without a finding
   */
  async look(signal: AbortSignal): Promise<void> {
    const bound = new AbortController();
    const callOff = this.#timer(SURVEY_MS, () => bound.abort());
    try {
      const both = AbortSignal.any([signal, bound.signal]);
      const client = this.#client ?? await this.#openClient(both);
      this.#found(boundedSurvey(await client.survey(both)));
    } catch (error) {
      if (signal.aborted) return;
      this.#lost(error, bound.signal.aborted);
    } finally {
      callOff();
    }
  }

  /** The client; throws where the host was never found. */
  client(): ModelHost {
    if (this.#client !== null) return this.#client;
    throw new HostFailure(
      "unreachable",
      `${this.name} (${shownAddress(this.#named.url)}) was not found: ${this.#reason}`,
    );
  }

  /** What a model can do: asked once for each digest. */
  async abilities(model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const digest = this.#survey.models.find(({ name }) => name === model)?.digest ?? "";
    const known = this.#abilities.get(`${model}\n${digest}`);
    if (known !== undefined) return known;
    const abilities = await this.client().abilities(model, signal);
    this.#abilities.set(`${model}\n${digest}`, abilities);
    const limits = [abilities.trainedWindow, abilities.fixedWindow].filter((limit) => limit !== null);
    if (limits.length > 0) this.#windowLimits[model] = Math.min(...limits);
    return abilities;
  }

  /** Notes that an ask begins, and when it is expected to be done. */
  begin(key: string, model: string, window: number, until?: number): void {
    const now = this.#now();
    this.#windows[model] ??= window;
    this.#stay = stayAfter(this.snapshot(), model, now);
    this.#breakers = afterBegin(this.#breakers, { key, model }, now);
    this.#inFlight.set(key, { key, model, since: now, ...(until === undefined ? {} : { until }) });
  }

  /** Notes that an ask began somewhere. */
  waitsNoMore(key: string): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== key);
  }

  /**
   * Notes how an ask ended.
   *
   * @returns whether the ask was at work here, and whether the host should be looked at anew
   */
  end(key: string, ended: AskEnd): { readonly known: boolean; readonly look: boolean } {
    const { answered, failure, retryAfterMs } = ended;
    const model = this.#inFlight.get(key)?.model;
    if (model === undefined) return { known: false, look: false };
    this.#inFlight.delete(key);
    const outcome = failure ?? (answered ? null : "cancelled");
    this.#breakers = afterEnd(this.#breakers, { key, model, failure: outcome, retryAfterMs }, this.#now());
    const { resident, residentUnknown = false } = this.#survey;
    const isUntold = !residentUnknown && !resident.some(({ name }) => name === model);
    return { known: true, look: outcome === null ? isUntold : SUSPICIOUS.has(outcome) };
  }

  /** Notes that a load begins ahead of the asks that it is for, and fixes the window of its model. */
  beginLoad(model: string, window: number, until: number): void {
    this.#windows[model] ??= window;
    this.#loading.set(model, { model, until });
  }

  /** Notes that a load that began ahead is over, and that it failed where it did: whoever is asked next should know. */
  endLoad(model: string, failed: HostFailure | null): void {
    this.#loading.delete(model);
    if (failed !== null) this.#breakers = afterEnd(this.#breakers, failedLoad(model, failed), this.#now());
  }

  /** Notes which asks wait for a slot here. */
  tellWaiting(keys: readonly string[]): void {
    this.#waiting = keys;
  }

  /** The host as panes show it. */
  status(): HostStatus {
    const { version, models, resident, residentUnknown = false, load = null } = this.#survey;
    const slots = this.#slots();
    const isBusy = this.#state === "up" && this.#inFlight.size >= slots;
    return {
      name: this.name,
      url: this.#client?.url ?? shownAddress(this.#named.url),
      kind: this.#kind() ?? "unknown",
      state: isBusy ? "busy" : this.#state,
      reason: this.#reason === "" ? troubleOf(this.#breakers) : this.#reason,
      retryAt: this.#breakers.find(({ model, openUntil }) => model === null && openUntil !== null)?.openUntil ?? null,
      version,
      models,
      resident: this.#state === "up" ? resident : [],
      residentUnknown,
      slots,
      load: this.#state === "up" ? load : null,
      inFlight: [...this.#inFlight.keys()],
      waiting: this.#waiting,
      ...(this.#loading.size === 0 ? {} : { loading: [...this.#loading.keys()] }),
    };
  }

  /** The host as placing sees it. */
  snapshot(): HostSnapshot {
    return {
      name: this.name,
      url: this.#client?.url ?? shownAddress(this.#named.url),
      kind: this.#kind(),
      state: this.#state,
      reason: this.#reason,
      downSince: this.#down?.since ?? null,
      ...(this.#down?.isBusy === true ? { isBusy: true } : {}),
      models: this.#survey.models,
      ...(this.#unused.length === 0 ? {} : { unused: this.#unused }),
      resident: this.#survey.resident,
      ...(this.#survey.residentUnknown === true ? { residentUnknown: true } : {}),
      slots: this.#slots(),
      ...(this.#others === null ? {} : { others: this.#others }),
      inFlight: [...this.#inFlight.values()],
      ...(this.#client?.load === undefined ? {} : { canLoad: true }),
      ...(this.#loading.size === 0 ? {} : { loading: [...this.#loading.values()] }),
      breakers: this.#breakers,
      stay: this.#stay,
      windowLimits: { ...this.#windowLimits },
      windows: { ...this.#windows },
      memory: this.#named.memory ?? (this.#held === 0 ? null : this.#held),
      sizes: { ...this.#sizes },
    };
  }

  close(): void {
    this.#closed = true;
    this.#client?.close();
  }

  async #openClient(signal: AbortSignal): Promise<ModelHost> {
    const client = await this.#open(this.#named, signal);
    if (this.#closed) client.close();
    return this.#client = client;
  }

  #found(told: HostSurvey): void {
    const survey = { ...told, models: told.models.filter(({ name }) => isUsed(name, this.#named)) };
    this.#unused = told.models.map(({ name }) => name).filter((name) => !isUsed(name, this.#named));
    this.#survey = survey;
    const { running = null, waiting = null } = survey.load ?? {};
    const isSaid = running !== null || waiting !== null;
    this.#others = isSaid ? Math.max(0, (running ?? 0) + (waiting ?? 0) - this.#inFlight.size) : null;
    this.#state = "up";
    this.#reason = "";
    this.#down = null;
    if (this.#kind() !== "ollama") {
      // A server whose window is fixed when it starts tells it here; Ollama tells the one it was asked for.
      for (const { name, window = null } of [...survey.models, ...survey.resident]) {
        if (window !== null) this.#windowLimits[name] = window;
      }
    }
    for (const { name, bytes } of survey.resident) if (bytes !== null) this.#sizes[name] = bytes;
    this.#held = Math.max(this.#held, survey.resident.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
    const stayed = this.#stay?.model;
    const isAtWork = [...this.#inFlight.values()].some(({ model }) => model === stayed);
    // What the host no longer holds, though nothing of ours can still be loading it, was released.
    const isHeld = survey.residentUnknown === true || survey.resident.some(({ name }) => name === stayed);
    if (!isAtWork && !isHeld) this.#stay = null;
  }

  #lost(error: unknown, tooLate: boolean): void {
    this.#down = downAfter(this.#down, error, this.#now());
    this.#state = "down";
    this.#stay = null;
    this.#reason = lookFailed(error, tooLate ? SURVEY_MS : null);
    // Another server may have taken its place: its kind is asked anew, unless replies still come through this client.
    const isOther = error instanceof HostFailure && error.failure === "protocol";
    if (isOther && this.#inFlight.size === 0) {
      this.#client?.close();
      this.#client = null;
    }
  }

  #kind(): string | null {
    return this.#client?.kind ?? this.#named.kind ?? null;
  }

  #slots(): number {
    return Math.max(1, this.#named.slots ?? this.#survey.slots ?? 1);
  }
}
