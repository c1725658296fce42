import type { Timer } from "../ports/timer.ts";
import type { Attention } from "./attention.ts";
import type { SessionWish } from "./session.ts";

/** What the controller may do to its surroundings. */
export interface Surroundings {
  quit(): void;
  suspend(): void;
  /** Does what is wanted of the session. */
  session(wish: SessionWish): void;
  /** The screen itself failed. */
  failed(error: unknown): void;
  /** Calls the person who looks elsewhere. */
  readonly attention: Attention;
  /** Does something again and again, each after so many milliseconds; gives what ends that. */
  every(ms: number, act: () => void): () => void;
  /** Does something once, after so many milliseconds; gives what calls it off. */
  readonly after: Timer;
}
