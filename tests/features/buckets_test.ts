import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_VALUES, valueIn, valuesOf, withValue } from "../../src/features/buckets.ts";

Deno.test("buckets hold what a map would hold, whatever the keys are called, and earlier ones stay as they were", () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("T1", "T21", "toString", "__proto__", "", "é"));
  fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat())), (changes) => {
    const wanted = new Map<string, number>();
    let buckets = NO_VALUES as ReturnType<typeof withValue<number>>;
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

Deno.test("ids that are counted up lie in all buckets, so that a change copies a sixteenth of them", () => {
  const ids = Array.from({ length: 320 }, (_, index) => `T${index + 1}`);
  const buckets = ids.reduce((all, id) => withValue(all, id, 1), NO_VALUES as ReturnType<typeof withValue<number>>);
  for (const bucket of buckets) assert.ok(Object.keys(bucket).length <= 40, "no bucket has twice its share");
});
