import assert from "node:assert/strict";
import { sourcesNear } from "../../src/effects/prepare/sources_near.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const near = (target: string | undefined, mentions: string, ...files: readonly string[]) =>
  sourcesNear({ target, mentions }, files, LANGUAGES);

Deno.test("who writes a new file sees the sources that its wish speaks of, else the only one that there is", () => {
  const wish = "Open my tasks in a spreadsheet: add export.py with to_csv(tasks).";
  assert.deepEqual(near("export.py", wish, "book.py", "tasks.py", "test_tasks.py", "tasks.js"), ["tasks.py"]);
  assert.deepEqual(near("export.py", "Add export.py.", "tasks.py", "test_tasks.py", "README.md"), ["tasks.py"]);
  assert.deepEqual(near("export.py", "Add export.py.", "tasks.py", "book.py"), [], "nothing tells which of several");
  assert.deepEqual(near("export.py", wish, "tasks.py", "export.py"), [], "what is there is shown itself");
  assert.deepEqual(near("notes.txt", wish, "tasks.py"), [], "what is no code is made of none");
  assert.deepEqual(near(undefined, wish, "tasks.py"), []);
});
