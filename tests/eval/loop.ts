import process from "node:process";
import { bareLoop, type Repair } from "./bare_loop.ts";
import { crewRun, inCopy, spent, sumOf, wantedOf } from "./crew_run.ts";
import { type Bug, readBugs } from "./read_cases.ts";
import { runCheck } from "./run_check.ts";

/** What a crew may take beside the loop. */
const MOST = { tokens: 1.5, seconds: 1.5 };

/** What a crew's run came to. */
interface CrewRepair extends Repair {
  /** How it ended, as it says. */
  readonly kind: string;
}

/**
 * Measures how a crew of one model repairs small bugs beside a bare loop on the same model, server and bugs.
 *
 * @param words words of the command line
 * @returns whether the crew repairs at least as many at no more than half as much again, claims nothing false and ends accepted what is green
 * @throws {UsageError} for wrong use
 */
export async function evalLoop(words: readonly string[]): Promise<boolean> {
  const { url, hosts, model, minutes, keep, meant } = wantedOf(words, "loop");
  const bugs = meant(readBugs());
  const rows: { readonly bug: Bug; readonly loop: Repair; readonly crew: CrewRepair }[] = [];
  for (const bug of bugs) {
    const loop = await inCopy(bug.folder, (copy) => bareLoop(bug, copy, { url, model }));
    const crew = await inCopy(bug.folder, async (copy, top) => {
      const run = await crewRun(bug.goal, copy, top, { hosts, model, minutes });
      return { ...run, repaired: (await runCheck(bug.language, bug.check, [copy])).passed };
    }, keep);
    rows.push({ bug, loop, crew });
    process.stdout.write(`${bug.name.padEnd(32)} loop ${said(loop)}   crew ${said(crew)} ${crew.kind}\n`);
  }
  const [loop, crew] = [sumOf(rows.map((row) => row.loop)), sumOf(rows.map((row) => row.crew))];
  const falsely = rows.filter((row) => row.crew.kind === "accepted" && !row.crew.repaired).length;
  const unclaimed = rows.filter((row) => row.crew.kind !== "accepted" && row.crew.repaired).length;
  const ratio = { tokens: crew.tokens / loop.tokens, seconds: crew.seconds / loop.seconds };
  process.stdout.write(
    `\nof ${rows.length} bugs: loop ${loop.count} repaired, ${loop.tokens} tokens, ${loop.seconds} s; crew ${crew.count} repaired, ${crew.tokens} tokens (${
      ratio.tokens.toFixed(2)
    }×), ${crew.seconds} s (${
      ratio.seconds.toFixed(2)
    }×); claimed falsely ${falsely}, green and not accepted ${unclaimed}\n` +
      `wanted: more repaired than the loop, ≤ ${MOST.tokens}× its tokens, ≤ ${MOST.seconds}× its time, 0 and 0\n`,
  );
  return crew.count > loop.count && ratio.tokens <= MOST.tokens && ratio.seconds <= MOST.seconds &&
    falsely + unclaimed === 0;
}

function said(repair: Repair): string {
  return `${repair.repaired ? "✓" : "✗"} ${spent(repair)}`;
}
