import assert from "node:assert/strict";
import { StreamedReply } from "../../src/mediate/streamed_reply.ts";
import { withoutRuns } from "../../src/mediate/without_runs.ts";
import { read, TOOLS } from "./samples.ts";

Deno.test("runs of blanks and of one sign are cut to 500, letters, digits and texts of use stay", () => {
  const texts = [
    "",
    "a",
    "a  b\n\n\tc",
    `${"=".repeat(500)}\n`,
    "x".repeat(3_000),
    "0".repeat(3_000),
    "ab ".repeat(2_000),
  ];
  for (const text of texts) assert.equal(withoutRuns(text), text);
  assert.equal(withoutRuns(" ".repeat(501)), " ".repeat(500));
  assert.equal(
    withoutRuns(`a${"\n \t".repeat(400)}b${"}".repeat(700)}c`),
    `a${"\n \t".repeat(400).slice(0, 500)}b${"}".repeat(500)}c`,
  );
});

Deno.test("a reply that a stuck model fills with blanks or signs is read to its end, whole and while it is written", () => {
  const openings = [
    "",
    "{",
    "<tool_call>",
    "<function=read_file>",
    "<|channel|>",
    "call:read_file{",
    "```json\n",
    "[TOOL_CALLS]",
    "<think>",
  ];
  for (const opening of openings) {
    for (const run of [" ", " \n", "`", "}", "<"]) {
      const text = `${opening}${run.repeat(40_000)}.`;
      assert.deepEqual(read(withoutRuns(text)).calls, []);
      const streamed = new StreamedReply(TOOLS);
      for (let at = 0; at < text.length; at += 20_000) streamed.feed(text.slice(at, at + 20_000));
      assert.deepEqual(streamed.end().calls, []);
    }
  }
});
