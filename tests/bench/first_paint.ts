import { fileURLToPath } from "node:url";
import { bundle } from "../../build/bundle.ts";
import { type Figure, median } from "./figure.ts";
import type { Program } from "./program.ts";
import { BEGUN, FRAME, HELLO, openHello, openWorkplace, TITLE, WHOLE } from "./subjects.ts";

const GOES = 15;
const MOST = { title: 1, frame: 1.5, panes: 2.5 };

/**
 * Measures how long the installed `autonomy run` takes to the project in its title bar, to the whole of its first frame, to the panes of the
 * run, and to its first work, against the least that Ink can show, each in a pseudo-terminal of its own, in turns; one go of each before fills
 * the caches.
 *
 * @returns the median of the ratios of fifteen pairs
 */
export async function measureFirstPaint(): Promise<readonly Figure[]> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_bench_" });
  const bundled = `${folder}/program`;
  await bundle(fileURLToPath(new URL("../..", import.meta.url)), bundled);
  const workplace = await openWorkplace(bundled);
  try {
    const goes: { readonly paints: readonly number[]; readonly hello: number }[] = [];
    for (let go = 0; go <= GOES; go++) {
      const paints = await paintsOf(await workplace.open(true), [TITLE, WHOLE, FRAME, BEGUN]);
      const [hello] = await paintsOf(await openHello(), [HELLO]);
      if (go > 0) goes.push({ paints, hello: hello! });
    }
    const baseline = `${median(goes.map(({ hello }) => hello)).toFixed(0)} ms for hello-Ink`;
    const figure = (what: string, paint: number, most: number | null): Figure => {
      // Each beside its neighbour: a machine that is shared is slow for seconds at a time.
      const ratio = median(goes.map(({ paints, hello }) => paints[paint]! / hello));
      return {
        what,
        value: `${median(goes.map(({ paints }) => paints[paint]!)).toFixed(0)} ms, ${ratio.toFixed(2)}×,`,
        baseline,
        ratio,
        bound: most === null ? "none" : `≤ ${most}×`,
        met: most === null ? null : ratio <= most,
      };
    };
    return [
      figure("first paint of `autonomy run`, from the start of its process to its title", 0, MOST.title),
      figure("the same until the whole of its first frame stands", 1, MOST.frame),
      figure("the same until the panes of the run stand, while its hosts are asked", 2, MOST.panes),
      figure("the same until the run has begun and is at work", 3, null),
    ];
  } finally {
    await workplace.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Milliseconds until each of some texts is shown, in this order. */
async function paintsOf(program: Program, texts: readonly string[]): Promise<readonly number[]> {
  try {
    const paints: number[] = [];
    for (const text of texts) paints.push(await program.shows(text) - program.began);
    return paints;
  } finally {
    await program.end();
  }
}
