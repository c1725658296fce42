import { EMPTY, fold } from "../../src/features/features.ts";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { openJournal } from "../../src/run/journal.ts";
import { parseFact, unknownIn } from "../../src/plugin/built_in.ts";
import { type Figure, median } from "./figure.ts";
import { longLog } from "./long_log.ts";

const FACTS = 100_000;
const MOST = 4;
const GOES = 5;
/** Facts in one transaction; a run commits fewer, which makes no difference for reading. */
const BATCH = 1_000;
const FACTS_OF_OURS = { validate: parseFact, unknownIn };

/**
 * Measures how long a run of 100,000 facts takes to resume: reading its journal and folding it, against reading and parsing
 * the same rows bare, in turns.
 *
 * @returns the ratio of the medians of five
 */
export function measureResume(): readonly Figure[] {
  const folder = Deno.makeTempDirSync({ prefix: "autonomy_bench_" });
  try {
    const path = join(folder, "run.db");
    write(path, longLog(FACTS));
    const resumes: number[] = [];
    const reads: number[] = [];
    for (let go = 0; go < GOES; go++) {
      resumes.push(timed(() => resume(path)));
      reads.push(timed(() => readBare(path)));
    }
    const [ours, bare] = [median(resumes), median(reads)];
    return [{
      what: "resume of 100,000 facts: journal read and folded",
      value: `${ours.toFixed(0)} ms, ${(ours / bare).toFixed(2)}×,`,
      baseline: `${bare.toFixed(0)} ms to read and parse the same rows bare`,
      ratio: ours / bare,
      bound: `≤ ${MOST}×`,
      met: ours / bare <= MOST,
    }];
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function timed(measured: () => number): number {
  const began = performance.now();
  const facts = measured();
  const took = performance.now() - began;
  if (facts !== FACTS) throw new Error(`${facts} facts were read, ${FACTS} were written`);
  return took;
}

function write(path: string, log: readonly Stamped[]): void {
  const journal = openJournal<Fact>({ ...FACTS_OF_OURS, path });
  try {
    for (let from = 0; from < log.length; from += BATCH) journal.append(log.slice(from, from + BATCH), log[from]!.at);
  } finally {
    journal.close();
  }
}

function resume(path: string): number {
  const journal = openJournal<Fact>({ ...FACTS_OF_OURS, path, readOnly: true });
  try {
    return fold(journal.read(), EMPTY).seq;
  } finally {
    journal.close();
  }
}

function readBare(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    let facts = 0;
    for (const { fact } of database.prepare("SELECT seq, at, fact FROM facts ORDER BY seq").iterate()) {
      if (typeof JSON.parse(String(fact)).type === "string") facts += 1;
    }
    return facts;
  } finally {
    database.close();
  }
}
