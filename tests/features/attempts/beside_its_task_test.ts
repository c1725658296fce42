import { attemptsAt } from "../../../src/features/attempts/attempts_at.ts";
import assert from "node:assert/strict";
import type { ScopeFound } from "../../../src/effects/check/scope_found.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { inline } from "../../../src/kernel/text.ts";
import { attemptAtWork } from "../../given/attempt_at_work.ts";
import { after, opening, prepared, result, settled, started, task } from "../../given/given.ts";
import { atWork, FILES, registry, WRITTEN } from "../../given/given_attempt.ts";

const GOAL = "Add a function median(values) to src/a.ts.";

/** What an attempt did, by the state of what it was asked for and of what was there. */
function found(after: boolean, changed: readonly string[]): ScopeFound {
  return {
    files: [{
      path: "src/a.ts",
      changed: changed.map((name) => ({ name, how: "changed", uses: [], tested: true })),
      added: after ? ["median"] : [],
      held: [],
      helpers: [],
      unexported: [],
      signatures: [],
      lines: [1, 1],
    }],
    wanted: [{ name: "median", before: false, after }],
  };
}

/** An attempt at the goal that wrote, giving a reason, and whose checks say this. */
function judged(scope: ScopeFound, reason: string): State {
  const planned = after(
    started({ goal: GOAL }, [result("t: a", true)]),
    { type: "tasks_planned", tasks: [task({ description: GOAL })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
  let state = prepared(atWork(planned), FILES);
  const [turn] = Object.values(state.turns.open);
  const call = { name: "rewrite_file", arguments: { path: "src/a.ts" }, reason };
  const effect = { kind: "tool", key: "w", turn: turn!.id, role: turn!.role, access: "writes", call } as const;
  state = after(
    state,
    { type: "effect_opened", effect },
    { type: "write_closed", key: "w", write: WRITTEN, done: true },
    { type: "effect_finished", key: "w", result: { kind: "tool", text: inline("Wrote it"), outcome: null, ms: 1 } },
    { type: "turn_closed", id: turn!.id, ending: "finished", text: "Done." },
  );
  const check = due(state, registry, state.at).effects.find(({ kind }) => kind === "check");
  const results = [result("t: a", true), { ...result("t: new", true), added: true }];
  return after(state, opening(check), {
    type: "effect_finished",
    key: check!.key,
    result: { kind: "check", results, commands: [], output: inline(""), ms: 1, scope },
  });
}

Deno.test("an attempt that leaves out what is asked for, or changes what is not, is taken back though all checks pass", () => {
  const owed = (scope: ScopeFound, reason = "") => {
    const state = judged(scope, reason);
    return due(state, registry, state.at).effects.map(({ kind }) => kind);
  };
  assert.deepEqual(owed(found(true, [])), []);
  assert.deepEqual(owed(found(false, [])), ["take_back"]);
  assert.deepEqual(owed(found(true, ["mean"])), ["take_back"]);
  assert.deepEqual(owed(found(true, ["mean"]), "mean has to share its sum"), [], "a reason of the write counts");
});

Deno.test("what an attempt did beside its task stands in what closes it, and in words for the next one", () => {
  const state = settled(judged(found(true, []), ""));
  assert.equal(attemptAtWork(state), null);
  assert.equal(attemptsAt(state, "T1")[0]?.verdict, "kept");
  let refused = judged(found(false, ["mean"]), "");
  const effect = due(refused, registry, refused.at).effects[0];
  refused = after(refused, opening(effect), {
    type: "effect_finished",
    key: effect!.key,
    result: { kind: "take_back", restored: ["src/a.ts"], left: [] },
  });
  const closing = due(refused, registry, refused.at).facts.find((fact) => fact.type === "attempt_closed");
  assert.deepEqual(closing?.scope, {
    missing: ["median"],
    beyond: ["mean in src/a.ts"],
    unexported: [],
    signatures: [],
    shrunk: [],
  });
  assert.match(closing.summary, /not there: median\. Add it.*nothing asks for that: mean in src\/a\.ts\. Leave it/);
});
