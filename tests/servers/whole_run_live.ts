import { EMPTY, fold } from "../../src/features/features.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { openJournal } from "../../src/run/journal.ts";
import { openRunStore } from "../../src/run/run_store.ts";
import { serverOf } from "./addresses.ts";
import { taskFlags } from "./task_flags.ts";

const root = join(import.meta.dirname ?? ".", "..", "..");

/** Most time of the whole run in milliseconds: a minute more than it allows itself. */
const RUN_MS = 3 * 60_000;

/** Most time of a command that only reads or restores, in milliseconds. */
const LOOK_MS = 60_000;

/** Asks of models that the run may make. */
const MOST_TURNS = 30;

/** Endings of a run whose model cannot do the work, with their exit codes. */
const EXPECTED: Readonly<Record<string, number>> = { failed: 1, partial: 3, budget: 5 };

/** Facts that close an effect. */
const CLOSING = ["effect_finished", "effect_failed", "effect_refused", "effect_cancelled", "effect_unknown"];

/** Runs the program as a person does. */
async function autonomy(words: readonly string[], state: string, boundMs: number) {
  const flags = await taskFlags("start", root);
  const { code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, join(root, "main.ts"), ...words],
    cwd: root,
    env: { AUTONOMY_STATE_HOME: state, XDG_CONFIG_HOME: join(state, "config") },
    stdin: "null",
    signal: AbortSignal.timeout(boundMs),
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stderr);
  assert.equal(signal, null, `autonomy ${words[0]} took longer than ${boundMs} ms. It said:\n${said}`);
  return { code, stdout: decoder.decode(stdout), stderr: said };
}

/** Reads all files of a project, by path. */
async function filesIn(folder: string, under = ""): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for await (const entry of Deno.readDir(join(folder, under))) {
    const path = join(under, entry.name);
    if (entry.name === ".git") continue;
    if (entry.isDirectory) Object.assign(files, await filesIn(folder, path));
    else files[path] = await Deno.readTextFile(join(folder, path));
  }
  return files;
}

/** Reads a stored run without writing. */
function factsOf(path: string): readonly Stamped[] {
  const journal = openJournal<Fact>({ path, readOnly: true, validate: parseFact });
  try {
    return [...journal.read()];
  } finally {
    journal.close();
  }
}

Deno.test("a run with a model that cannot do the work ends by itself, with a named cause and a whole journal", async () => {
  const project = await copySample();
  const state = await Deno.makeTempDir({ prefix: "autonomy-state-" });
  try {
    const before = await filesIn(project);
    const host = `local=${serverOf("smollm2").url}`;
    const bounds = ["--max-turns", String(MOST_TURNS), "--timeout", "2m"];
    const words = ["-C", project, "--host", host, "--model", "smollm2", "--headless", "--trust", "--json", ...bounds];
    const ran = await autonomy(["run", "Make the failing tests pass", ...words], state, RUN_MS);

    const lines = ran.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const result = lines.at(-1);
    assert.ok(lines.every((line) => line.version === 1 && typeof line.type === "string"), ran.stdout);
    assert.equal(result.type, "result", ran.stderr);
    assert.deepEqual([result.exit, ran.code], [EXPECTED[result.kind], EXPECTED[result.kind]], ran.stderr);
    assert.match(result.cause, /\S/);

    const stored = openRunStore(state).list();
    assert.deepEqual(stored.map(({ id }) => id), [result.run]);
    const facts = factsOf(stored[0]?.path ?? "");
    for (const { seq: _seq, at: _at, ...fact } of facts) assert.deepEqual(parseFact(fact), fact);
    const opened = facts.flatMap((fact) => fact.type === "effect_opened" ? [fact.effect.key] : []);
    const closed = facts.flatMap((fact) => CLOSING.includes(fact.type) && "key" in fact ? [fact.key] : []);
    assert.deepEqual([...closed].sort(), [...opened].sort(), "each effect closes exactly once");
    const end = fold(facts, EMPTY);
    assert.deepEqual(end.effects.open, {});
    assert.deepEqual([end.run.ending?.kind, end.run.ending?.cause], [result.kind, result.cause]);
    assert.ok(end.spending.run.turns >= 1 && end.spending.run.turns <= MOST_TURNS, `${end.spending.run.turns} asks`);
    assert.equal(end.spending.run.reserved, 0, "nothing stays reserved");

    const shown = await autonomy(["show", result.run], state, LOOK_MS);
    assert.equal(shown.code, 0, shown.stderr);
    assert.ok(shown.stdout.includes(result.kind) && shown.stdout.includes(result.cause), shown.stdout);
    const [turn] = facts.flatMap((fact) => fact.type === "turn_opened" ? [fact.id] : []);
    const first = await autonomy(["show", result.run, String(turn)], state, LOOK_MS);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /smollm2 on local/);
    await Deno.stderr.write(new TextEncoder().encode(`\n${shown.stdout}\n`));

    const undone = await autonomy(["undo", result.run], state, LOOK_MS);
    assert.equal(undone.code, 0, undone.stderr);
    assert.deepEqual(await filesIn(project), before, "undo puts every file back");
  } finally {
    await Deno.remove(project, { recursive: true });
    await Deno.remove(state, { recursive: true });
  }
});
