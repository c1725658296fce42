import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { median } from "../bench/figure.ts";
import { type Program, shareOf } from "../bench/program.ts";
import { FRAME, openMadeUpScreen } from "../bench/subjects.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { UsageError } from "./usage_error.ts";

/** How much larger the heap of the last third may be than that of the second: the first fills what is kept. */
const MOST_GROWTH = 1.05;
const MOST_PERCENT = 15;
/** Looks at the heap in a run, at least. */
const LEAST_LOOKS = 9;
/** After which the heap was noted once. */
const WARM_MS = 45_000;

/**
 * Watches the screen for half an hour, with twelve threads at 100 tokens a second each and 50,000 lines of history: the heap after a full
 * collection, and the share of a core.
 *
 * @param words `[--minutes 30]`
 * @returns whether the heap stays flat and the share within its bound
 */
export async function evalScreen(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options: { minutes: { type: "string", default: "30" } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new UsageError("Say how long it is watched: screen [--minutes 30].");
  let isMet = false;
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/heap`;
    const program = await openMadeUpScreen("load", file);
    try {
      isMet = await watched(program, file, minutes * 60_000);
    } finally {
      await program.end();
    }
  });
  return isMet;
}

async function watched(program: Program, file: string, ms: number): Promise<boolean> {
  await program.shows(FRAME);
  await pause(WARM_MS);
  const looks = Math.max(LEAST_LOOKS, Math.round(ms / 60_000));
  const heaps: number[] = [];
  const shares: number[] = [];
  for (let look = 1; look <= looks; look++) {
    shares.push(await shareOf(program.pid, () => pause(ms / looks)));
    heaps.push(Number((await Deno.readTextFile(file)).trimEnd().split("\n").at(-1)) / 1e6);
    process.stdout.write(
      `${look} of ${looks}: ${heaps.at(-1)!.toFixed(1)} MB of heap, ${shares.at(-1)!.toFixed(1)} % of a core\n`,
    );
  }
  const third = Math.floor(looks / 3);
  const [middle, last] = [median(heaps.slice(third, 2 * third)), median(heaps.slice(-third))];
  const share = median(shares);
  const isFlat = last <= MOST_GROWTH * middle;
  process.stdout.write(
    `${isFlat ? "met    " : "NOT MET"} heap of the last third ${last.toFixed(1)} MB, of the second ${
      middle.toFixed(1)
    } MB; bound ≤ ${MOST_GROWTH}×\n` +
      `${share <= MOST_PERCENT ? "met    " : "NOT MET"} share of a core ${
        share.toFixed(1)
      } %; bound ≤ ${MOST_PERCENT} %\n`,
  );
  return isFlat && share <= MOST_PERCENT;
}
