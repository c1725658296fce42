import assert from "node:assert/strict";
import { changingNames, mayChange, withSteadyNames } from "../../../src/features/checks/changing_names.ts";

function results(...names: readonly string[]) {
  return names.map((name) => ({ name, passed: true }));
}

Deno.test("a name that differs between two executions of the same files gets one form, and keeps it later", () => {
  const pairs = [
    ["t: made at 2026-11-28T18:00:01.123Z", "t: made at 2026-11-28T18:00:07.9Z"],
    ["t: user 8f3a9c21 logs in", "t: user 1b2c3d4e logs in"],
    ["t: id 3f0e8a52-abcd-4c1b-9a7e-0123456789ab", "t: id 11111111-2222-4c1b-9a7e-ffffffffffff"],
    ["t: writes /tmp/abcdefg/out", "t: writes /tmp/hijklmn/out"],
    ["t: object at 0x7f31", "t: object at 0x7fa0"],
  ] as const;
  for (const [one, other] of pairs) {
    const changing = changingNames(results(one, "t: stands"), results("t: stands", other));
    assert.equal(changing.length, 1, one);
    assert.ok(mayChange(results(one)), one);
    const [first, second] = [one, other].map((name) => withSteadyNames(results(name, "t: stands"), changing));
    assert.deepEqual(first, second);
    assert.deepEqual(first?.[1]?.name, "t: stands");
  }
});

Deno.test("a name that did not differ before any work is none that changes, nor is one of several of the same form", () => {
  const before = results("t: case 100001", "t: adds 1");
  assert.deepEqual(changingNames(before, before), []);
  assert.deepEqual(withSteadyNames(results("t: case 200002"), []), results("t: case 200002"), "it has vanished");
  assert.deepEqual(changingNames(results("t: a 1", "t: a 2"), results("t: a 3", "t: a 4")), []);
  assert.deepEqual(changingNames(results("t: a 1", "t: a 2"), results("t: a 1", "t: a 3")), []);
  assert.deepEqual(changingNames(results("t: adds"), results("t: takes")), []);
  const [form = ""] = changingNames(results("t: a 1"), results("t: a 2"));
  assert.deepEqual(withSteadyNames(results("t: a 5", "t: a 6"), [form]), results("t: a 5", "t: a 6"));
  assert.ok(!mayChange(results("t: adds 12 and 13")));
});
