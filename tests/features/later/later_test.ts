import assert from "node:assert/strict";
import { isByYes } from "../../../src/features/protection/slice.ts";
import type { Fact } from "../../../src/features/fact.ts";
import { leftCommands } from "../../../src/features/later/left_commands.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { inline } from "../../../src/kernel/text.ts";
import { BUILT_IN } from "../../../src/plugin/built_in.ts";
import { reportOf } from "../../../src/tell/report.ts";
import { summaryLines } from "../../../src/tui/overlays/summary.ts";
import { after, opening, wished } from "../../given/given.ts";
import { atWork, planned, registry } from "../../given/given_attempt.ts";

const INSTALL = ["npm", "install", "left-pad"];
const COMMIT = ["git", "commit", "-m", "done"];

const noted = (command: string[], changes: "dependencies" | "repository"): Fact => (
  { type: "command_postponed", turn: "t1", attempt: "T1.1", command, changes }
);

/** A run whose first attempt wants two commands run, and ended so. */
function closed(verdict: "kept" | "refuted" | "empty" | "failed"): State {
  const offered: Fact = { type: "workspaces_offered", tier: "bubblewrap", why: null, network: false };
  const prove = opening({ kind: "prove", key: "run.prove" });
  const result = { kind: "prove" as const, holds: true, why: "", network: false, uncertain: [], remembered: false };
  const state = atWork(after(planned(), offered, prove, {
    type: "effect_finished",
    key: "run.prove",
    result: { ...result, ms: 1 },
  }));
  const over: Fact = { type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" };
  return after(
    state,
    noted(INSTALL, "dependencies"),
    noted(COMMIT, "repository"),
    noted(INSTALL, "dependencies"),
    over,
  );
}

const owed = (state: State) => due(state, registry, state.at);

/** The state once the person was asked and answered. */
function answered(state: State, approved: boolean): State {
  const asked = after(state, ...owed(state).facts);
  return wished(asked, { kind: "answer", question: asked.people.questions[0]!.id, approved, text: "" });
}

/** The state once the next command is at work. */
function running(state: State): State {
  const [effect, ...others] = owed(state).effects;
  assert.deepEqual([effect?.kind, others], ["later", []]);
  return after(state, opening(effect));
}

/** The state once the command at work ended so. */
function ended(state: State, why: string): State {
  const { effect } = Object.values(state.effects.open).find((one) => one.effect.kind === "later")!;
  assert.ok(effect.kind === "later");
  const result = { kind: "later" as const, command: effect.command, why, output: inline(""), ms: 1 };
  return after(state, { type: "effect_finished", key: effect.key, result });
}

Deno.test("the commands of a kept attempt are asked for once, each once, and nothing else goes on until they are answered", () => {
  const asked = owed(closed("kept"));
  assert.deepEqual(asked.facts.map(({ type }) => type), ["question_asked"]);
  const [question] = asked.facts;
  assert.ok(question?.type === "question_asked");
  assert.match(
    question.shows?.text ?? "",
    /^runs {5}npm install left-pad\nruns {5}git commit -m done\nin {7}\S+\nat most {2}900 s each$/,
  );
  const waiting = owed(after(closed("kept"), question));
  assert.deepEqual([waiting.facts, waiting.effects], [[], []]);
});

Deno.test("commands of an attempt that was refuted or failed are dropped; one that wrote nothing may have been about them alone", () => {
  for (const verdict of ["refuted", "failed"] as const) {
    assert.deepEqual(closed(verdict).later, { noted: {}, waiting: [], left: [], done: [], isUnchecked: false });
  }
  assert.equal(closed("empty").later.waiting.length, 1);
});

Deno.test("with a yes they run one after the other; then copies are proven once more, and the checks executed", () => {
  let state = ended(running(answered(closed("kept"), true)), "");
  assert.deepEqual([state.checks.stale, state.workspaces.isOld], [true, true]);
  state = ended(running(state), "");
  assert.deepEqual(state.later.done, ["T1.1"]);
  const [prove] = owed(state).effects;
  assert.ok(prove?.kind === "prove" && prove.again === true);
  const result = { kind: "prove" as const, holds: true, why: "", network: false, uncertain: [], remembered: false };
  state = after(state, opening(prove), { type: "effect_finished", key: prove.key, result: { ...result, ms: 1 } });
  const [check] = owed(state).effects;
  assert.equal(check?.kind, "check");
  const round = { kind: "check" as const, results: [], commands: [], output: inline(""), ms: 1 };
  state = after(state, opening(check), { type: "effect_finished", key: check!.key, result: round });
  assert.deepEqual([state.later.isUnchecked, state.checks.stale], [false, false]);
});

Deno.test("a command of version control makes no result stale, and no copy is proven anew for it", () => {
  const [first] = closed("kept").later.waiting;
  const only = { ...first!, commands: first!.commands.slice(1) };
  const state = closed("kept");
  const ran = ended(running(answered({ ...state, later: { ...state.later, waiting: [only] } }, true)), "");
  assert.deepEqual([ran.checks.stale, ran.workspaces.isOld, ran.later.waiting], [false, false, []]);
});

Deno.test("one that failed, was cancelled, or whose end nobody knows stops those behind it, and is not run again", () => {
  const at = running(answered(closed("kept"), true));
  const [key] = Object.keys(at.effects.open).filter((one) => one.includes(".later"));
  const cases: readonly [State, string][] = [
    [ended(at, "exit code 1"), "exit code 1"],
    [after(at, { type: "effect_cancelled", key: key!, by: "the person", ms: 1 }), "cancelled by the person"],
    [after(at, { type: "effect_unknown", key: key!, text: "Nobody knows." }), "Nobody knows."],
  ];
  for (const [state, why] of cases) {
    assert.deepEqual(leftCommands(state), [
      { command: "npm install left-pad", why },
      { command: "git commit -m done", why: "" },
    ]);
    assert.ok(owed(state).effects.every(({ kind }) => kind !== "later"));
    assert.equal(state.checks.stale, true, "it may have done a part");
  }
});

Deno.test("with a no, and without a person, nothing runs: the report and the screen name what is left", () => {
  const state = closed("kept");
  const headless: State = { ...state, run: { ...state.run, info: { ...state.run.info!, headless: true } } };
  assert.ok(owed(headless).facts.every(({ type }) => type !== "question_asked"));
  for (const one of [headless, answered(state, false)]) {
    assert.ok(owed(one).effects.every(({ kind }) => kind !== "later"));
    assert.deepEqual(leftCommands(one).map(({ command }) => command), ["npm install left-pad", "git commit -m done"]);
    const over = after(one, { type: "run_ended", kind: "accepted", cause: "done" });
    const project = over.run.info!.project;
    const facts = [{ type: "run_paused" as const, seq: 1, at: 1 }];
    const report = reportOf({ id: "r1", state: over, facts, messages: [] }, BUILT_IN, "autonomy");
    assert.ok(
      report.includes(`Left for you to run in ${project}\n  npm install left-pad\n  git commit -m done`),
      report,
    );
    const screen = summaryLines(over, 90).map((line) => line.map(({ text }) => text).join("")).join("\n");
    assert.ok(screen.includes(`Left for you to run in ${project}\nnpm install left-pad\ngit commit -m done`), screen);
  }
});

Deno.test("what a command writes that the person let run is theirs: it judges as it stands, and belongs to no attempt", () => {
  const at = running(answered(closed("kept"), true));
  const [key] = Object.keys(at.effects.open).filter((one) => one.includes(".later"));
  const write = { path: "package.json", before: "1", after: "2", modeBefore: 420, modeAfter: 420, createdFolders: [] };
  const state = after(at, { type: "command_closed", key: key!, writes: [write], excepted: [] });
  assert.deepEqual(state.files.byPath["package.json"], { original: "1", current: "2" }, "undo takes it back");
  assert.deepEqual(state.protection.byYes, { "package.json": "2" });
  assert.equal(isByYes(state.protection, "package.json", { hash: "2" }), true);
  assert.equal(isByYes(state.protection, "package.json", { hash: "3" }), false, "somebody else changed it since");
  assert.equal(isByYes(state.protection, "other.json", null), false);
  assert.equal(state.checks.stale, true);
});
