import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { main } from "./cli.js";

let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "todo-"));
  file = join(folder, "tasks.txt");
  writeFileSync(file, "[x] Paint\n[ ] Call\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const lines = [];
  return { code: main(args, (line) => lines.push(line)), lines };
}

test("list prints all tasks", () => {
  assert.deepEqual(run("list", file), { code: 0, lines: ["1. ✓ Paint", "2. · Call"] });
});

test("done marks a task", () => {
  assert.equal(run("done", file, "2").code, 0);
  assert.equal(readFileSync(file, "utf8"), "[x] Paint\n[x] Call\n");
});

test("done refuses other numbers", () => {
  assert.deepEqual(run("done", file, "3"), { code: 1, lines: ["no task 3"] });
});

test("other commands print how it is used", () => {
  assert.equal(run("help").code, 2);
});
