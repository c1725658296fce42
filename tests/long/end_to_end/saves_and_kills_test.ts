import { copySample } from "../../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { call, type Place } from "../../cli/fixtures/command_line.ts";
import { assertWhole } from "../../end_to_end/fixtures/journal_file.ts";
import { live, newestJournal, numbers } from "../../end_to_end/fixtures/lives.ts";
import { processMark } from "../../end_to_end/fixtures/processes.ts";
import { withSample, withServers } from "../../end_to_end/fixtures/separate_servers.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

/** Moments of the ordinary suite; `AUTONOMY_SAVES` asks for more. */
const SAVES = Number(Deno.env.get("AUTONOMY_SAVES") ?? "6");
const SEED = Number(Deno.env.get("AUTONOMY_KILLS_SEED") ?? "1");
/** Moments of one run. */
const SAVES_OF_A_RUN = 6;
/** Facts of a run, about. */
const FACTS = 260;
/** Files that a person writes into; the understudies write the sources whole, as they know them, whatever stands there. */
const FILES = ["README.md", "test/slug.test.js", "test/table.test.js", "notes.js"];

const GOAL = "Make the failing tests pass";

/** Adds a line of a person to a file, at its beginning or its end. */
function save(place: Place, path: string, line: string, atEnd: boolean): void {
  const file = join(place.project, path);
  const text = existsSync(file) ? Deno.readTextFileSync(file) : "";
  Deno.writeTextFileSync(file, atEnd ? `${text}${line}\n` : `${line}\n${text}`);
}

Deno.test({
  name:
    `what a person saves at ${SAVES} moments of a run, each followed by kill -9, is neither lost nor doubled, and undo leaves it alone`,
  ignore: Deno.build.os === "windows",
  fn: () =>
    withServers(async (hosts) => {
      const random = numbers(SEED);
      for (let saves = 0; saves < SAVES; saves += SAVES_OF_A_RUN) {
        await withSample(
          (place) => savedRun(place, hosts, Math.min(SAVES_OF_A_RUN, SAVES - saves), random),
          copySample,
        );
      }
    }),
});

async function savedRun(
  place: Place,
  hosts: readonly string[],
  wanted: number,
  random: () => number,
): Promise<void> {
  const mark = processMark();
  const sample = textsOf(place.project);
  const saved: { readonly path: string; readonly line: string }[] = [];
  for (let go = 0; go <= wanted; go++) {
    const stored = newestJournal(place)?.facts.length ?? 0;
    const words = stored === 0 ? ["run", GOAL, "--trust"] : ["run", "--continue"];
    const facts = stored + 1 + Math.floor(random() * (FACTS / wanted));
    const moment = go === wanted ? null : { facts, delayMs: random() * 300 };
    const path = FILES[Math.floor(random() * FILES.length)]!;
    const atEnd = random() < 0.5;
    const line = `// by hand ${go}`;
    const lived = await live(place, hosts, words, mark.environment, moment, () => {
      save(place, path, line, atEnd);
      saved.push({ path, line });
    });
    assert.deepEqual(await mark.left(), [], lived.err);
    const where = `after ${go} saves with seed ${SEED}: ${lived.err}${JSON.stringify(lived.lines.at(-1))}`;
    for (const one of saved) assert.equal(countOf(place, one), 1, `${one.line} of ${one.path} ${where}`);
    if (!lived.killed) assert.equal(lived.code, 0, where);
  }
  const journal = newestJournal(place);
  assert.ok(journal !== null);
  assertWhole(journal);
  const undone = await call(place, ["undo", "last"]);
  for (const one of saved) assert.equal(countOf(place, one), 1, `${one.line} of ${one.path} is gone with undo`);
  const { "notes.js": _theirs, ...left } = textsOf(place.project);
  assert.deepEqual(left, sample, undone.out);
}

function countOf(place: Place, { path, line }: { readonly path: string; readonly line: string }): number {
  return Deno.readTextFileSync(join(place.project, path)).split("\n").filter((one) => one === line).length;
}

/** The files of a folder without the lines of a person. */
function textsOf(root: string): Record<string, string> {
  const texts = Object.keys(treeOf(root)).map((path) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    return [path, lines.filter((line) => !line.startsWith("// by hand")).join("\n")] as const;
  });
  return Object.fromEntries(texts);
}
