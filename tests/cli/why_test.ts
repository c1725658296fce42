import assert from "node:assert/strict";
import { withStoredRun } from "../end_to_end/fixtures/stored_run.ts";
import { treeOf } from "../end_to_end/fixtures/tree.ts";
import { callHere } from "./fixtures/call_here.ts";
import { jsonLines } from "./fixtures/command_line.ts";

const ACCEPTED = "0.1.0/accepted";

Deno.test("why says a decision in plain words with its outcome, its tries, what was legal, the brief and the reply", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const { code, out, err } = await callHere(place, ["why", id, "D6"]);
    assert.equal(code, 0, err);
    const [head = "", ...parts] = out.split("\n\n── ");
    assert.match(
      head,
      /^── d6: T1 ▸ coding\ndecided at 2026-11-28T\S+ in the phase coding by the arbiter \(qwen2\.5:14b@fast, constrained\)\n/,
    );
    assert.match(
      head,
      /\n✓ in_review: attempt 2 by coding\n {2}T1\.1 by coding: taken back\n {2}T1\.2 by coding: kept$/,
    );
    const part = (title: string) => parts.find((one) => one.startsWith(`${title}\n`)) ?? assert.fail(title);
    assert.match(part("it could decide"), /\n▸ work on the next task +continue_current_phase/);
    assert.match(part("it could decide"), /\n {2}ask reasoning +consult_reasoning_specialist/);
    assert.match(part("the brief"), /\nGoal: Make the failing tests of this project pass\.\nPhase: coding\n/);
    assert.doesNotMatch(part("the brief"), /You are the arbiter/, "what stands before every question is left out");
    assert.match(part("the reply"), /\{"reason":"There is work in coding\."/);
  }));

Deno.test("why names what was asked before in vain, and what a person did to a decision", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const first = await callHere(place, ["why", id, "d1"]);
    assert.match(first.out, /── asked before, 1 of 1\nd1\.decide1\n[\s\S]*The reply ended inside the call/);
    const dropped = await callHere(place, ["why", id, "d4"]);
    assert.match(dropped.out, /── d4: ask interpreter: [\s\S]*\n✗ The message was dropped by person\.\n/);
  }));

Deno.test("why as JSON holds the same, and the last decision is meant where none is named", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const { out } = await callHere(place, ["why", id, "--json"]);
    const [line] = jsonLines(out);
    const { type, run, decision, asks } = line as unknown as {
      readonly type: string;
      readonly run: string;
      readonly decision: { readonly id: string; readonly words: string; readonly ok: boolean };
      readonly asks: readonly { readonly brief: string; readonly reply: string }[];
    };
    assert.deepEqual([type, run, decision.id, decision.ok], ["why", id, "d14", true]);
    assert.match(decision.words, /^finish/);
    assert.match(asks.at(-1)?.brief ?? "", /^Goal: /);
    assert.match(asks.at(-1)?.reply ?? "", /finish/);
  }));

Deno.test("why says which decisions there are where one is not, and writes nothing", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const before = treeOf(place.folder);
    const { code, err } = await callHere(place, ["why", id, "d99"]);
    assert.equal(code, 2);
    assert.match(
      err,
      new RegExp(`Run ${id} has no decision d99\\. It has d1 to d14; \`autonomy show ${id}\` lists them\\.`),
    );
    assert.deepEqual(treeOf(place.folder), before);
  }));

Deno.test("why alone is about the last decision of the newest run, and a decision without its run is told the order", () =>
  withStoredRun(ACCEPTED, async ({ place }) => {
    const alone = await callHere(place, ["why", "--all"]);
    assert.equal(alone.code, 0, alone.err);
    assert.match(alone.out, /^── d14: finish/);
    const { code, err } = await callHere(place, ["why", "D5", "--all"]);
    assert.equal(code, 2);
    assert.match(err, /D5 is a decision, and the run is named before it: autonomy why last D5\./);
  }));
