import type { FailureClass } from "../kernel/failure.ts";
import type { Credentials } from "./host_address.ts";

/** Longest delay a timer takes; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How long a server may take to end a stream whose last piece has arrived. */
const SETTLE_MS = 1_000;

/** A request as its failures name it, with all that can end it. */
export interface BoundedAsk {
  /** What is done and where, for messages: `Chat with qwen2.5 on http://…`. */
  readonly what: string;
  /** Milliseconds; without `firstTokenMs` and `idleMs` only the whole is bounded. */
  readonly bounds: { readonly firstTokenMs?: number; readonly idleMs?: number; readonly totalMs: number };
  /** Each of them cancels the request. */
  readonly signals: readonly AbortSignal[];
  /** Sent with it, and kept out of all messages. */
  readonly credentials: Credentials | null;
  /** Carries it; null where Deno's own client does. */
  readonly client: Deno.HttpClient | null;
  /** Text that has arrived so far, kept with a failure. */
  readonly partial?: () => string;
}

/** Why a request was ended on our side. */
export interface Ended {
  readonly failure: FailureClass;
  readonly message: string;
}

/** What ends one request on our side: its bounds in time, and its signals. They run from the start until `release`. */
export class Bounds {
  readonly #ask: BoundedAsk;
  readonly #controller = new AbortController();
  readonly #ending = Promise.withResolvers<never>();
  readonly #total: ReturnType<typeof setTimeout>;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #ended: Ended | null = null;
  /** What is done when the time is over although the last piece has arrived; null before that. */
  #giveUp: (() => void) | null = null;

  constructor(ask: BoundedAsk) {
    this.#ask = ask;
    const { firstTokenMs, totalMs } = ask.bounds;
    this.#total = this.#wait(totalMs, "total_timeout", `took longer than the ${totalMs / 1000} s allowed.`);
    if (firstTokenMs !== undefined) {
      const said = `gave no first token within ${firstTokenMs / 1000} s.`;
      this.#pause = this.#wait(firstTokenMs, "first_token_timeout", said);
    }
    for (const signal of ask.signals) signal.addEventListener("abort", this.#cancel);
    if (ask.signals.some((signal) => signal.aborted)) this.#cancel();
  }

  /** Aborted when a bound is passed, when the request is cancelled, and by `release`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the request was ended on our side; null where it was not. */
  get ended(): Ended | null {
    return this.#ended;
  }

  /**
   * Does the work, unless it has been ended before, and waits no longer than the bounds allow.
   *
   * @throws the reason of `signal` where it was ended, and whatever the work throws
   */
  async race<T>(work: () => Promise<T>): Promise<T> {
    return await Promise.race(this.#ended === null ? [work(), this.#ending.promise] : [this.#ending.promise]);
  }

  /** Ends the wait for the first token, and starts the wait between two pieces anew. */
  progress(): void {
    // A line that was read in the moment of the end may still be worked on.
    if (this.#controller.signal.aborted) return;
    clearTimeout(this.#pause);
    const { idleMs } = this.#ask.bounds;
    if (idleMs === undefined || this.#giveUp !== null) return;
    this.#pause = this.#wait(idleMs, "idle_timeout", `went silent: nothing came for ${idleMs / 1000} s.`);
  }

  /**
   * Ends all bounds, since the last piece arrived; `giveUp` is called where nothing more has come for a second, and at the latest when the
   * whole time is over.
   */
  settle(giveUp: () => void): void {
    if (this.#controller.signal.aborted) return;
    clearTimeout(this.#pause);
    this.#giveUp = giveUp;
    this.#pause = setTimeout(giveUp, SETTLE_MS);
  }

  /** Clears the timers, leaves the signals and aborts what is still on the wire. */
  release(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#pause);
    for (const signal of this.#ask.signals) signal.removeEventListener("abort", this.#cancel);
    this.#controller.abort();
  }

  readonly #cancel = () => this.#end("cancelled", "was cancelled.");

  #wait(ms: number, failure: FailureClass, said: string): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#end(failure, said), Math.min(Math.max(ms, 0), LONGEST_TIMER));
  }

  #end(failure: FailureClass, said: string): void {
    if (this.#giveUp !== null) return this.#giveUp();
    if (this.#ended !== null) return;
    const message = `${this.#ask.what} ${said}`;
    this.#ended = { failure, message };
    this.#controller.abort(new DOMException(message, "AbortError"));
    this.#ending.reject(this.#controller.signal.reason);
  }
}
