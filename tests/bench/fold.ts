import { EMPTY, fold } from "../../src/features/features.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { Figure } from "./figure.ts";
import { fullLog, longLog } from "./long_log.ts";

const FACTS = 100_000;
/** What is folded has to be parsed before: a fold that takes several times that is what people wait for. */
const MOST = 4;
const GOES = 9;

/**
 * Measures how fast facts are folded into a state, beside parsing the same facts, in turns, as the best of nine goes: the log of about the
 * longest run that the default bounds allow, over and over until 100,000 facts are folded; and, for comparison, one run of 100,000 facts.
 *
 * @returns the ratios, and facts a second
 */
export function measureFold(): readonly Figure[] {
  const full = fullLog();
  const ours = figureOf(full, Math.ceil(FACTS / full.length));
  return [
    {
      ...ours,
      what: `facts folded, runs of ${full.length} facts (default bounds)`,
      bound: `≤ ${MOST}×`,
      met: ours.ratio <= MOST,
    },
    {
      ...figureOf(longLog(FACTS), 1),
      what: "the same, one run of 100,000 facts with eleven times the tasks that bounds allow",
      bound: "none",
      met: null,
    },
  ];
}

function figureOf(
  log: readonly Stamped[],
  times: number,
): Pick<Figure, "value" | "baseline"> & { readonly ratio: number } {
  const lines = log.map((fact) => JSON.stringify(fact));
  let [folds, parses] = [Infinity, Infinity];
  for (let go = 0; go < GOES; go++) {
    folds = Math.min(folds, timed(times, () => fold(log, EMPTY).seq, log.length));
    parses = Math.min(parses, timed(times, () => lines.filter((line) => JSON.parse(line) !== null).length, log.length));
  }
  const perSecond = (ms: number) => `${Math.round(log.length * times / ms * 1_000).toLocaleString("en")}/s`;
  return {
    value: `${perSecond(folds)}, ${(folds / parses).toFixed(2)}× the time,`,
    baseline: `${perSecond(parses)} parsed`,
    ratio: folds / parses,
  };
}

/** Milliseconds that some goes take, each of which must come to so many facts. */
function timed(times: number, measured: () => number, count: number): number {
  const began = performance.now();
  for (let time = 0; time < times; time++) {
    const facts = measured();
    if (facts !== count) throw new Error(`${facts} facts were met of ${count}`);
  }
  return performance.now() - began;
}
