import { attemptsAt } from "../../src/features/attempts/attempts_at.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { CheckFact } from "../../src/effects/check/check_effect.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { nextWorkspace, placeOf } from "../../src/features/workspaces/place_of.ts";
import { inline } from "../../src/kernel/text.ts";
import { after, result, started, task } from "../given/given.ts";
import { writeFact } from "./disk.ts";

/** How an attempt goes. */
type Course = "kept" | "refuted" | "moved" | "agreed" | "declined";

const COURSES: readonly Course[] = ["kept", "refuted", "moved", "agreed", "declined"];

/** The same file is written by all of them: only their workspaces keep them apart. */
const SHARED = "src/a.ts";

function begun(count: number): State {
  const ids = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  return after(
    started({}, [result("a", false)]),
    { type: "workspaces_offered", tier: "bubblewrap", why: null, network: false },
    ...done({ kind: "prove", key: "run.prove" }, {
      kind: "prove",
      ...{ holds: true, why: "", network: false, uncertain: [], remembered: false, ms: 1 },
    }),
    { type: "tasks_planned", tasks: ids.map((id) => task({ id, status: "ready" })), refused: [], by: "rules" },
  );
}

function done(
  effect: Extract<Fact, { type: "effect_opened" }>["effect"],
  gave: Extract<Fact, { type: "effect_finished" }>["result"],
  ...meanwhile: readonly Fact[]
): Fact[] {
  return [{ type: "effect_opened", effect }, ...meanwhile, { type: "effect_finished", key: effect.key, result: gave }];
}

function verdict(name: string, number: number, passes: boolean, more: object = {}): Fact[] {
  const results: CheckFact[] = [result("a", passes, [], `of ${name}`)];
  const round = { kind: "check" as const, results, commands: ["npm test"], output: inline(""), ms: 1 };
  const effect = { kind: "check" as const, key: `${name}.check${number}`, cause: name };
  return done(effect, { ...round, base: `base${number} of ${name}`, ...more });
}

/** Facts of one attempt from its beginning to its end, in a workspace. */
function factsOf(index: number, course: Course): Fact[] {
  const [id, workspace, turn] = [`T${index}`, `w${index}`, `t${index}`];
  const name = `${id}.1`;
  const own = `src/${id}.ts`;
  const inCopy = (path: string, number: number): Fact[] => {
    const write = writeFact(path, null, `${path} by ${id}`);
    const key = `${turn}.call${number}`;
    const call = { name: "rewrite_file", arguments: { path } };
    return done(
      { kind: "tool", key, turn, role: `role${index}`, access: "writes", call },
      { kind: "tool", text: inline("Written."), outcome: null, ms: 1 },
      { type: "write_opened", key, write, workspace },
      { type: "write_closed", key, write, done: true, workspace },
    );
  };
  const brought = (number: number, moved: string[]): Fact[] => {
    const key = `${name}.apply${number}`;
    const write = writeFact(own, null, `${own} by ${id}`);
    const facts: Fact[] = moved.length > 0
      ? []
      : [{ type: "write_opened", key, write }, { type: "write_closed", key, write, done: true }];
    return done({ kind: "apply", key, attempt: name }, {
      kind: "apply",
      applied: moved.length > 0 ? [] : [own],
      moved,
    }, ...facts);
  };
  const merged = [{ path: SHARED, original: "theirs", current: `both by ${id}`, mode: null }];
  const closed = (kind: "kept" | "refuted"): Fact => ({
    type: "attempt_closed",
    ...{ task: id, number: 1, verdict: kind, passed: [], broke: [], summary: name },
  });
  const back = done({ kind: "take_back", key: `${name}.take_back`, attempt: name }, {
    kind: "take_back",
    restored: [],
    left: [],
  }, { type: "command_closed", key: `${name}.take_back`, writes: [], excepted: [] });
  const question = `conflict.${name}`;
  const conflict: Fact[] = [
    {
      type: "attempt_conflicted",
      ...{ task: id, number: 1, theirs: { [SHARED]: "theirs" }, shows: inline("-a") },
    },
    { type: "question_asked", id: question, kind: "call", text: "Whose?", context: "", turn: null },
    { type: "question_answered", id: question, approved: course === "agreed", text: "" },
  ];
  const ends: Readonly<Record<Course, Fact[]>> = {
    kept: [...verdict(name, 1, true), ...brought(1, []), closed("kept")],
    refuted: [...verdict(name, 1, false), ...back, closed("refuted")],
    moved: [
      ...verdict(name, 1, true),
      ...brought(1, ["other.ts"]),
      ...verdict(name, 2, true, { merged }),
      ...brought(2, []),
      closed("kept"),
    ],
    agreed: [...conflict, ...verdict(name, 1, true, { merged }), ...brought(1, []), closed("kept")],
    declined: [...conflict, ...back, closed("refuted")],
  };
  return [
    { type: "attempt_opened", task: id, number: 1, role: `role${index}`, temperature: 0, seed: 1, workspace },
    {
      type: "turn_opened",
      ...{ id: turn, role: `role${index}`, message: "m0", purpose: "work", tools: [], temperature: 0, seed: 1 },
      ...{ decision: `d${index}`, attempt: name },
    },
    ...inCopy(SHARED, 1),
    ...verdict(turn, 0, false),
    ...inCopy(own, 2),
    { type: "turn_closed", id: turn, ending: "finished", text: `said by ${id}` },
    ...ends[course],
  ];
}

