import assert from "node:assert/strict";
import { runBeforeSections } from "../../src/prompt/run_before.ts";
import { crew } from "../laws/crew.ts";
import { started } from "../given/given.ts";

const BEFORE = { run: "r0", goal: "Repair\nthe parser.", ending: "partly done", cause: "T2 is parked.", files: [] };

const said = (files: readonly string[]) => {
  const [section] = runBeforeSections(started({ before: { ...BEFORE, files: [...files] } }), crew());
  return section?.pieces.join("") ?? "";
};

Deno.test("a run that follows another is told its goal, how it ended and what it changed, and gives that up early", () => {
  assert.equal(
    said(["src/a.ts", "src/b.ts"]),
    '# What was done before this goal\nAnother run had the goal "Repair the parser.". It ended partly done: T2 is parked.\nFiles that it changed: src/a.ts, src/b.ts',
  );
  assert.match(said([]), /It changed no file\.$/);
  const many = said(Array.from({ length: 30 }, (_, index) => `src/${index}.ts`));
  assert.match(many, /src\/11\.ts, and 18 more$/);
  assert.deepEqual(runBeforeSections(started(), crew()), []);
});
