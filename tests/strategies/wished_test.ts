import assert from "node:assert/strict";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { after, started, task, withTurn } from "../given/given.ts";
import { atWork, defined, withFunctions } from "../given/given_attempt.ts";

/** A crew of which one small model plays all roles. */
function alone(able: Registry): Registry {
  const roles = Object.entries(able.roles).map(([name, one]) => [name, { ...one, models: ["one:1.5b"] }]);
  return { ...able, roles: Object.fromEntries(roles) };
}

const able = alone(withFunctions());
const WISH = "A stay may begin on the day on which another one ends.";

/** The first turn of an attempt at a wish that adds nothing, two sources and a test before its eyes. */
function atWish(): State {
  const planned = after(
    started({ goal: WISH }, [], able),
    { type: "tasks_planned", tasks: [task({ description: WISH, target: "src/a.ts" })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
  return defined(atWork(planned, able), { "src/a_test.ts": ["t"], "src/b.ts": ["b"], "src/a.ts": ["a"] }, able);
}

function turnOf(state: State) {
  return Object.values(state.turns.open)[0]!;
}

function given(state: State): unknown {
  const { name, arguments: words } = stepOf(state, able, turnOf(state)).given ?? {};
  return { name, path: words?.path };
}

/** The state in which the text of a file was not taken so many times. */
function refused(
  state: State,
  times: number,
  says = "The text is what src/a.ts holds already; nothing was changed.",
): State {
  const call = { name: "rewrite_file", arguments: { path: "src/a.ts" }, reason: "" };
  const exchange = Array.from({ length: times }, () => [
    { from: "model" as const, text: { text: "", chars: 0 }, calls: [call], way: "constrained" as const },
    { from: "tool" as const, name: "rewrite_file", ok: false, text: { text: says, chars: says.length } },
  ]).flat();
  return withTurn(state, { ...turnOf(state), calls: [], exchange });
}

Deno.test("a lone small model that found nothing to change in the file of a wish is asked for another that it was shown, and for no test", () => {
  const state = atWish();
  const file = (path: string) => ({ name: "rewrite_file", path });
  assert.deepEqual(given(state), file("src/a.ts"));
  assert.deepEqual(given(refused(state, 1)), file("src/b.ts"));
  assert.deepEqual(given(refused(state, 2)), file("src/a.ts"));
  assert.deepEqual(given(refused(state, 1, "The line leaves text out.")), file("src/a.ts"), "that was no copy");
  const open = Object.entries(state.attempts.open).map(([key, one]) => [key, { ...one, elsewhere: true }]);
  const elsewhere = { ...state, attempts: { ...state.attempts, open: Object.fromEntries(open) } };
  assert.deepEqual(given(elsewhere), file("src/b.ts"));
});
