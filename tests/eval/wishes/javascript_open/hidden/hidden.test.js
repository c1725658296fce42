import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

let folder;
let file;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "todo-"));
  file = join(folder, "tasks.txt");
  writeFileSync(file, "[x] Paint\n[ ] Call\n[x] Rest\n[ ] Write\n");
});

after(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const { status, stdout } = spawnSync(process.execPath, ["cli.js", ...args], { encoding: "utf8" });
  return { status, lines: stdout.split("\n").filter((line) => line !== "") };
}

test("--open after the file", () => {
  assert.deepEqual(run("list", file, "--open"), { status: 0, lines: ["2. · Call", "4. · Write"] });
});

test("--open before the file", () => {
  assert.deepEqual(run("list", "--open", file), { status: 0, lines: ["2. · Call", "4. · Write"] });
});

test("without it all tasks are listed", () => {
  assert.deepEqual(run("list", file).lines, ["1. ✓ Paint", "2. · Call", "3. ✓ Rest", "4. · Write"]);
});
