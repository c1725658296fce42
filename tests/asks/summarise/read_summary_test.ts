import assert from "node:assert/strict";
import type { AskEffect } from "../../../src/effects/ask/ask_effect.ts";
import { read } from "../../given/given_answer.ts";

const SUMMARISE: Partial<AskEffect> = { role: "analysis", purpose: "summarise", summarises: 4, legal: [] };

for (
  const [what, text, summary] of [
    ["plain lines", "- a.ts was read\n- line 4 throws", "- a.ts was read\n- line 4 throws"],
    ["thinking before it", "<think>Hm.</think>\n- a.ts was read", "- a.ts was read"],
    ["a fence around it", "```text\n- a.ts was read\n```", "- a.ts was read"],
    [
      "a call",
      '{"name": "read_file", "arguments": {"path": "a.ts"}}',
      '{"name": "read_file", "arguments": {"path": "a.ts"}}',
    ],
    ["no text", " <think>Hm.</think>\n ", undefined],
    ["an empty fence", "```\n```", undefined],
  ] as const
) {
  Deno.test(`a summary with ${what} is read as plain text, and never as a call`, () => {
    const { calls, meant, fault, content, summary: found } = read(text, { ask: SUMMARISE });
    assert.deepEqual([calls, meant, content, found?.text], [[], undefined, null, summary]);
    assert.equal(fault, summary === undefined ? "The summary holds no text." : null);
  });
}

Deno.test("of a summary that was cut by its bound the last line goes, and a long one is bounded", () => {
  const cut = (text: string) => read(text, { ask: SUMMARISE, reply: { endedBy: "length" } }).summary?.text;
  assert.equal(cut("- a.ts was read\n- line 4 thr"), "- a.ts was read");
  assert.equal(cut("- a.ts was re"), "- a.ts was re");
  assert.ok(read("word ".repeat(2_000), { ask: SUMMARISE }).summary!.chars <= 1_500);
});

Deno.test("a call that a server reads out of a summary is not taken", () => {
  const delivered = { name: "read_file", arguments: { path: "a.ts" } };
  const { calls, summary } = read("- a.ts was read", { ask: SUMMARISE, reply: { calls: [delivered] } });
  assert.deepEqual([calls, summary?.text], [[], "- a.ts was read"]);
});
