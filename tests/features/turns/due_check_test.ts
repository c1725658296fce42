import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, opening, prepared, settled } from "../../given/given.ts";
import {
  askOf,
  atWork,
  FAILING,
  FILES,
  planned,
  registry,
  textFor,
  WRITTEN,
  wrote,
} from "../../given/given_attempt.ts";

Deno.test("checks of which one hung are no slow ones: the next write is checked at once", () => {
  const begun = planned();
  const hung = after(
    begun,
    { type: "effect_opened", effect: { kind: "check", key: "h", cause: "test" } },
    {
      type: "effect_finished",
      key: "h",
      result: {
        kind: "check",
        results: FAILING,
        commands: ["npm test"],
        output: { text: "", chars: 0 },
        ms: 120_000,
        hung: true,
      },
    },
  );
  const state = settled(prepared(atWork(hung), FILES));
  const text = askOf(state);
  const called = after(state, opening(text), textFor(text.key));
  const tool = due(called, registry, called.at).effects[0];
  const written = after(
    called,
    opening(tool),
    { type: "write_opened", key: tool!.key, write: WRITTEN },
    { type: "write_closed", key: tool!.key, write: WRITTEN, done: true },
    {
      type: "effect_finished",
      key: tool!.key,
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
  );
  assert.deepEqual(due(written, registry, written.at).effects.map(({ kind }) => kind), ["check"]);
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

Deno.test("a write to the task's file that the checks refute ends the attempt, one to another file is told to the model", () => {
  const next = (path: string) => {
    const judged = refutedBy(wrote(prepared(atWork(planned()), FILES), path));
    return due(judged, registry, judged.at).facts[0]?.type;
  };
  assert.equal(next("src/a.ts"), "turn_closed");
  assert.equal(next("src/b.ts"), "turn_told");
});
