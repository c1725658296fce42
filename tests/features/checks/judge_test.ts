import assert from "node:assert/strict";
import { hasBegun, isSatisfied, judge, NEW_TESTS } from "../../../src/features/checks/judge.ts";
import { result, task } from "../../given/given.ts";

const A = task({ checks: ["t: a"] });

Deno.test("an attempt that makes a failing check of its task pass and breaks nothing is kept", () => {
  const before = [result("t", true), result("t: a", false), result("t: b", true), result("t: c", false)];
  const now = [result("t", true), result("t: a", true), result("t: b", true), result("t: c", false)];
  assert.deepEqual(judge(before, now, A), { passed: ["t: a"], broke: [], left: [], refuted: false });
});

Deno.test("an attempt is refuted when a result that passed fails now or is missing, or none of its own passes", () => {
  const before = [result("t: a", false), result("t: b", true)];
  assert.deepEqual(judge(before, [result("t: a", true), result("t: b", false)], A).broke, ["t: b"]);
  assert.equal(judge(before, [result("t: a", true), result("t: b", false)], A).refuted, true);
  assert.equal(judge(before, [result("t: a", true)], A).refuted, true);
  assert.deepEqual(judge(before, before, A), { passed: [], broke: [], left: ["t: a"], refuted: true });
});

Deno.test("some of a task's checks passing is progress: kept, with what is left named", () => {
  const both = task({ checks: ["t: a", "t: b"] });
  const judged = judge(
    [result("t: a", false), result("t: b", false)],
    [result("t: a", true), result("t: b", false)],
    both,
  );
  assert.deepEqual(judged, { passed: ["t: a"], broke: [], left: ["t: b"], refuted: false });
});

Deno.test("a suite that no longer starts refutes, even where nothing in it had passed before", () => {
  const judged = judge([result("t: a", false)], [result("t", false, [], "SyntaxError")], A);
  assert.equal(judged.refuted, true);
  assert.deepEqual(judged.passed, []);
  assert.deepEqual(judged.broke, ["t"]);
});

Deno.test("a failing check that disappears did not pass", () => {
  assert.equal(judge([result("t: a", false), result("t: b", true)], [result("t: b", true)], A).refuted, true);
  assert.equal(isSatisfied(A, [result("t: b", true)]), false);
});

Deno.test("a suite that starts now is progress, and the failures that it hid are left, not broken", () => {
  const suite = task({ checks: ["t"] });
  const judged = judge([result("t", false)], [result("t", true), result("t: a", true), result("t: b", false)], suite);
  assert.deepEqual(judged, { passed: ["t"], broke: [], left: ["t: b"], refuted: false });
});

Deno.test("a task that no check shows is refuted by a failure that is new", () => {
  const none = task({ checks: [] });
  assert.equal(judge([result("t: b", true)], [result("t: b", true)], none).refuted, false);
  assert.equal(judge([result("t: b", true)], [result("t: b", true), result("t: new", false)], none).refuted, true);
});

Deno.test("of a new test that could not be loaded, some results that pass are a beginning, and those that do not are what is left", () => {
  const wish = task({ checks: [NEW_TESTS], test: "test/new.test.ts" });
  const added = (name: string, passed: boolean) => ({ ...result(name, passed, ["test/new.test.ts"]), added: true });
  const before = [result("t: a", true), added(NEW_TESTS, false)];
  const begun = [result("t: a", true), added("t: one", true), added("t: two", false)];
  assert.deepEqual(judge(before, begun, wish), { passed: ["t: one"], broke: [], left: ["t: two"], refuted: false });
  assert.equal(isSatisfied(wish, begun), false);
  const other = [added("t: other", true), ...before];
  const stub = [added("t: other", true), result("t: a", true), added("t: one", false), added("t: two", false)];
  assert.equal(judge(other, stub, wish).refuted, true, "what the test of another criterion gives is no beginning");
  assert.deepEqual([before, other, begun].map((results) => hasBegun(results, wish)), [false, false, true]);
  const broken = begun.map((one) => one.name === "t: a" ? { ...one, passed: false } : one);
  assert.equal(judge(before, broken, wish).refuted, true, "what passed before is worth more");
  assert.equal(judge(before, [result("t: a", true), added("t: one", false)], wish).refuted, true);
  assert.equal(
    judge(before, begun, { ...wish, test: undefined }).refuted,
    true,
    "of a task without a test they are none of its own",
  );
  const whole = begun.map((one) => ({ ...one, passed: true }));
  assert.deepEqual(judge(begun, whole, wish), { passed: ["t: two"], broke: [], left: [], refuted: false });
  assert.deepEqual(judge(begun, begun, wish).left, [NEW_TESTS, "t: two"]);
  assert.equal(judge(begun, begun, wish).refuted, true);
});
