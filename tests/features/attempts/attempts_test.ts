import { attemptsAt } from "../../../src/features/attempts/attempts_at.ts";
import { attemptAtWork } from "../../given/attempt_at_work.ts";
import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, checked, opening, prepared, result, settled, started, task } from "../../given/given.ts";
import { atWork, FAILING, FILES, over, planned, registry, wrote } from "../../given/given_attempt.ts";

Deno.test("a task whose checks pass already goes to review without a model", () => {
  const green = checked(planned(), [result("t: a", true), result("t: b", false)]);
  const state = atWork(green);
  assert.equal(state.tasks.list[0]?.status, "in_review");
  assert.equal(state.tasks.list[0]?.reason, "its checks pass already");
  assert.equal(state.turns.count, 0);
});

Deno.test("an attempt is a failure under the name of its verdict; documents with nothing to change are none", () => {
  const closing = (kind: "work" | "documentation", verdict: "refuted" | "empty" | "failed") => {
    const some = after(started(), { type: "tasks_planned", tasks: [task({ kind })], refused: [], by: "rules" });
    const close: Fact = { type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" };
    return after(some, close).failures.map(({ failure }) => failure);
  };
  assert.deepEqual(closing("work", "refuted"), ["refuted"]);
  assert.deepEqual(closing("work", "empty"), ["empty"]);
  assert.deepEqual(closing("documentation", "failed"), ["failed"]);
  assert.deepEqual(closing("documentation", "empty"), []);
});

Deno.test("attempts are counted from the last that helped, so that progress never ends for their number", () => {
  const two = ["t: a", "t: b"];
  let state = atWork(planned(two));
  const verdicts = [
    "refuted",
    "refuted",
    "refuted",
    "refuted",
    "kept",
    "refuted",
    "refuted",
    "refuted",
    "refuted",
  ] as const;
  for (const verdict of verdicts) state = settled(after(state, ...over(state, verdict)));
  assert.equal(attemptAtWork(state)?.number, 10, "four since the one that was kept");
  state = settled(after(state, ...over(state, "refuted")));
  assert.equal(state.tasks.list[0]?.status, "parked");
  assert.match(state.tasks.list[0]?.reason ?? "", /5 attempts after the last that helped did not do it/);
});

Deno.test("what a check writes into an attempt's own or a new file is the attempt's, what else changed meanwhile is not", () => {
  const write = (path: string, before: string | null) => ({
    path,
    before,
    after: "h",
    modeBefore: before === null ? null : 420,
    modeAfter: 420,
    createdFolders: [],
  });
  const state = prepared(atWork(planned()), FILES);
  const [turn] = Object.values(state.turns.open);
  const effect = {
    kind: "tool" as const,
    key: "k",
    turn: turn!.id,
    role: "coding",
    access: "writes" as const,
    call: { name: "rewrite_file", arguments: { path: "src/a.ts" } },
  };
  const wrote = after(
    state,
    { type: "effect_opened", effect },
    { type: "write_closed", key: "k", write: write("src/a.ts", "g"), done: true },
    {
      type: "effect_finished",
      key: "k",
      result: { kind: "tool", text: { text: "ok", chars: 2 }, outcome: null, ms: 1 },
    },
    { type: "effect_opened", effect: { kind: "check", key: "c", cause: "T1.1" } },
    {
      type: "command_closed",
      key: "c",
      writes: [write("src/a.ts", "h"), write("new.txt", null), write("mine.txt", "m")],
      excepted: [],
    },
  );
  assert.deepEqual(attemptAtWork(wrote)?.writes.map(({ path }) => path), ["src/a.ts", "src/a.ts", "new.txt"]);
  assert.ok("mine.txt" in wrote.files.byPath, "undoing the run knows it all the same");
});

Deno.test("an issue gets two attempts and is dropped then, so that a claim does not stop the run", () => {
  const issue = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task({ kind: "issue" })], refused: [], by: "review" },
    { type: "phase_changed", phase: "debugging", reason: "", by: "rules" },
  );
  let state = atWork(issue);
  for (let number = 1; number <= 2; number++) {
    assert.equal(attemptAtWork(state)?.number, number);
    state = settled(after(state, ...over(state, "refuted")));
  }
  assert.equal(attemptAtWork(state), null);
  assert.equal(state.tasks.list[0]?.status, "dropped");
  assert.match(state.tasks.list[0]?.reason ?? "", /2 attempts did not do it/);
});

Deno.test("an attempt is shown what the last two that wrote had written", () => {
  let state = atWork(planned());
  for (let number = 1; number <= 3; number++) {
    state = checked(wrote(prepared(state, FILES), "src/a.ts"), FAILING);
    state = settled(after(state, ...over(state, "refuted")));
  }
  const effect = due(state, registry, state.at).effects.find((one) => one.kind === "prepare");
  assert.deepEqual(effect?.kind === "prepare" && effect.tried?.map(({ number }) => number), [2, 3]);
});

/** The state after the checks that are due gave what they gave before. */
function refutedBy(state: State): State {
  const check = due(state, registry, state.at).effects[0];
  assert.equal(check?.kind, "check");
  return after(state, opening(check), {
    type: "effect_finished",
    key: check!.key,
    result: { kind: "check", results: FAILING, commands: [], output: { text: "", chars: 0 }, ms: 1 },
  });
}

Deno.test("the summary of an attempt that was refuted says what it changed and what the checks said", () => {
  const state = settled(refutedBy(wrote(prepared(atWork(planned()), FILES), "src/a.ts")));
  const back = due(state, registry, state.at).effects[0];
  assert.equal(back?.kind, "take_back");
  const next = settled(
    after(state, opening(back), {
      type: "effect_finished",
      key: back!.key,
      result: { kind: "take_back", restored: ["src/a.ts"], left: [] },
    }),
  );
  assert.equal(
    attemptsAt(next, "T1")[0]?.summary,
    "changed src/a.ts. still failing: t: a. the checks said: Expected 1, got 2",
  );
});

Deno.test("an attempt that found nothing to change settles an issue at once, and no work that no check proves", () => {
  const next = (kind: "work" | "issue") => {
    let state = after(
      started({}, FAILING),
      { type: "tasks_planned", tasks: [task({ kind })], refused: [], by: "review" },
      { type: "phase_changed", phase: kind === "work" ? "coding" : "debugging", reason: "", by: "rules" },
    );
    state = atWork(state);
    const [turn] = Object.values(state.turns.open);
    state = settled(after(state, { type: "turn_closed", id: turn!.id, ending: "finished", text: "All is well." }));
    return [state.tasks.list[0]?.status, attemptAtWork(state)?.number ?? null];
  };
  assert.deepEqual(next("issue"), ["dropped", null]);
  assert.deepEqual(next("work"), ["in_progress", 2]);
});

Deno.test("what the checks say of a write is told once, whatever else is told in between, and again after the next write", () => {
  const told = (state: State) => due(state, registry, state.at).facts.find((fact) => fact.type === "turn_told");
  const judged = refutedBy(wrote(prepared(atWork(planned()), FILES), "src/b.ts"));
  const first = told(judged)!;
  assert.match(first.text, /still failing|broken now/);
  const heard = after(judged, first);
  assert.equal(told(heard), undefined);
  const word = {
    ...first,
    text: "The person at the keyboard says: The checks were executed after your write.",
    about: undefined,
  };
  assert.equal(told(after(judged, word))?.about, "checks", "words of somebody else are none of the checks'");
  assert.equal(told(after(heard, word)), undefined);
  assert.equal(told(refutedBy(wrote(heard, "src/b.ts")))?.about, "checks");
});
