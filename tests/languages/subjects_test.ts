import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { subjectsOf } from "../../src/languages/subjects.ts";

function project(files: Readonly<Record<string, string>>) {
  const names = Object.keys(files).sort();
  return (test: string) => subjectsOf(test, names, (path) => Promise.resolve(files[path] ?? null), LANGUAGES);
}

Deno.test("subjectsOf() finds the Python module that a test imports from a package", async () => {
  const subjects = project({
    "tests/test_roman.py": "import unittest\nfrom textkit.roman import from_roman, to_roman\n",
    "textkit/__init__.py": "",
    "textkit/roman.py": "",
    "textkit/stats.py": "",
  });
  assert.deepEqual(await subjects("tests/test_roman.py"), ["textkit/roman.py"]);
});

Deno.test("subjectsOf() looks through an index that only passes on, and puts the file of the test's name first", async () => {
  const subjects = project({
    "test/slug.test.js": 'import { slug } from "../src/index.js";\n',
    "src/index.js": 'export * from "./table.js";\nexport { slug } from "./slug.js";\n',
    "src/slug.js": "",
    "src/table.js": "",
  });
  assert.deepEqual(await subjects("test/slug.test.js"), ["src/slug.js", "src/table.js", "src/index.js"]);
});

Deno.test("subjectsOf() knows a TypeScript source by the name of what it compiles to, and a submodule by its name", async () => {
  assert.deepEqual(await project({ "a.test.ts": 'import { a } from "./lib/a.js";', "lib/a.ts": "" })("a.test.ts"), [
    "lib/a.ts",
  ]);
  assert.deepEqual(
    await project({ "tests/test_x.py": "from pkg import shapes\n", "pkg/__init__.py": "", "pkg/shapes.py": "" })(
      "tests/test_x.py",
    ),
    ["pkg/shapes.py", "pkg/__init__.py"],
  );
});

Deno.test("subjectsOf() takes the file of the same name where a test imports nothing it can follow, and nothing else", async () => {
  assert.deepEqual(
    await project({ "tests/test_wrap.py": "import unittest\n", "wrap.py": "", "wrap.md": "" })("tests/test_wrap.py"),
    ["wrap.py"],
  );
  assert.deepEqual(await project({ "tests/test_wrap.py": "import os\n", "other.py": "" })("tests/test_wrap.py"), []);
});

Deno.test("subjectsOf() takes the sources beside a Go test and the modules that a Rust test uses", async () => {
  assert.deepEqual(
    await project({ "a/x_test.go": "package a", "a/x.go": "", "a/y.go": "", "b/z.go": "" })("a/x_test.go"),
    ["a/x.go", "a/y.go"],
  );
  assert.deepEqual(
    await project({ "tests/it.rs": "use kit::parse;", "src/lib.rs": "", "src/parse.rs": "", "src/other.rs": "" })(
      "tests/it.rs",
    ),
    ["src/parse.rs", "src/lib.rs"],
  );
});

Deno.test("subjectsOf() takes the packages of the project that a Go source imports, whatever the module is called", async () => {
  const files = {
    "order/order.go":
      'package order\n\nimport (\n\t"fmt"\n\n\tprices "example.org/shop/rates"\n)\n\nvar name = "shop/other"\n',
    "order/item.go": "package order\n",
    "rates/rates.go": "package rates\n",
    "rates/rates_test.go": "package rates\n",
    "other/other.go": "package other\n",
    "one/one.go": 'package one\n\nimport "example.org/shop/internal/rates"\n',
    "internal/rates/rates.go": "package rates\n",
  };
  assert.deepEqual(await project(files)("order/order.go"), ["order/item.go", "rates/rates.go"]);
  assert.deepEqual(await project(files)("one/one.go"), ["internal/rates/rates.go"]);
});

Deno.test("subjectsOf() takes the modules that a Rust source uses or declares, also of another crate of the project", async () => {
  const files = {
    "src/main.rs": "mod rates;\nuse crate::{order::Item, table};\nfn main() {}\n",
    "src/rates.rs": "",
    "src/order/mod.rs": "",
    "src/table.rs": "",
    "src/other.rs": "",
    "crates/my-kit/src/lib.rs": "",
    "crates/my-kit/src/parse.rs": "",
    "crates/app/src/run.rs": "use my_kit::parse;\nfn main() {}\n",
  };
  assert.deepEqual((await project(files)("src/main.rs")).toSorted(), [
    "src/order/mod.rs",
    "src/rates.rs",
    "src/table.rs",
  ]);
  assert.deepEqual((await project(files)("crates/app/src/run.rs")).toSorted(), [
    "crates/my-kit/src/lib.rs",
    "crates/my-kit/src/parse.rs",
  ]);
});

Deno.test("subjectsOf() takes what a C source includes: the source behind a header before that", async () => {
  const files = {
    "tests/test_rates.c": '#include <stdio.h>\n#include "../src/rates.h"\n',
    "src/order.c": '#include "rates.h"\n',
    "src/rates.h": "",
    "src/rates.c": "",
    "src/other.c": "",
    "src/other.h": "",
  };
  assert.deepEqual(await project(files)("src/order.c"), ["src/rates.c", "src/rates.h"]);
  assert.deepEqual((await project(files)("tests/test_rates.c")).includes("src/rates.c"), true);
});
