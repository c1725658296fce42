import assert from "node:assert/strict";
import { sourcesNear } from "../../src/effects/prepare/sources_near.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const near = (target: string | undefined, mentions: string, ...files: readonly string[]) =>
  sourcesNear({ target, mentions, changes: false }, files, LANGUAGES);

Deno.test("who writes a new file sees the sources that its wish speaks of, else the only one that there is", () => {
  const wish = "Open my tasks in a spreadsheet: add export.py with to_csv(tasks).";
  assert.deepEqual(near("export.py", wish, "book.py", "tasks.py", "test_tasks.py", "tasks.js"), ["tasks.py"]);
  assert.deepEqual(near("export.py", "Add export.py.", "tasks.py", "test_tasks.py", "README.md"), ["tasks.py"]);
  assert.deepEqual(near("export.py", "Add export.py.", "tasks.py", "book.py"), [], "nothing tells which of several");
  assert.deepEqual(near("export.py", wish, "tasks.py", "export.py"), [], "what is there is shown itself");
  assert.deepEqual(near("notes.txt", wish, "tasks.py"), [], "what is no code is made of none");
});

Deno.test("work whose file nobody names is shown the sources that it speaks of by file, folder or package, and nothing for a review", () => {
  const wish = "Add two functions to the package text: Reverse(s string) string, and Words.";
  assert.deepEqual(near(undefined, wish, "go.mod", "text.go", "text_test.go", "other.go"), ["text.go"]);
  assert.deepEqual(near(undefined, wish, "text/reverse.go", "main.go"), ["text/reverse.go"]);
  assert.deepEqual(near(undefined, "A task may be late.", "tasks.py", "book.py"), ["tasks.py"]);
  assert.deepEqual(near(undefined, "Be quicker.", "src/only.js", "test/only.test.js"), ["src/only.js"]);
  assert.deepEqual(near(undefined, "Be quicker.", "src/one.js", "src/two.js"), []);
  for (const other of [{ changes: true }, { changes: false, asked: true }]) {
    assert.deepEqual(sourcesNear({ mentions: wish, ...other }, ["text.go"], LANGUAGES), []);
  }
});
