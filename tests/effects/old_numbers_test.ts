import assert from "node:assert/strict";
import { atTurn } from "./turn_at_work.ts";

const PATH = "src/long.ts";
const LINES = Array.from({ length: 40 }, (_, index) => `const line${index + 1} = ${index + 1};`);
const FILE = { [PATH]: LINES.join("\n") + "\n" };

Deno.test("line numbers that a turn's own write moved are refused, with the place where the lines are now", () =>
  atTurn(async (turn) => {
    await turn.call("read_file", { path: PATH, line_numbers: true });
    const first = await turn.call("rewrite_lines", {
      path: PATH,
      from_line: 10,
      to_line: 10,
      content: "a();\nb();\nc();",
    });
    assert.ok(first.done, first.text);
    const old = await turn.call("rewrite_lines", { path: PATH, from_line: 20, to_line: 21, content: "d();" });
    assert.ok(!old.done);
    assert.match(old.text, /are not what you saw under these numbers.*What you saw there is at lines 22 to 23 now\./);
    assert.equal(turn.text(PATH).split("\n")[19], "const line18 = 18;");
    const right = await turn.call("rewrite_lines", { path: PATH, from_line: 12, to_line: 12, content: "e();" });
    assert.ok(right.done, "what the write itself showed");
    const above = await turn.call("rewrite_lines", { path: PATH, from_line: 3, to_line: 3, content: "f();" });
    assert.ok(above.done, "what stands above it has not moved");
    await turn.call("read_file", { path: PATH, line_numbers: true });
    const again = await turn.call("rewrite_lines", { path: PATH, from_line: 22, to_line: 23, content: "d();" });
    assert.ok(again.done, again.text);
    assert.equal(turn.text(PATH).split("\n")[21], "d();");
  }, FILE));

Deno.test("old numbers are refused whatever moved the lines, and however they were shown", async (t) => {
  const shown = {
    "with numbers": { path: PATH, line_numbers: true },
    "without numbers": { path: PATH },
    "by another way of writing the path": { path: `./${PATH}`, line_numbers: true },
    "a part of it": { path: PATH, from_line: 15, to_line: 30 },
  };
  const moved = {
    "edit_file that adds lines": ["edit_file", { path: PATH, old_text: LINES[4], new_text: `${LINES[4]}\nadded();` }],
    "edit_file that takes lines away": ["edit_file", {
      path: PATH,
      old_text: `${LINES[4]}\n${LINES[5]}\n`,
      new_text: "",
    }],
    "rewrite_lines that takes lines away": ["rewrite_lines", { path: PATH, from_line: 17, to_line: 18, content: "" }],
    "rewrite_file": ["rewrite_file", { path: PATH, content: `first();\n${LINES.join("\n")}\n` }],
  } as const;
  for (const [how, read] of Object.entries(shown)) {
    for (const [by, [tool, args]] of Object.entries(moved)) {
      await t.step(`${how}, ${by}`, () =>
        atTurn(async (turn) => {
          await turn.call("read_file", read);
          assert.ok((await turn.call(tool, args)).done);
          const before = turn.text(PATH);
          const old = await turn.call("rewrite_lines", { path: PATH, from_line: 24, to_line: 24, content: "d();" });
          assert.ok(!old.done, before);
          assert.match(old.text, /What you saw there is at lines \d+ to \d+ now/);
          assert.equal(turn.text(PATH), before);
        }, FILE));
    }
  }
});

Deno.test("numbers of lines that were never shown are taken as long as the turn wrote nothing there", () =>
  atTurn(async (turn) => {
    await turn.call("read_file", { path: PATH, from_line: 1, to_line: 5 });
    assert.ok(
      (await turn.call("rewrite_lines", { path: PATH, from_line: 30, to_line: 30, content: "x();\ny();" })).done,
    );
    const unknown = await turn.call("rewrite_lines", { path: PATH, from_line: 38, to_line: 38, content: "z();" });
    assert.ok(!unknown.done);
    assert.match(unknown.text, /Read the file again and use its numbers\.$/);
  }, FILE));
