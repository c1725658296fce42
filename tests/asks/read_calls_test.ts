import assert from "node:assert/strict";
import { read } from "../given/given_answer.ts";

Deno.test("a broken call is kept with its structure, and the corrective ask quotes its fault and its tool's schema", () => {
  const { calls, fault, attempted, meant } = read('{"name": "read_file", "arguments": {"folder_name": 3}}');
  assert.deepEqual(calls, []);
  assert.deepEqual(attempted?.map(({ name, arguments: given }) => [name, given]), [["read_file", '{"folder_name":3}']]);
  assert.match(fault ?? "", /"path" is missing/);
  assert.match(
    fault ?? "",
    /The arguments of read_file: \{"properties":\{"path":\{"type":"string"\}\},"required":\["path"\]\}/,
  );
  assert.deepEqual(meant?.tools, ["read_file"]);
});

Deno.test("a mended call says what was mended, and leaves nothing to interpret", () => {
  const { calls, fault, repairs, step, meant } = read("{'name': 'read_file', 'arguments': {'path': 'a.ts'}}");
  assert.deepEqual([calls.length, fault, step, meant], [1, null, "repair", undefined]);
  assert.ok((repairs?.length ?? 0) > 0);
});

for (
  const [what, some] of [
    ["was cut by its bound", { reply: { endedBy: "length" } }],
    ["is the interpreter's own", { ask: { role: "interpreter" } }],
    ["is a review", { ask: { purpose: "review" } }],
  ] as const
) {
  Deno.test(`a reply that ${what} is not for the interpreter`, () => {
    assert.equal(read("I will read_file a.ts", some).meant, undefined);
    assert.notEqual(read("I will read_file a.ts").meant, undefined);
  });
}
