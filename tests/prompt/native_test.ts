import assert from "node:assert/strict";
import { compose } from "../../src/prompt/compose.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import { after, answer } from "../given/given.ts";
import { askOf, frame, opened, registry, working } from "../given/given_prompt.ts";

Deno.test("a native ask for a text sends no tools and counts none", () => {
  const state = working();
  const ask = askOf(state);
  const called = after(
    opened(state, ask),
    answer(ask.key, [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]),
  );
  const text = askOf(called);
  assert.equal(text.purpose, "text");
  const prompt = compose(called, registry, text, frame("native"));
  assert.equal(prompt.estimate, meterOf({ ratio: 1 }).messages(prompt.messages));
});
