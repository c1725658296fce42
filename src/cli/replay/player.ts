import { EMPTY, evolve } from "../../features/features.ts";
import type { Stamped } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import type { Timer } from "../../ports/timer.ts";
import type { StoredFacts } from "../../tell/history.ts";
import type { Playing, PlayWish } from "../../tui/store.ts";

/** Something that happened, as it is said. */
export interface Happening {
  /** Facts that were played when it has happened. */
  readonly at: number;
  readonly says: string;
  readonly isDecision: boolean;
}

/** What a player needs. */
export interface PlayerParts {
  /** All facts of the run, in order. */
  readonly facts: readonly Stamped[];
  /** Where it begins: so many facts are played at least. */
  readonly begin: number;
  /** What of them is said, in order. */
  readonly happenings: readonly Happening[];
  /** Times as fast as it went. */
  readonly speed: number;
  /** Present time, ms. */
  readonly now: () => number;
  readonly after: Timer;
}

/** Facts between two states that are kept, so that going back folds no more than so many. */
const KEPT_EVERY = 250;
/** Most milliseconds that nothing happens: nobody waits for a person who was away. */
const LONGEST_MS = 1_500;
/** Least milliseconds between two changes of the screen. */
const LEAST_MS = 20;
const SPEEDS = { least: 0.25, most: 256 };

/** Plays a stored run: folds its facts as its clock comes to their times, stands still, goes on, forward and back. */
export class Player implements StoredFacts {
  readonly #parts: PlayerParts;
  readonly #listeners = new Set<() => void>();
  /** States after 0, 250, 500 … facts, as far as they were needed. */
  readonly #kept: State[] = [EMPTY];
  #state: State = EMPTY;
  #at = 0;
  #speed: number;
  #callOff: (() => void) | null = null;
  /** Where the clock of the run stood at a present time, while it goes on. */
  #since = { run: 0, present: 0 };

  constructor(parts: PlayerParts) {
    this.#parts = parts;
    this.#speed = parts.speed;
    this.#go(parts.begin);
  }

  /** The fold of the facts that were played. */
  state(): State {
    return this.#state;
  }

  /** The clock of the run, ms since the epoch. */
  now(): number {
    const { now, facts } = this.#parts;
    if (this.#callOff === null) return this.#state.at;
    const next = facts[this.#at]?.at ?? Infinity;
    return Math.min(next, this.#since.run + (now() - this.#since.present) * this.#speed);
  }

  /** Facts that were played, from a place on. */
  *read(from = 1): Generator<Stamped, void, undefined> {
    const { facts } = this.#parts;
    for (let index = Math.max(0, from - 1); index < this.#at; index++) yield facts[index]!;
  }

  last(): number {
    return this.#at;
  }

  playing(): Playing {
    return {
      at: this.#at,
      of: this.#parts.facts.length,
      goesOn: this.#callOff !== null,
      speed: this.#speed,
      says: this.#happened()?.says ?? "",
    };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes how it is played, and tells. */
  play(wish: PlayWish): void {
    switch (wish) {
      case "turn":
        if (this.#callOff !== null) this.#still();
        else {
          if (this.#at === this.#parts.facts.length) this.#go(this.#parts.begin);
          this.#goOn();
        }
        break;
      case "faster":
      case "slower":
        this.#pace(wish === "faster" ? 2 : 0.5);
        break;
      default:
        this.#still();
        this.#go(this.#aim(wish));
    }
    this.#tell();
  }

  /** Goes to a place: so many facts are played then. */
  jump(at: number): void {
    this.#go(Math.max(this.#parts.begin, Math.min(this.#parts.facts.length, at)));
    this.#tell();
  }

  /** Stands still for good. */
  close(): void {
    this.#still();
    this.#listeners.clear();
  }

  #happened(): Happening | undefined {
    return this.#parts.happenings.findLast(({ at }) => at <= this.#at);
  }

  /** The place that a wish leads to. */
  #aim(wish: Exclude<PlayWish, "turn" | "faster" | "slower">): number {
    const { happenings, facts, begin } = this.#parts;
    const some = wish === "decision" || wish === "decision_back"
      ? happenings.filter(({ isDecision }) => isDecision)
      : happenings;
    switch (wish) {
      case "begin":
        return begin;
      case "end":
        return facts.length;
      case "step":
      case "decision":
        return some.find(({ at }) => at > this.#at)?.at ?? facts.length;
      case "step_back":
      case "decision_back":
        return some.findLast(({ at }) => at < this.#at && at > begin)?.at ?? begin;
    }
  }

  #go(to: number): void {
    const nearest = Math.min(Math.floor(to / KEPT_EVERY), this.#kept.length - 1);
    if (to < this.#at || nearest * KEPT_EVERY > this.#at) {
      this.#state = this.#kept[nearest]!;
      this.#at = nearest * KEPT_EVERY;
    }
    while (this.#at < to) {
      this.#state = evolve(this.#state, this.#parts.facts[this.#at]!);
      this.#at += 1;
      if (this.#at % KEPT_EVERY === 0 && this.#at / KEPT_EVERY === this.#kept.length) this.#kept.push(this.#state);
    }
  }

  #goOn(): void {
    const { facts, after, now } = this.#parts;
    const next = facts[this.#at];
    this.#callOff = null;
    if (next === undefined) return;
    const run = this.#at === 0 ? next.at : this.#state.at;
    this.#since = { run, present: now() };
    const wait = Math.min(LONGEST_MS, Math.max(LEAST_MS, (next.at - run) / this.#speed));
    this.#callOff = after(wait, () => this.#come());
  }

  /** Plays what is due: what lies between two changes of the screen comes at once. */
  #come(): void {
    const { facts } = this.#parts;
    const first = facts[this.#at]!.at;
    const until = Math.max(first, this.#since.run + LEAST_MS * this.#speed);
    let to = this.#at + 1;
    while (to < facts.length && facts[to]!.at <= until) to += 1;
    this.#go(to);
    this.#goOn();
    this.#tell();
  }

  #still(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #pace(by: number): void {
    this.#speed = Math.max(SPEEDS.least, Math.min(SPEEDS.most, this.#speed * by));
    if (this.#callOff === null) return;
    this.#still();
    this.#goOn();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
