import assert from "node:assert/strict";
import fc from "fast-check";
import { arrange } from "../../src/tui/layout.ts";
import { VIEWS } from "../../src/tui/ui.ts";
import { PANELS, panelsOf } from "../../src/tui/panels.ts";

const ROLES = ["arbiter", "coding", "reasoning", "analysis", "interpreter", "sixth", "seventh"];

Deno.test("at every size the boxes lie on the screen, overlap nothing, and the focused view is among them", () => {
  const ids = Array.from({ length: 8 }, (_, index) => `own${index}`);
  const own = (id: string, index: number) => ({
    ...PANELS.run,
    id,
    room: index % 3 === 0 ? undefined : index % 3 === 1 ? { share: 0.4 } : { rows: () => 9 },
  });
  const extended = { ...PANELS, ...Object.fromEntries(ids.map((id, index) => [id, own(id, index)])) };
  const focused = [{}, PANELS, extended].map((table) => panelsOf(ROLES, table))
    .flatMap((panels) => panels.map(({ id }) => ({ panels, focus: id })));
  fc.assert(
    fc.property(
      fc.record({
        columns: fc.noBias(fc.integer({ min: 40, max: 260 })),
        rows: fc.noBias(fc.integer({ min: 10, max: 90 })),
        focused: fc.constantFrom(...focused),
        view: fc.constantFrom(...VIEWS),
        atWork: fc.subarray(ROLES),
        hosts: fc.integer({ min: 0, max: 5 }),
        questionRows: fc.constantFrom(0, 0, 4),
        gateRows: fc.constantFrom(0, 1),
        commandRows: fc.constantFrom(0, 0, 1, 2),
      }),
      ({ focused: { panels, focus }, atWork, ...wanted }) => {
        const isOnStage = ({ id, role }: (typeof panels)[number]) =>
          role !== undefined && (id === focus || atWork.includes(role));
        const onStage = panels.filter(isOnStage);
        const stage = (onStage.length === 0 ? panels.slice(0, 1) : onStage).map(({ id }) => id);
        const layout = arrange({ ...wanted, panels, focus, stage, inputRows: 1 });
        const taken = new Uint8Array(wanted.columns * wanted.rows);
        const rects = [
          { x: 0, y: 0, width: wanted.columns, height: 1 },
          ...layout.boxes.map((box) => box.rect),
          ...(layout.crew === null ? [] : [{ x: 0, y: layout.crew, width: wanted.columns, height: 1 }]),
          ...(layout.base === null ? [] : [{ x: 0, y: layout.base, width: wanted.columns, height: 1 }]),
          ...(layout.question === null ? [] : [layout.question]),
          ...(layout.gate === null ? [] : [layout.gate]),
          ...(layout.commands === null ? [] : [layout.commands]),
          layout.input,
          { x: 0, y: layout.hint, width: wanted.columns, height: 1 },
        ];
        for (const rect of rects) {
          assert.ok(
            rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= wanted.columns && rect.y + rect.height <= wanted.rows,
          );
          for (let y = rect.y; y < rect.y + rect.height; y++) {
            for (let x = rect.x; x < rect.x + rect.width; x++) {
              const at = y * wanted.columns + x;
              taken[at] = (taken[at] ?? 0) + 1;
              assert.equal(taken[at], 1, `two things at ${x},${y}`);
            }
          }
        }
        if (layout.boxes.length > 0) assert.ok(layout.boxes.some(({ id }) => id === focus));
        for (const { rect } of layout.boxes) assert.ok(rect.width >= 34 && rect.height >= 3, JSON.stringify(rect));
      },
    ),
    { numRuns: 500 },
  );
});
