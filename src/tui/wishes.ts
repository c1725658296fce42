import type { SessionWish } from "./session.ts";

/** What a person wants of the session, in order: it waits until somebody asks for it. */
export class Wishes {
  readonly #waiting: SessionWish[] = [];
  #asked: ((wish: SessionWish) => void) | null = null;

  /** Adds a wish. */
  add(wish: SessionWish): void {
    const asked = this.#asked;
    this.#asked = null;
    if (asked === null) this.#waiting.push(wish);
    else asked(wish);
  }

  /** Gives the next wish; who asked before and got none waits in vain from then on. */
  next(): Promise<SessionWish> {
    const first = this.#waiting.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => this.#asked = resolve);
  }
}