/** What a state knows of one attempt, but for how the project stood when it began. */
function knownOf({ attempts, files, turns, evidence }: State, index: number) {
  const { keptBefore: _kept, before: _before, ...attempt } = attempts.open[`T${index}.1`] ?? {};
  const { message: _message, ...turn } = turns.open[`t${index}`] ?? {};
  return {
    attempt,
    turn,
    // At which fact it ended is told by what others did beside it; what it helped against, by how the project stood when it began.
    past: attemptsAt({ attempts }, `T${index}`).map(({ seq: _seq, helped: _helped, ...past }) => past),
    draft: files.drafts[`w${index}`] ?? null,
    file: files.byPath[`src/T${index}.ts`] ?? null,
    known: `T${index}.1` in evidence.before,
  };
}

/** Attempts that go on beside each other, and whose turn it is at each step. */
const beside = fc.record({
  courses: fc.array(fc.constantFrom(...COURSES), { minLength: 2, maxLength: 4 }),
  steps: fc.array(fc.nat({ max: 3 }), { maxLength: 120 }),
});

/** Facts of all attempts as they come beside each other, each with the attempt that it is of. */
function together(courses: readonly Course[], steps: readonly number[]): readonly (readonly [number, Fact])[] {
  const left = courses.map((course, index) => factsOf(index + 1, course));
  const order = steps.filter((step) => step < left.length);
  const all = [...order, ...left.flatMap((facts, index) => facts.map(() => index))];
  return all.flatMap((index): (readonly [number, Fact])[] => {
    const fact = left[index]!.shift();
    return fact === undefined ? [] : [[index + 1, fact]];
  });
}

Deno.test("what is known of an attempt is the same at each of its facts, whatever others do beside it in other workspaces", () => {
  fc.assert(
    fc.property(beside, ({ courses, steps }) => {
      let state = begun(courses.length);
      const alone = courses.map(() => begun(courses.length));
      for (const [index, fact] of together(courses, steps)) {
        state = after(state, fact);
        alone[index - 1] = after(alone[index - 1]!, fact);
        for (const [at, own] of alone.entries()) assert.deepEqual(knownOf(state, at + 1), knownOf(own, at + 1));
      }
      assert.deepEqual(state.files.drafts, {});
      assert.deepEqual(state.attempts.open, {});
      assert.equal(state.files.kept, courses.filter((course) => !["refuted", "declined"].includes(course)).length);
    }),
    { numRuns: 60, seed: 1971 },
  );
});

Deno.test("what the checks say of the project is what they said of the attempt that was brought into it last", () => {
  fc.assert(
    fc.property(beside, ({ courses, steps }) => {
      let state = begun(courses.length);
      let standing = state.checks.latest;
      for (const [, fact] of together(courses, steps)) {
        const before = state;
        state = after(state, fact);
        if (fact.type === "effect_finished" && fact.result.kind === "apply" && fact.result.moved.length === 0) {
          const effect = before.effects.open[fact.key]!.effect;
          standing = effect.kind === "apply" ? before.attempts.open[effect.attempt]!.after : null;
        }
        assert.deepEqual(state.checks.latest, standing, fact.type);
        assert.equal(state.checks.stale, false);
      }
    }),
    { numRuns: 60, seed: 1971 },
  );
});

Deno.test("an attempt that begins gets a workspace in which nobody works, and each effect is carried out in its own", () => {
  fc.assert(
    fc.property(beside, ({ courses, steps }) => {
      let state = begun(courses.length);
      for (const [index, fact] of together(courses, steps)) {
        state = after(state, fact);
        const used = Object.values(state.attempts.open).map(({ workspace }) => workspace);
        assert.ok(!used.includes(nextWorkspace(state)));
        if (fact.type !== "effect_opened") continue;
        const place = fact.effect.kind === "tool" ? { workspace: `w${index}`, attempt: `T${index}.1` } : null;
        assert.deepEqual(placeOf(state, fact.effect), place);
      }
    }),
    { numRuns: 30, seed: 1971 },
  );
});

Deno.test("what a turn began in its workspace is of that workspace also once the turn is over", () => {
  const facts = factsOf(1, "kept");
  const opened = facts.findIndex((fact) => fact.type === "write_opened");
  const open = after(begun(1), ...facts.slice(0, opened + 1));
  const over = after(open, { type: "turn_closed", id: "t1", ending: "cancelled", text: "interrupted at the keyboard" });
  const effects = Object.values(over.effects.open).map(({ effect }) => effect);
  assert.deepEqual(effects.map((effect) => placeOf(over, effect)), [{ workspace: "w1", attempt: "T1.1" }]);
});
