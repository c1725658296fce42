import assert from "node:assert/strict";
import { withCrew } from "./fixtures/crew_run.ts";

const UNREADABLE = /I will call list_directory with path "\."/;

Deno.test("a call that a model told in prose is read by the interpreter, and its tool runs without another ask", () =>
  withCrew(async (crew) => {
    const there = await crew.fact("interpreter_changed");
    assert.deepEqual([there.host, there.model], ["fast", "functiongemma:latest"]);
    const said = await crew.fact(
      "effect_finished",
      ({ result }) => result.kind === "ask" && UNREADABLE.test(result.text.text),
    );
    const ask = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "ask" && effect.interprets === said.key,
    );
    assert.ok(ask.effect.kind === "ask");
    await crew.fact("effect_finished", ({ key }) => key === ask.effect.key);
    const tool = await crew.fact("effect_opened", ({ seq, effect }) => seq > ask.seq && effect.kind === "tool");
    assert.ok(tool.effect.kind === "tool" && tool.effect.call.name === "list_directory");
    const request = JSON.parse(crew.prompt(ask.effect.key));
    assert.deepEqual(request.stop, ["<start_function_response>"]);
    assert.deepEqual([request.temperature, request.answerLimit <= 200, request.tools.length], [0, true, 1]);
    assert.doesNotMatch(request.messages[1].content, /\n/);
  }));

Deno.test("an interpreter whose server fails costs a run one more ask of the model, and nothing else", () =>
  withCrew(async (crew) => {
    const failed = await crew.fact("effect_failed", ({ key }) => key.includes(".interpret"));
    const turn = failed.key.split(".")[0];
    const again = await crew.fact(
      "effect_opened",
      ({ seq, effect }) =>
        seq > failed.seq && effect.kind === "ask" && effect.turn === turn && effect.purpose === "work",
    );
    assert.ok(again.effect.kind === "ask");
    await crew.fact("effect_finished", ({ key }) => key === again.effect.key);
    assert.match(crew.prompt(again.effect.key), /The reply holds no call/);
    assert.equal(crew.run.state().run.ending, null);
  }, {
    faults: {
      fast: [{
        kind: "status",
        code: 500,
        text: "model runner has unexpectedly stopped",
        model: "functiongemma:latest",
        requests: 1,
      }],
    },
  }));
