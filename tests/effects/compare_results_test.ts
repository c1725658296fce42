import assert from "node:assert/strict";
import { causeIn, differing, listed, type Results, telling } from "../../src/effects/prove/compare_results.ts";

const passes = (name: string) => ({ name, passed: true, evidence: "" });
const fails = (name: string, evidence: string) => ({ name, passed: false, evidence });

Deno.test("results differ that are gone, new or the other way round, but for those that say nothing", () => {
  const one = [passes("a"), passes("b"), fails("c", ""), passes("gone"), passes("chance")];
  const other = [passes("a"), fails("b", ""), passes("c"), passes("new"), fails("chance", "")];
  assert.deepEqual(differing(one, other, ["chance"]), ["b", "c", "gone", "new"]);
});

Deno.test("what fails before and after tells by other words, but for numbers, and only where the same words come twice", () => {
  const look = (before: string, there: string, emptied: string, uncertain: readonly string[] = []) =>
    telling({
      same: [[fails("a", before)]],
      there: [fails("a", there)],
      emptied: [fails("a", emptied)],
      uncertain,
    });
  assert.deepEqual(look("bad 4 in 12 ms", "bad 4 in 7.5  ms", "bad 5 in 9 ms"), []);
  assert.deepEqual(look("bad 4 in 12 ms", "bad 4 in 7.5 ms", "no module calc"), ["a"]);
  assert.deepEqual(look("at /tmp/xyz", "at /tmp/abc", "at /tmp/uvw"), []);
  assert.deepEqual(look("bad", "bad", "other", ["a"]), []);
  const words = (...texts: readonly string[]) => texts.map((text) => [fails("a", text)]);
  const [there, ...same] = words("check", "build, check", "build, check");
  const [emptied, built] = words("build, no module", "build, check");
  assert.deepEqual(telling({ there: there!, same, emptied: emptied!, uncertain: [] }), ["a"]);
  assert.deepEqual(telling({ there: there!, same, emptied: built!, uncertain: [] }), []);
  assert.deepEqual(telling({ same: [], there: [passes("a")], emptied: [], uncertain: [] }), ["a"]);
});

Deno.test("the cause is the line that says it, of what fails in the copy, or else in the project", () => {
  const cause = (evidence: string) => causeIn(["a"], [passes("a")], [fails("other", "no"), fails("a", evidence)]);
  assert.equal(
    cause("tests/a.py:5: in test\n    connect()\nE   FileNotFoundError: [Errno 2] No such file"),
    " (FileNotFoundError: [Errno 2] No such file)",
  );
  assert.equal(cause("error: |-\n  Expected 1\n\n  got 2"), " (Expected 1)");
  assert.equal(cause("a.test.js\nfatal: not a git repository"), " (fatal: not a git repository)");
  assert.equal(cause(`Error: ${"x".repeat(1_000)}`).length, 203);
  assert.equal(cause(""), "");
  const project: Results = [fails("a", "no home")];
  assert.equal(causeIn(["a"], project, [passes("a")]), " (in the project: no home)");
});

Deno.test("a list names three and counts the others", () => {
  assert.deepEqual([listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e"])], [
    "a",
    "a, b, c",
    "a, b, c and 2 more",
  ]);
});
