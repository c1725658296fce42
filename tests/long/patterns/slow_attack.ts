import { type Attack, attacksOn } from "./attacks.ts";
import type { Job, Passage } from "./worker.ts";

/** Time after which one try is taken to have no end, in milliseconds: a pattern that is linear takes some hundredths of it. */
const ENDLESS_MS = 4_000;
/** Length of the first look, in characters: what takes the square of it is seen. */
const LOOK = 10_000;

/** Tries patterns in a worker, which is ended where a try has no end. */
export class Tries {
  #worker: Worker | null = null;

  /** @param endlessMs time after which one try is taken to have no end, in milliseconds */
  constructor(readonly endlessMs = ENDLESS_MS) {}

  /**
   * @param longest text that it sees, in characters
   * @param passes what each text goes through before
   * @returns the text that the pattern is slow on; null where it is slow on none
   */
  async slowAttack(source: string, flags: string, longest: number, passes: Passage | null): Promise<Attack | null> {
    const attacks = attacksOn(source, flags);
    if (attacks.length === 0) return null;
    const worker = this.#worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const ended = Promise.withResolvers<Attack | null>();
    let at = 0;
    const late = () => ended.resolve(attacks[at] ?? null);
    let timer = setTimeout(late, this.endlessMs);
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      clearTimeout(timer);
      if (data === -1) return ended.resolve(null);
      at = data;
      timer = setTimeout(late, this.endlessMs);
    };
    worker.postMessage(
      { source, flags, attacks, lengths: [Math.min(LOOK, longest), longest], passes } satisfies Job,
    );
    const slow = await ended.promise;
    clearTimeout(timer);
    if (slow !== null) this.close();
    return slow;
  }

  /** Ends the worker. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
