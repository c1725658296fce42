import assert from "node:assert/strict";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { type Buckets, NO_VALUES, valueIn, valuesOf, withValue } from "../../src/features/buckets.ts";

Deno.test("buckets hold what a map would hold, whatever the keys are called, and earlier ones stay as they were", () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("T1", "T21", "toString", "__proto__", "", "é"));
  fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat())), (changes) => {
    const wanted = new Map<string, number>();
    let buckets: Buckets<number> = NO_VALUES;
    for (const [key, value] of changes) {
      const [before, known] = [buckets, wanted.get(key)];
      buckets = withValue(buckets, key, value);
      wanted.set(key, value);
      assert.equal(valueIn(before, key), known);
    }
    for (const [key, value] of wanted) assert.equal(valueIn(buckets, key), value);
    assert.deepEqual(valuesOf(buckets).sort(), [...wanted.values()].sort());
    assert.equal(valueIn(buckets, "nobody"), undefined);
  }));
});

Deno.test("ids that are counted up lie evenly in all buckets, and so do fingerprints: a change copies about a sixteenth", () => {
  const ids = Array.from({ length: 320 }, (_, index) => `T${index + 1}`);
  const fingerprints = ids.map((id) => createHash("sha256").update(id).digest("hex").slice(0, 16));
  for (const keys of [ids, fingerprints]) {
    const buckets = keys.reduce<Buckets<number>>((all, id) => withValue(all, id, 1), NO_VALUES);
    const sizes = buckets.map((bucket) => Object.keys(bucket).length);
    assert.ok(Math.min(...sizes) >= 8 && Math.max(...sizes) <= 36, `of 320 keys about 20 in each: ${sizes}`);
  }
});
