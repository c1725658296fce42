import process from "node:process";
import type { Repair } from "./bare_loop.ts";
import { bareWish } from "./bare_wish.ts";
import { crewRun, inCopy, spent, sumOf, wantedOf } from "./crew_run.ts";
import { isUnsolvable, readWishes, type Wish } from "./read_cases.ts";
import { runCheck } from "./run_check.ts";

/** Tokens that a crew may take beside the loop. */
const MOST_TOKENS = 2;

interface Row {
  readonly wish: Wish;
  readonly loop: Repair;
  readonly crew: Repair & { readonly kind: string };
}

/**
 * Measures how a crew of one real model fulfils small wishes, by hidden tests, beside a bare loop that is told the wish and sees the files
 * and the visible tests.
 *
 * @param words words of the command line
 * @returns whether the crew fulfils more wishes at no more than twice the tokens and ends none accepted that it did not fulfil
 * @throws {UsageError} for wrong use
 */
export async function evalWishes(words: readonly string[]): Promise<boolean> {
  const { url, hosts, model, minutes, keep, meant } = wantedOf(words, "wishes");
  const wishes = meant(readWishes());
  const rows: Row[] = [];
  for (const wish of wishes) {
    const loop = await inCopy(wish.folder, async (copy) => ({
      ...await bareWish(wish, copy, { url, model }),
      repaired: await holds(wish, copy),
    }));
    const crew = await inCopy(wish.folder, async (copy, top) => {
      const run = await crewRun(wish.wish, copy, top, { hosts, model, minutes, flags: ["--accept-tests"] });
      return { ...run, repaired: await holds(wish, copy) };
    }, keep);
    rows.push({ wish, loop, crew });
    process.stdout.write(`${wish.name.padEnd(22)} loop ${said(loop)}   crew ${said(crew)} ${crew.kind}\n`);
  }
  return report(rows);
}

/** Whether the hidden tests pass in a project, without those that stand there. */
async function holds({ language, hidden, folder }: Wish, copy: string): Promise<boolean> {
  return (await runCheck(language, hidden, [copy, `${folder}/hidden`])).passed;
}

/** A wish that cannot be fulfilled is accepted wrongly however its tests stand, but for a vague one that harms nothing. */
function isWronglyAccepted({ wish, crew }: Row): boolean {
  return crew.kind === "accepted" && (!crew.repaired || wish.kind === "impossible");
}

function report(rows: readonly Row[]): boolean {
  const solvable = rows.filter(({ wish }) => !isUnsolvable(wish));
  const [loop, crew] = [sumOf(solvable.map((row) => row.loop)), sumOf(solvable.map((row) => row.crew))];
  const wrongly = rows.filter(isWronglyAccepted).length;
  const accepted = solvable.filter((row) => row.crew.kind === "accepted").length;
  const kept = rows.filter(({ wish, crew }) => isUnsolvable(wish) && crew.repaired).length;
  const ratio = crew.tokens / loop.tokens;
  process.stdout.write(
    `\nof ${solvable.length} wishes: loop ${loop.count} fulfilled, ${loop.tokens} tokens, ${loop.seconds} s; crew ${crew.count} fulfilled, ${accepted} accepted, ${crew.tokens} tokens (${
      ratio.toFixed(2)
    }×), ${crew.seconds} s\nof ${
      rows.length - solvable.length
    } that cannot be fulfilled: ${kept} left as they were; accepted wrongly, of all: ${wrongly}\n` +
      `wanted: more fulfilled than the loop, ≤ ${MOST_TOKENS}× its tokens, 0 accepted wrongly\n`,
  );
  return crew.count > loop.count && ratio <= MOST_TOKENS && wrongly === 0;
}

function said(repair: Repair): string {
  return `${repair.repaired ? "✓" : "✗"} ${spent(repair)}`;
}
