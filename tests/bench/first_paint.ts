import { type Figure, median } from "./figure.ts";
import type { Program } from "./program.ts";
import { FRAME, HELLO, openHello, openWorkplace, TITLE, WHOLE } from "./subjects.ts";

const GOES = 15;
const MOST = { title: 1, frame: 1.6 };

/**
 * Measures how long `autonomy run` takes to the project in its title bar, to the whole of its first frame, and to the panes of the run,
 * against the least that Ink can show, each in a pseudo-terminal of its own, in turns; one go of each before fills the caches.
 *
 * @returns the median of the ratios of fifteen pairs
 */
export async function measureFirstPaint(): Promise<readonly Figure[]> {
  const workplace = await openWorkplace();
  try {
    const goes: { readonly paints: readonly number[]; readonly hello: number }[] = [];
    for (let go = 0; go <= GOES; go++) {
      const paints = await paintsOf(await workplace.open(true), [TITLE, WHOLE, FRAME]);
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
      figure("the same until the panes of the run stand", 2, null),
    ];
  } finally {
    await workplace.close();
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
