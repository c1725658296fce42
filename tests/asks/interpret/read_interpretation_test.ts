import assert from "node:assert/strict";
import { EMPTY } from "../../../src/features/features.ts";
import type { State } from "../../../src/features/state.ts";
import { read } from "../../given/given_answer.ts";

/** The state in which the interpreter was asked about a reply of the arbiter's kind of turn. */
function waiting(excerpt: string): State {
  const unread = {
    ask: "t1.ask1",
    model: "m",
    legal: ["read_file", "rewrite_file"],
    fault: "",
    meant: { tools: ["read_file"], excerpt, why: "" },
  };
  return { ...EMPTY, arbiter: { ...EMPTY.arbiter, unread } };
}

const INTERPRET = { role: "interpreter", turn: null, purpose: "interpret", interprets: "t1.ask1" } as const;
const gemma = (args: string) => `<start_function_call>call:read_file{${args}}<end_function_call>`;

Deno.test("the interpreter's call counts with values that the reply holds, and what it invents after it is not read", () => {
  const state = waiting("Let me read_file src/a.ts");
  const { calls, step } = read(
    `${gemma("path:<escape>src/a.ts<escape>")}<start_function_response>${gemma("path:<escape>src/b.ts<escape>")}`,
    { ask: INTERPRET, state },
  );
  assert.deepEqual(calls.map(({ name, arguments: args }) => [name, args]), [["read_file", { path: "src/a.ts" }]]);
  assert.equal(step, "interpreter");
  const invented = read(gemma("path:<escape>src/b.ts<escape>"), { ask: INTERPRET, state });
  assert.deepEqual(invented.calls, []);
  assert.match(invented.fault ?? "", /does not hold "src\/b\.ts"/);
  const misnamed = read(gemma("file_number:<escape>src/a.ts<escape>"), { ask: INTERPRET, state });
  assert.deepEqual(misnamed.calls, []);
  assert.match(misnamed.fault ?? "", /"path" is missing/);
});

Deno.test("an interpretation for which nobody waits any more gives nothing", () => {
  const { calls, fault } = read(gemma("path:<escape>src/a.ts<escape>"), { ask: INTERPRET });
  assert.deepEqual(calls, []);
  assert.match(fault ?? "", /not waited for/);
});
