import { attemptAtWork } from "../../src/features/attempts/slice.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import type { State } from "../../src/features/state.ts";
import { after, checked, prepared, settled, started, task } from "../given/given.ts";
import { atWork, FAILING, FILES, over, planned, registry, WRITTEN, wrote } from "../given/given_attempt.ts";

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

Deno.test("from the third attempt on others that act in the phase and may write have their turn, twice each", () => {
  let state = atWork(planned());
  const roles: (string | undefined)[] = [];
  for (let open = attemptAtWork(state); open !== null; open = attemptAtWork(state)) {
    roles.push(open.role);
    state = settled(after(state, ...over(state, "refuted")));
  }
  assert.deepEqual(roles, ["coding", "coding", "analysis", "analysis", "coding"]);
});

Deno.test("a parked task that returns is tried warm with a new seed: its first guess was made", () => {
  let state = atWork(planned());
  const first = attemptAtWork(state)!;
  while (attemptAtWork(state) !== null) state = settled(after(state, ...over(state, "refuted")));
  const other = { ...WRITTEN, path: "src/b.ts" };
  const changed = after(
    state,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key: "w",
        turn: "t0",
        role: "coding",
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "src/b.ts" } },
      },
    },
    { type: "write_closed", key: "w", write: other, done: true },
    {
      type: "effect_finished",
      key: "w",
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
    { type: "phase_changed", phase: "debugging", reason: "", by: "rules" },
  );
  const again = attemptAtWork(atWork(checked(changed, FAILING)))!;
  assert.deepEqual([first.temperature, again.temperature, again.number], [0, 0.8, 6]);
  assert.notEqual(again.seed, first.seed);
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
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(check)) }, {
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
    after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(back)) }, {
      type: "effect_finished",
      key: back!.key,
      result: { kind: "take_back", restored: ["src/a.ts"], left: [] },
    }),
  );
  assert.equal(
    next.attempts.past.T1?.[0]?.summary,
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

Deno.test("a write to the task's file that the checks refute ends the attempt, one to another file is told to the model", () => {
  const next = (path: string) => {
    const judged = refutedBy(wrote(prepared(atWork(planned()), FILES), path));
    return due(judged, registry, judged.at).facts[0]?.type;
  };
  assert.equal(next("src/a.ts"), "turn_closed");
  assert.equal(next("src/b.ts"), "turn_told");
});
