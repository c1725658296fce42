import { NO_WRITING } from "../../src/features/files/slice.ts";
import assert from "node:assert/strict";
import type { Place } from "../cli/fixtures/command_line.ts";
import { assertWhole, type JournalFile } from "./fixtures/journal_file.ts";
import { live, type Moment, newestJournal, numbers } from "./fixtures/lives.ts";
import { processMark } from "./fixtures/processes.ts";
import { withSample, withServers } from "./fixtures/separate_servers.ts";
import { treeOf } from "./fixtures/tree.ts";

/** Kills of the ordinary suite; `AUTONOMY_KILLS` asks for more. */
const KILLS = Number(Deno.env.get("AUTONOMY_KILLS") ?? "8");
const SEED = Number(Deno.env.get("AUTONOMY_KILLS_SEED") ?? "1");
/** Kills of one run before it is let go to its end. */
const KILLS_OF_A_RUN = 6;
/** Longest time between a fact and the kill that follows it, ms: about what a check takes. */
const MOST_DELAY_MS = 600;
const GOAL = "Make the failing tests pass";

Deno.test({
  name: "a process that is left behind would be seen",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const mark = processMark();
    const child = new Deno.Command("cat", { env: mark.environment, stdin: "piped", stdout: "null" }).spawn();
    assert.equal((await mark.alive()).length, 1);
    await child.stdin.close();
    await child.status;
    assert.deepEqual(await mark.left(), []);
  },
});

Deno.test({
  name: `a run that is killed ${KILLS} times at any moment always ends accepted, with every write done once`,
  // The look at the environment of processes needs a ps that shows it.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withServers(async (hosts) => {
      const random = numbers(SEED);
      const untouched = await unkilled(hosts);
      const met = new Map<string, number>();
      let kills = 0;
      let runs = 0;
      while (kills < KILLS) {
        const wanted = Math.min(KILLS_OF_A_RUN, KILLS - kills);
        kills += await killedRun(hosts, wanted, untouched, random, met);
        runs += 1;
      }
      if (Deno.env.has("AUTONOMY_KILLS")) {
        const figures = [...met].sort(([, a], [, b]) => b - a).map(([what, count]) => `${what} ${count}`).join(", ");
        Deno.stderr.writeSync(
          new TextEncoder().encode(`\n${kills} kills in ${runs} runs (seed ${SEED}); open at the kill: ${figures}\n`),
        );
      }
    }),
});

/** What a run leaves that nobody disturbs. */
interface Untouched {
  readonly tree: Readonly<Record<string, string>>;
  readonly facts: number;
  readonly ms: number;
}

async function unkilled(hosts: readonly string[]): Promise<Untouched> {
  let result: Untouched | null = null;
  await withSample(async (place) => {
    const lived = await live(place, hosts, ["run", GOAL, "--trust"], {}, null);
    assert.equal(lived.code, 0, lived.err);
    const journal = onlyJournal(place);
    assertWhole(journal);
    result = { tree: treeOf(place.project), facts: journal.facts.length, ms: lived.ms };
  });
  assert.ok(result !== null);
  return result;
}

/** Kills one run some times, lets it end, and holds what it left against the run that was never killed; gives the kills. */
async function killedRun(
  hosts: readonly string[],
  wanted: number,
  untouched: Untouched,
  random: () => number,
  met: Map<string, number>,
): Promise<number> {
  let kills = 0;
  await withSample(async (place) => {
    const mark = processMark();
    let before: JournalFile | null = null;
    for (;;) {
      const stored: number = before?.facts.length ?? 0;
      // Without a first fact there is no run to go on with.
      const words = stored === 0 ? ["run", GOAL, "--trust"] : ["run", "--continue"];
      const moment: Moment | null = kills < wanted ? nextMoment(untouched, stored, wanted - kills, random) : null;
      const lived = await live(place, hosts, words, mark.environment, moment);
      const where: string = `after ${kills} kills with seed ${SEED}, ${JSON.stringify(moment)}: ${lived.err}`;
      assert.deepEqual(await mark.left(), [], `processes are left behind ${where}`);
      const journal = newestJournal(place);
      if (journal === null || journal.facts.length === 0) {
        assert.ok(lived.killed, where);
        add(met, "nothing stored yet");
        kills += 1;
        continue;
      }
      if (before !== null && before.path === journal.path) {
        assert.deepEqual(journal.rows.slice(0, before.rows.length), before.rows, `stored facts changed ${where}`);
      }
      const told = Math.max(0, ...lived.lines.map(({ seq }) => Number(seq ?? 0)));
      assert.ok(told <= journal.facts.length, `fact ${told} was told and is not stored ${where}`);
      before = journal;
      if (lived.killed) {
        kills += 1;
        for (const what of openIn(journal)) add(met, what);
        continue;
      }
      assert.equal(lived.code, 0, where);
      assert.equal(lived.lines.at(-1)?.kind, "accepted", where);
      assert.equal(journal.state.run.ending?.kind, "accepted");
      assertWhole(journal);
      assert.deepEqual(treeOf(place.project), untouched.tree, where);
      return;
    }
  });
  return kills;
}

/** Chooses the next moment: anywhere in what is left of the run, so that the kills to come find something too. */
function nextMoment(untouched: Untouched, stored: number, kills: number, random: () => number): Moment {
  const left = Math.max(10, untouched.facts - stored);
  const share = random() * 1.6 / (kills + 1);
  switch (Math.floor(random() * 3)) {
    case 0: // with the fact
      return { facts: stored + 1 + Math.floor(share * left), delayMs: 0 };
    case 1: // while what the fact began is at work
      return { facts: stored + 1 + Math.floor(share * left), delayMs: random() * MOST_DELAY_MS };
    default: // by the clock alone, the start of the process included
      return { facts: 0, delayMs: share * untouched.ms };
  }
}

function onlyJournal(place: Place): JournalFile {
  const journal = newestJournal(place);
  assert.ok(journal !== null);
  return journal;
}

/** What was open when a run was killed. */
function openIn({ state }: JournalFile): string[] {
  if (state.run.ending !== null) return ["nothing: the run had ended"];
  const open = Object.values(state.effects.open);
  if (open.length === 0) return ["nothing"];
  return open.flatMap(({ effect }) => {
    const { write, command } = state.files.writing[effect.key] ?? NO_WRITING;
    return [
      effect.kind === "ask" ? `ask to ${effect.purpose}` : effect.kind,
      ...(write === null ? [] : ["a write"]),
      ...(command === null ? [] : ["a command"]),
    ];
  });
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
