import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import { compose } from "../../src/prompt/compose.ts";
import { after, answer } from "../given/given.ts";
import { askOf, frame, opened, registry, words, working } from "../given/given_prompt.ts";

Deno.test("after the second failure of a kind the next ask holds the wrong call and a right one of that tool; a success ends it", () => {
  let state = working();
  const fail = (arguments_: Record<string, unknown>) => {
    const ask = askOf(state);
    state = after(opened(state, ask), answer(ask.key, [{ name: "read_file", arguments: arguments_ }]));
    const tool = due(state, registry, state.at).effects.find((effect) => effect.kind === "tool")!;
    return { tool, opened: opened(state, tool) };
  };
  for (const path of ["lib/x.ts", "lib/y.ts"]) {
    const before = words(compose(state, registry, askOf(state), frame("prompted")));
    assert.doesNotMatch(before, /Reminder/);
    const { tool, opened: now } = fail({ path });
    state = after(now, {
      type: "effect_failed",
      key: tool.key,
      failure: "tool_error",
      text: `There is no ${path}.`,
      ms: 1,
    });
  }
  const prompt = compose(state, registry, { ...askOf(state), legal: ["read_file", "rewrite_file"] }, frame("prompted"));
  assert.match(
    words(prompt),
    /Reminder: 2 times in a row read_file failed: There is no lib\/y\.ts\.\nWrong: \{"name":"read_file","arguments":\{"path":"lib\/y\.ts"\}\}\nRight, for read_file: <tool_call>\n\{"name":"read_file","arguments":\{"path":"src\/a\.ts"\}\}/,
  );
  assert.ok(
    String(prompt.messages.at(-1)!.pieces.at(-1)).startsWith("Reminder"),
    "it stands at the end, behind the cached prefix",
  );
  const { tool, opened: now } = fail({ path: "src/a.ts" });
  state = after(now, {
    type: "effect_finished",
    key: tool.key,
    result: { kind: "tool", text: { text: "x", chars: 1 }, outcome: null, ms: 1 },
  });
  assert.doesNotMatch(words(compose(state, registry, askOf(state), frame("prompted"))), /Reminder/);
});
