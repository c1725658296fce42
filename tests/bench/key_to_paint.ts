import { setTimeout as pause } from "node:timers/promises";
import { type Figure, percentile } from "./figure.ts";
import { openProgram, type Program } from "./program.ts";
import { FRAME, openMadeUpScreen } from "./subjects.ts";

const MOST_MS = 25;
const WARM_MS = 3_000;
const SETTLING_MS = 200;
/** Letters that no stream holds; each is typed once, so that its first sight is its paint. */
const LETTERS = letters(0x391, 0x3a1) + letters(0x3a3, 0x3c9) + letters(0x410, 0x44f) + letters(0x531, 0x556);

/**
 * Measures the time from a key to its sight in the input line, while six threads stream 100 tokens a second each: from the
 * write to the pseudo-terminal to the piece of output with the letter, so with the way through `script` and this process.
 * What that way alone takes is measured too, by the terminal's own echo.
 *
 * @returns the 99th percentile
 */
export async function measureKeyToPaint(): Promise<readonly Figure[]> {
  const echoes = await typed(await openProgram(["cat"]), () => Promise.resolve());
  const paints = await typed(await openMadeUpScreen("load"), async (program) => {
    await program.shows(FRAME);
    await pause(WARM_MS);
    await program.type("i");
    await pause(SETTLING_MS);
  });
  const worst = percentile(paints, 0.99);
  return [{
    what: `key to paint with six threads at 100 tokens/s, p99 of ${paints.length} keys`,
    value: `${worst.toFixed(1)} ms (p50 ${percentile(paints, 0.5).toFixed(1)} ms)`,
    baseline: `${percentile(echoes, 0.99).toFixed(1)} ms for the terminal's own echo (p50 ${
      percentile(echoes, 0.5).toFixed(1)
    } ms)`,
    ratio: worst,
    bound: `≤ ${MOST_MS} ms`,
    met: worst <= MOST_MS,
  }];
}

/** Types the letters one by one and measures when each is seen, in milliseconds. */
async function typed(program: Program, ready: (program: Program) => Promise<void>): Promise<readonly number[]> {
  try {
    await ready(program);
    const took: number[] = [];
    for (const [index, letter] of [...LETTERS].entries()) {
      const began = performance.now();
      await program.type(letter);
      took.push(await program.shows(letter) - began);
      // Uneven pauses, so that keys fall on all moments between two paints.
      await pause(40 + index * 37 % 61);
    }
    return took;
  } finally {
    await program.end();
  }
}

function letters(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");
}
