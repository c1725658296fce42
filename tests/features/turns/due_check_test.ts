import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, opening, prepared, replied, settled } from "../../given/given.ts";
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

Deno.test("what the checks say is told once for a write, and not again for a write that failed", () => {
  const judged = refutedBy(wrote(prepared(atWork(planned()), FILES), "src/b.ts"));
  const [told] = due(judged, registry, judged.at).facts;
  const failed = settled(after(judged, told!));
  const asked = replied(failed, [{ name: "edit_file", arguments: { path: "src/b.ts", old_text: "x", new_text: "y" } }]);
  const tool = due(asked, registry, asked.at).effects[0];
  assert.equal(tool?.kind, "tool");
  const over = after(asked, opening(tool), {
    type: "effect_failed",
    key: tool!.key,
    failure: "tool_error",
    text: "The text is not there.",
    ms: 1,
  });
  const owed = due(over, registry, over.at);
  assert.deepEqual(owed.facts, []);
  assert.deepEqual(owed.effects.map(({ kind }) => kind), ["ask"]);
});
