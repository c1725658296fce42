import { EMPTY, fold } from "../../src/features/features.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { Figure } from "./figure.ts";
import { fullLog, longLog } from "./long_log.ts";

const FACTS = 100_000;
const WANTED = 400_000;
const GOES = 9;

/**
 * Measures how fast facts are folded into a state, as the best of nine goes: the log of about the longest run that the default
 * bounds allow, over and over until 100,000 facts are folded; and, for comparison, one run of 100,000 facts.
 *
 * @returns facts a second
 */
export function measureFold(): readonly Figure[] {
  const full = fullLog();
  const rate = bestRate(full, Math.ceil(FACTS / full.length));
  const long = bestRate(longLog(FACTS), 1);
  return [
    {
      what: `facts folded per second, runs of ${full.length} facts (default bounds)`,
      value: perSecond(rate),
      baseline: "",
      ratio: rate,
      bound: `≥ ${perSecond(WANTED)}`,
      met: rate >= WANTED,
    },
    {
      what: "the same, one run of 100,000 facts with eleven times the tasks that bounds allow",
      value: perSecond(long),
      baseline: "",
      ratio: long,
      bound: "none",
      met: null,
    },
  ];
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString("en")}/s`;
}

function bestRate(log: readonly Stamped[], times: number): number {
  let best = 0;
  for (let go = 0; go < GOES; go++) {
    const began = performance.now();
    for (let time = 0; time < times; time++) {
      const { seq } = fold(log, EMPTY);
      if (seq !== log.length) throw new Error(`the fold ended at fact ${seq} of ${log.length}`);
    }
    best = Math.max(best, log.length * times / (performance.now() - began) * 1_000);
  }
  return best;
}
