import assert from "node:assert/strict";
import { definePlugin } from "../../src/plugin/mod.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** A person who wants to see each write. */
export const plugin = definePlugin({
  name: "asks",
  rules: [
    (_state, effect) => effect.access === "writes" ? { verdict: "confirm", question: "May it be written?" } : null,
  ],
});

Deno.test("a write that asks is shown with its difference while the file stands as it was, and is done once approved", () =>
  withCrew(async (crew) => {
    const asked = await crew.fact("question_asked", ({ kind }) => kind === "call");
    const shown = asked.shows?.text ?? "";
    const [, path] = /^changes (\S+)\n--- \1\n\+\+\+ \1\n@@ .* @@\n/.exec(shown) ?? [];
    assert.match(shown, /^-.*$/m);
    assert.match(shown, /^\+.*$/m);
    assert.ok(!crew.facts().some(({ type }) => type === "write_opened"), "it was written before it was approved");
    crew.wish({ kind: "answer", question: asked.id, approved: true, text: "" });
    const { write, done } = await crew.fact("write_closed");
    assert.deepEqual([write.path, done], [path, true]);
  }, { plugin: import.meta.url }));
