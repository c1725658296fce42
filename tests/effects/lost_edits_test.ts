import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { atTurn, NEW, OLD, PERSON } from "./turn_at_work.ts";

const REWRITES: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["rewrite_file", { content: NEW }],
  ["rewrite_lines", { from_line: 2, to_line: 2, content: "  return 2;" }],
  ["rewrite_function", { function: "a", content: NEW }],
];

Deno.test("what a person saves after a turn was shown a file is not written over, and the turn is shown it", async () => {
  for (const [name, args] of REWRITES) {
    await atTurn(async (turn) => {
      turn.save();
      const refused = await turn.call(name, { path: "src/a.ts", ...args });
      assert.ok(!refused.done, name);
      assert.ok(refused.text.includes("changed by somebody else") && refused.text.includes(OLD + PERSON), refused.text);
      assert.equal(turn.text(), OLD + PERSON, name);
      // It goes on from there: it was shown the file as it is now.
      const content = name === "rewrite_file" ? { content: NEW + PERSON } : {};
      assert.ok((await turn.call(name, { path: "./src/a.ts", ...args, ...content })).done, name);
      assert.equal(turn.text(), NEW + PERSON, name);
    });
  }
});

Deno.test("what read_file showed last is what a rewrite is for, whichever way the path is written", () =>
  atTurn(async (turn) => {
    turn.save();
    await turn.call("read_file", { path: "./src//a.ts" });
    assert.ok((await turn.call("rewrite_file", { path: `${turn.root}/src/a.ts`, content: NEW + PERSON })).done);
    turn.save();
    assert.ok(!(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.equal(turn.text(), NEW + PERSON + PERSON);
  }));

Deno.test("a search shows no file: what it passed over is still meant as it was shown before", () =>
  atTurn(async (turn) => {
    turn.save();
    await turn.call("search_code", { query: "return" });
    assert.ok(!(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.equal(turn.text(), OLD + PERSON);
  }));

Deno.test("a file that was never shown is meant as it stood when the attempt began", () =>
  atTurn(async (turn) => {
    assert.ok(turn.state.turns.open[Object.keys(turn.state.turns.open)[0]!]!.seen["src/unseen.ts"] === undefined);
    turn.save("src/unseen.ts");
    assert.ok(!(await turn.call("rewrite_file", { path: "src/unseen.ts", content: NEW })).done);
    assert.equal(turn.text("src/unseen.ts"), OLD + PERSON);
  }));

Deno.test("what the turn wrote itself, by tools or by a command, it may write again", () =>
  atTurn(async (turn) => {
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: OLD })).done);
    const ran = await turn.call("run_command", { command: ["sh", "-c", "echo '// formatted' >> src/a.ts"] });
    assert.ok(ran.done, ran.text);
    assert.ok(
      (await turn.call("rewrite_lines", { path: "src/a.ts", from_line: 2, to_line: 2, content: "  return 3;" })).done,
    );
    assert.equal(turn.text(), "export function a() {\n  return 3;\n}\n// formatted\n");
    assert.ok((await turn.call("create_file", { path: "src/b.ts", content: NEW })).done);
    assert.ok((await turn.call("rewrite_file", { path: "src/b.ts", content: OLD })).done);
    turn.save();
    assert.ok(
      !(await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done,
      "a person's save is still seen",
    );
  }));

Deno.test("edit_file finds its old text in what a person saved, and leaves the rest of that", () =>
  atTurn(async (turn) => {
    turn.save();
    assert.ok((await turn.call("edit_file", { path: "src/a.ts", old_text: "return 1;", new_text: "return 2;" })).done);
    assert.equal(turn.text(), NEW + PERSON);
  }));

Deno.test("of a file too long for an error, the turn is told to read it again, and is not taken to have seen it", () =>
  atTurn(async (turn) => {
    const long = "// a line of the file\n".repeat(290);
    writeFileSync(`${turn.root}/src/a.ts`, long);
    for (let time = 0; time < 2; time++) {
      const refused = await turn.call("rewrite_file", { path: "src/a.ts", content: NEW });
      assert.ok(!refused.done && refused.text.includes("Read it again"), refused.text);
    }
    assert.equal(turn.text(), long);
    await turn.call("read_file", { path: "src/a.ts" });
    assert.ok((await turn.call("rewrite_file", { path: "src/a.ts", content: NEW })).done);
  }));
