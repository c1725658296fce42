import { findTier } from "../../src/work/sandbox/tier.ts";
import type { Enclosure } from "../../src/work/sandbox/enclosure.ts";
import { supervise } from "../../src/work/supervise.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { type Figure, median } from "./figure.ts";

const GOES = 15;
const MOST_MORE_MS = 60;

/**
 * Measures how much longer a command that does nothing takes enclosed than bare, as the median of 15 goes, one after the other in turn.
 *
 * @returns the difference, ms
 */
export async function measureSandbox(): Promise<readonly Figure[]> {
  const { tier, why } = await findTier("auto");
  if (tier === "none") throw new Error(`there is no sandbox here: ${why}`);
  const bare: number[] = [];
  const inside: number[] = [];
  await inTemporaryFolder(async (folder) => {
    for (const name of ["place", "temporary"]) Deno.mkdirSync(`${folder}/${name}`);
    const enclosure: Enclosure = {
      ...{ tier, place: `${folder}/place`, project: `${folder}/place`, temporary: `${folder}/temporary` },
      ...{ shared: [], spots: [], network: false, write: [], hidden: [] },
    };
    // The first call of each finds files in no cache.
    for (let go = -1; go < GOES; go++) {
      for (const [times, around] of [[bare, undefined], [inside, enclosure]] as const) {
        const ms = await timeOf(around);
        if (go >= 0) times.push(ms);
      }
    }
  });
  const more = median(inside) - median(bare);
  return [{
    what: `a command that does nothing, enclosed (${tier}), more than bare`,
    value: `+${more.toFixed(0)} ms (${median(inside).toFixed(0)} ms)`,
    baseline: `${median(bare).toFixed(0)} ms bare`,
    ratio: more,
    bound: `≤ +${MOST_MORE_MS} ms`,
    met: more <= MOST_MORE_MS,
  }];
}

async function timeOf(enclosure: Enclosure | undefined): Promise<number> {
  const began = performance.now();
  const signal = new AbortController().signal;
  await supervise({ command: ["true"], folder: "/", timeoutMs: 60_000, signal, enclosure });
  return performance.now() - began;
}
