import { withoutLongLines } from "../../../src/languages/read_output.ts";
import { withoutRuns } from "../../../src/mediate/without_runs.ts";
import type { Attack } from "./attacks.ts";

/** What the program does with texts from outside before patterns see them, by name. */
const PASSAGES = { withoutRuns, withoutLongLines };

/** Name of such a function. */
export type Passage = keyof typeof PASSAGES;

/** What a worker is to do: a pattern, and the texts that it is tried on. */
export interface Job {
  readonly source: string;
  readonly flags: string;
  readonly attacks: readonly Attack[];
  /** Longest text that it may see, in characters, for the first look and for the one that decides. */
  readonly lengths: readonly [number, number];
  /** What each text goes through before the pattern sees it. */
  readonly passes: Passage | null;
}

/** Milliseconds after which a first look is followed by the one that decides. */
const SUSPICIOUS_MS = 3;

/** Texts of one pattern that are decided on: those that took longest at the first look. */
const MOST_DECIDED = 4;

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Job>) => void) | null;
  postMessage(message: number): void;
};

/** Tries a pattern on a text, all its matches where it is asked for them. */
function tryOn({ source, flags, passes }: Job, { head, pump, tail }: Attack, length: number): void {
  const whole = head + pump.repeat(Math.max(1, Math.ceil((length - head.length) / pump.length))) + tail;
  const text = passes === null ? whole : PASSAGES[passes](whole);
  const pattern = new RegExp(source, flags);
  let left = 1_000;
  do if (pattern.exec(text) === null) return;
  else if (pattern.lastIndex === 0) return; while (pattern.global && --left > 0);
}

scope.onmessage = ({ data: job }) => {
  const [look, decides] = job.lengths;
  const times = job.attacks.map((attack, index) => {
    scope.postMessage(index);
    const began = performance.now();
    tryOn(job, attack, look);
    return { index, attack, ms: performance.now() - began };
  });
  const suspicious = times.filter(({ ms }) => ms > SUSPICIOUS_MS).sort((a, b) => b.ms - a.ms);
  for (const { index, attack } of suspicious.slice(0, MOST_DECIDED)) {
    scope.postMessage(index);
    tryOn(job, attack, decides);
  }
  scope.postMessage(-1);
};
