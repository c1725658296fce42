import { setTimeout as pause } from "node:timers/promises";
import type { Figure } from "./figure.ts";
import { type Program, shareOf } from "./program.ts";
import { openWorkplace } from "./subjects.ts";

const SETTLING_MS = 5_000;
const WATCHED_MS = 20_000;
const MOST_PERCENT = 0.3;

/**
 * Measures what the screen of `autonomy run` writes and works while nothing runs: a run that waits for the person's answer,
 * watched for 20 s from outside.
 *
 * @returns bytes written, and the share of one core
 */
export async function measureIdle(): Promise<readonly Figure[]> {
  const workplace = await openWorkplace();
  try {
    const program = await workplace.open(false);
    try {
      return await watch(program);
    } finally {
      await program.end();
    }
  } finally {
    await workplace.close();
  }
}

async function watch(program: Program): Promise<readonly Figure[]> {
  await program.shows("trust");
  await pause(SETTLING_MS);
  const bytesBefore = program.bytes();
  const percent = await shareOf(program.pid, () => pause(WATCHED_MS));
  const bytes = program.bytes() - bytesBefore;
  return [
    {
      what: `bytes written in ${WATCHED_MS / 1_000} s while nothing runs`,
      value: `${bytes}`,
      baseline: "",
      ratio: bytes,
      bound: "0",
      met: bytes === 0,
    },
    {
      what: `share of one core in the same time`,
      value: `${percent.toFixed(2)} %`,
      baseline: "",
      ratio: percent,
      bound: `≤ ${MOST_PERCENT} %`,
      met: percent <= MOST_PERCENT,
    },
  ];
}
