import { setTimeout as pause } from "node:timers/promises";
import { type Figure, median } from "./figure.ts";
import { outputOf, type Program } from "./program.ts";
import { FRAME, HELLO, openHello, openWorkplace } from "./subjects.ts";

const WATCHED_MS = 15_000;
const PAUSE_MS = 1_000;
const MOST_MEGABYTES = 80;
/** The collector leaves some megabytes more or less at the moment of a look. */
const GOES = 3;

/**
 * Measures the memory of the screen of `autonomy run` at work, as the largest of the resident set sizes of 15 s, against that of
 * the least that Ink can show.
 *
 * @returns the difference of the medians of three
 */
export async function measureMemory(): Promise<readonly Figure[]> {
  const hellos: number[] = [];
  const screens: number[] = [];
  const workplace = await openWorkplace();
  try {
    for (let go = 0; go < GOES; go++) {
      hellos.push(await largest(await openHello(), HELLO, 3 * PAUSE_MS));
      screens.push(await largest(await workplace.open(true), FRAME, WATCHED_MS));
    }
    const [hello, screen] = [median(hellos), median(screens)];
    const more = screen - hello;
    return [{
      what: `memory of \`autonomy run\` at work, largest of ${WATCHED_MS / 1_000} s, median of ${GOES}`,
      value: `${screen.toFixed(0)} MB, ${more.toFixed(0)} MB more,`,
      baseline: `${hello.toFixed(0)} MB for hello-Ink`,
      ratio: more,
      bound: `≤ hello-Ink + ${MOST_MEGABYTES} MB`,
      met: more <= MOST_MEGABYTES,
    }];
  } finally {
    await workplace.close();
  }
}

/** Largest resident set size of a program once it shows a text, in megabytes. */
async function largest(program: Program, text: string, watchedMs: number): Promise<number> {
  try {
    await program.shows(text);
    let most = 0;
    const until = performance.now() + watchedMs;
    while (performance.now() < until) {
      most = Math.max(most, Number(await outputOf("ps", "-o", "rss=", "-p", String(program.pid))) / 1_000);
      await pause(PAUSE_MS);
    }
    return most;
  } finally {
    await program.end();
  }
}
