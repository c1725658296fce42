import type { Timer } from "../ports/timer.ts";
import type { WatchedHost } from "./watched_host.ts";

/** Looks at hosts while it is of use, and tells when what is known of them has changed. */
export class Watch {
  readonly #hosts: () => readonly WatchedHost[];
  readonly #pauseMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #looks = new Map<WatchedHost, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #after: Timer;
  readonly #now: () => number;
  /** Calls the next look off; null where none is to come. */
  #callOff: (() => void) | null = null;
  #nextAt: number | null = null;
  #isLooking = false;
  #told = "";

  /**
   * @param hosts gives all hosts
   * @param pauseMs pause between two looks at all of them, ms
   * @param after counts the pause
   * @param now gives the time, ms since the epoch
   */
  constructor(hosts: () => readonly WatchedHost[], pauseMs: number, after: Timer, now: () => number) {
    this.#hosts = hosts;
    this.#pauseMs = pauseMs;
    this.#after = after;
    this.#now = now;
  }

  /** When all hosts are looked at again, ms since the epoch; null while that is not known. */
  get nextAt(): number | null {
    return this.#callOff === null ? null : this.#nextAt;
  }

  /**
   * @param listener called after each change of what the hosts say
   * @returns ends it
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells listeners when something is new, and keeps the watch going while something is at work or a host is down. */
  settle(): void {
    if (this.#closing.signal.aborted) return;
    if (!this.#hosts().some((host) => host.isAtWork || host.isDown)) {
      this.#callOff?.();
      this.#callOff = null;
    } else if (!this.#isLooking && this.#callOff === null) {
      this.#nextAt = this.#now() + this.#pauseMs;
      this.#callOff = this.#after(this.#pauseMs, () => this.#lookAtAll());
    }
    const said = JSON.stringify(this.#hosts().map((host) => [host.status(), host.snapshot()]));
    if (said === this.#told) return;
    this.#told = said;
    for (const listener of this.#listeners) listener();
  }

  /** Looks at a host; a look that is under way is joined. Never rejects. */
  look(host: WatchedHost, signal: AbortSignal = this.#closing.signal): Promise<void> {
    const known = this.#looks.get(host);
    if (known !== undefined) return known;
    const looking = host.look(AbortSignal.any([signal, this.#closing.signal])).then(() => {
      this.#looks.delete(host);
      this.settle();
    });
    this.#looks.set(host, looking);
    return looking;
  }

  /** A look that begins now: one under way may have read what is so no more. */
  async lookAnew(host: WatchedHost): Promise<void> {
    await this.#looks.get(host);
    if (!this.#closing.signal.aborted) await this.look(host);
  }

  /** Ends the watch, and closes the hosts. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#callOff?.();
    this.#listeners.clear();
    for (const host of this.#hosts()) host.close();
    await Promise.all(this.#looks.values());
  }

  #lookAtAll(): void {
    this.#callOff = null;
    this.#isLooking = true;
    // The next pause begins when every host has been looked at, so that looks never pile up.
    void Promise.all(this.#hosts().map((host) => this.look(host))).then(() => {
      this.#isLooking = false;
      this.settle();
    });
  }
}
