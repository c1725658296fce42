import { fold } from "../../src/core/evolve.ts";
import { EMPTY } from "../../src/core/state.ts";
import { type Figure, median } from "./figure.ts";
import { longLog } from "./long_log.ts";

const FACTS = 100_000;
const WANTED = 400_000;

/**
 * Measures how fast facts are folded into a state: the log of a long run, from the first fact to the last, median of five
 * goes after one to warm up.
 *
 * @returns one row, facts a second
 */
export function measureFold(): readonly Figure[] {
  const log = longLog(FACTS);
  const once = (): number => {
    const began = performance.now();
    const { seq } = fold(log, EMPTY);
    const took = performance.now() - began;
    if (seq !== FACTS) throw new Error(`the fold ended at fact ${seq} of ${FACTS}`);
    return took;
  };
  once();
  const ms = median(Array.from({ length: 5 }, once));
  const rate = FACTS / ms * 1_000;
  return [{
    what: `facts folded per second, a run of ${FACTS.toLocaleString("en")} facts`,
    value: `${Math.round(rate).toLocaleString("en")}/s`,
    baseline: "",
    ratio: rate,
    bound: `≥ ${WANTED.toLocaleString("en")}/s`,
    met: rate >= WANTED,
  }];
}
