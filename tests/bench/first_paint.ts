import { type Figure, median } from "./figure.ts";
import type { Program } from "./program.ts";
import { FRAME, HELLO, openHello, openWorkplace, TITLE, WHOLE } from "./subjects.ts";

const GOES = 7;
const MOST = { title: 1, frame: 1.6 };

/**
 * Measures how long `autonomy run` takes to the project in its title bar, to the whole of its first frame, and to the panes of the run,
 * against the least that Ink can show, each in a pseudo-terminal of its own, in turns; one go of each before fills the caches.
 *
 * @returns the ratio of the medians of seven
 */
export async function measureFirstPaint(): Promise<readonly Figure[]> {
  const workplace = await openWorkplace();
  try {
    const titles: number[] = [];
    const frames: number[] = [];
    const panes: number[] = [];
    const hellos: number[] = [];
    for (let go = 0; go <= GOES; go++) {
      const [title, frame, pane] = await paintsOf(await workplace.open(true), [TITLE, WHOLE, FRAME]);
      const [hello] = await paintsOf(await openHello(), [HELLO]);
      if (go === 0) continue;
      titles.push(title!);
      frames.push(frame!);
      panes.push(pane!);
      hellos.push(hello!);
    }
    const floor = median(hellos);
    const baseline = `${floor.toFixed(0)} ms for hello-Ink`;
    const [title, frame, pane] = [median(titles), median(frames), median(panes)];
    return [
      {
        what: "first paint of `autonomy run`, from the start of its process to its title",
        value: `${title.toFixed(0)} ms, ${(title / floor).toFixed(2)}×,`,
        baseline,
        ratio: title / floor,
        bound: `≤ ${MOST.title}×`,
        met: title / floor <= MOST.title,
      },
      {
        what: "the same until the whole of its first frame stands",
        value: `${frame.toFixed(0)} ms, ${(frame / floor).toFixed(2)}×,`,
        baseline,
        ratio: frame / floor,
        bound: `≤ ${MOST.frame}×`,
        met: frame / floor <= MOST.frame,
      },
      {
        what: "the same until the panes of the run stand",
        value: `${pane.toFixed(0)} ms, ${(pane / floor).toFixed(2)}×,`,
        baseline,
        ratio: pane / floor,
        bound: "none",
        met: null,
      },
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
