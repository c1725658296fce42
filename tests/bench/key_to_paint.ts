import { setTimeout as pause } from "node:timers/promises";
import { type Figure, percentile } from "./figure.ts";
import { openProgram, type Program, shareOf } from "./program.ts";
import { FRAME, openMadeUpScreen } from "./subjects.ts";

/** Most that a key may take beyond the terminal's own echo, ms. */
const MOST = { p50: 8, p99: 20 };
const MOST_PERCENT = 15;
const WATCHED_MS = 10_000;
const WARM_MS = 3_000;
const SETTLING_MS = 200;
/** Letters that no stream holds; each is typed once, so that its first sight is its paint. */
const LETTERS = letters(0x391, 0x3a1) + letters(0x3a3, 0x3c9) + letters(0x410, 0x44f) + letters(0x531, 0x556);

/**
 * Measures the time from a key to its sight in the input line, while twelve threads stream 100 tokens a second each and 50,000 lines of
 * history stand behind them: from the write to the pseudo-terminal to the piece of output with the letter, so with the way through
 * `script` and this process. What that way alone takes is measured too, by the terminal's own echo. Then what it works while nobody types.
 *
 * @returns the 50th and the 99th percentile, each less that of the echo, and the share of one core
 */
export async function measureKeyToPaint(): Promise<readonly Figure[]> {
  const echoes = await typedAt(await openProgram(["cat"]), () => Promise.resolve());
  const program = await openMadeUpScreen("load");
  let percent = 0;
  const paints = await typedAt(program, async () => {
    await program.shows(FRAME);
    await pause(WARM_MS);
    percent = await shareOf(program.pid, () => pause(WATCHED_MS));
    await program.type("i");
    await pause(SETTLING_MS);
  });
  const figures = (["p50", "p99"] as const).map((which): Figure => {
    const share = which === "p50" ? 0.5 : 0.99;
    const [paint, echo] = [percentile(paints, share), percentile(echoes, share)];
    return {
      what: `key to paint beyond the echo, twelve threads at 100 tokens/s, ${which} of ${paints.length} keys`,
      value: `${(paint - echo).toFixed(1)} ms`,
      baseline: `${echo.toFixed(1)} ms for the terminal's own echo`,
      ratio: paint - echo,
      bound: `≤ ${MOST[which]} ms`,
      met: paint - echo <= MOST[which],
    };
  });
  return [...figures, {
    what: `share of one core with twelve threads at 100 tokens/s, over ${WATCHED_MS / 1_000} s`,
    value: `${percent.toFixed(1)} %`,
    baseline: "",
    ratio: percent,
    bound: `≤ ${MOST_PERCENT} %`,
    met: percent <= MOST_PERCENT,
  }];
}

/**
 * Types letters one by one and measures when each is seen; the program is ended then.
 *
 * @param ready makes the program ready for them
 * @returns milliseconds, of each letter
 */
async function typedAt(program: Program, ready: () => Promise<void>): Promise<readonly number[]> {
  try {
    await ready();
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
