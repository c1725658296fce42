import assert from "node:assert/strict";
import { sourcesNear } from "../../src/effects/prepare/sources_near.ts";
import { result, started } from "../given/given.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const look = (target: string | undefined, mentions: string, ...files: readonly string[]) =>
  sourcesNear({ target, mentions, changes: false }, started({}, []), files, [], LANGUAGES);
const near = (...given: Parameters<typeof look>) => look(...given).named;
const NONE = { named: [], among: [], isTold: false };

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
  const several = ["src/one.js", "src/two.js"];
  assert.deepEqual(
    look(undefined, "Be quicker.", ...several),
    { named: [], among: several, isTold: false },
    "what they hold tells",
  );
  for (const other of [{ changes: true }, { changes: false, asked: true }]) {
    assert.deepEqual(sourcesNear({ mentions: wish, ...other }, started({}, []), ["text.go"], [], LANGUAGES), NONE);
  }
});

Deno.test("a folder that many have says nothing, a file comes before a folder, and a path speaks of its own file alone", () => {
  const files = ["src/app.js", "src/auth.js", "src/stats.js"];
  const wish = "Add a module src/middle.js that exports median(values): of the same values as those of stats.";
  assert.deepEqual(near("src/middle.js", wish, ...files), ["src/stats.js"]);
  assert.deepEqual(near("export.py", "Add it, as tasks are.", "as.py", "tasks.py"), ["tasks.py"]);
  assert.deepEqual(look(undefined, "Sort the lists.", "lists/a.js", "b/lists.js", "c.js"), {
    named: ["b/lists.js"],
    among: ["lists/a.js"],
    isTold: true,
  });
});

Deno.test("where checks fail these say what it is about, and where a source is named that does", () => {
  const files = ["text.go", "other.go"];
  const asked = { mentions: "Look at the package text.", changes: false };
  const fails = started({}, [result("a", false)]);
  assert.deepEqual(sourcesNear(asked, fails, files, [], LANGUAGES), NONE);
  assert.deepEqual(sourcesNear(asked, started({}, []), files, ["other.go", "text_test.go"], LANGUAGES).named, [
    "other.go",
  ]);
});

Deno.test("what is to be made anew belongs into no source that is there; an option of what is there does", () => {
  const files = ["src/one.js", "src/two.js"];
  for (
    const wish of [
      "Write a small program that counts.",
      "Please create a new page for the moon.",
      "Build me a to-do app.",
    ]
  ) {
    assert.deepEqual(look(undefined, wish, ...files).among, [], wish);
  }
  for (
    const wish of ["Add an option to the tool.", "Make the page wider.", "Start the server with a port of its own."]
  ) {
    assert.deepEqual(look(undefined, wish, ...files).among, files, wish);
  }
});
