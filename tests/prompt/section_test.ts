import assert from "node:assert/strict";
import fc from "fast-check";
import { meterOf } from "../../src/prompt/meter.ts";
import { fitSections, type Section } from "../../src/prompt/section.ts";

Deno.test("sections give way by priority, pinned ones never, and each loss is said in its place and in the list", () => {
  const meter = meterOf({ ratio: 1 });
  const text = fc.integer({ min: 0, max: 3_000 }).map((length) => "word ".repeat(length / 5));
  const section = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    priority: fc.integer({ min: 0, max: 9 }),
    pieces: text.map((one) => [one]),
    least: fc.option(fc.integer({ min: 20, max: 200 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 8 }),
      fc.integer({ min: 0, max: 3_000 }),
      (sections: Section[], room) => {
        const { sections: fitted, costs, leftOut } = fitSections(sections, room, meter, {});
        const total = costs.reduce((sum, one) => sum + one.tokens, 0);
        assert.equal(fitted.length, sections.length);
        for (const [index, one] of sections.entries()) {
          if (one.priority === 0) assert.deepEqual(fitted[index], one);
          else if (costs[index]!.cut) {
            assert.match(
              String(fitted[index]!.pieces[0]),
              /Left out here to make room|left out/,
            );
          } else assert.deepEqual(fitted[index], one);
        }
        assert.equal(leftOut.length, costs.filter((one) => one.cut).length);
        if (total > room) {
          const whole = sections.filter((one, index) => one.priority > 0 && !costs[index]!.cut);
          assert.ok(
            whole.every((one) => meter.pieces(one.pieces) <= 30),
            "what is left whole is smaller than its note",
          );
        }
      },
    ),
  );
});
