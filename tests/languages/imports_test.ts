import assert from "node:assert/strict";
import { withoutIdleImports, withoutImports } from "../../src/languages/imports.ts";
import { withImportsOf } from "../../src/languages/imports_of.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const by = (name: "go" | "javascript" | "python" | "rust") => [LANGUAGES[name]!];

Deno.test("what a text defines itself is not imported, whatever it is called on the way", () => {
  const days = "export function isLeapYear(year) {\n  return year % 4 === 0;\n}\n";
  assert.deepEqual(withImportsOf(days, 'import { isLeapYear } from "./days.js";\n', by("javascript")), {
    text: days,
    lines: 0,
  });
  const using = `${days}\nround(leaps);\n`;
  for (const line of ['import { round } from "./sums.js";', 'import { isLeapYear as leaps } from "./other.js";']) {
    assert.equal(withImportsOf(using, `${line}\n`, by("javascript")).text, `${line}\n${using}`);
  }
  const stock = "class Stock:\n    def reserve(self):\n        return True\n";
  assert.equal(withImportsOf(stock, "from shop.stock import Stock\n", by("python")).lines, 0);
  const refusing = `${stock}\nrefuse()\n`;
  assert.equal(withImportsOf(refusing, "from shop.Stock import refuse\n", by("python")).lines, 1);
});

Deno.test("the imports of another text come in, those that are used nowhere only where that is no fault", () => {
  const python = "def area(radius: int | None):\n    return math.pi * radius\n";
  const written = "from __future__ import annotations\nimport math\nfrom sklearn.experimental import enable_it\n";
  assert.equal(withImportsOf(python, written, by("python")).text, `${written}${python}`);
  const go =
    'package a\n\nimport (\n\t"sort"\n)\n\nfunc Name(p v1.Pod) string {\n\treturn strings.ToUpper(rand.Text())\n}\n';
  const block =
    'import (\n\t"fmt"\n\t"strings"\n\t"math/rand/v2"\n\t"k8s.io/api/core/v1"\n\tyaml "gopkg.in/yaml.v2"\n\t"github.com/a/go-cmp"\n\t"go/vision/apiv1"\n)\n';
  assert.match(
    withImportsOf(go, block, by("go")).text,
    /import \(\n\t"sort"\n\t"strings"\n\t"math\/rand\/v2"\n\t"k8s\.io\/api\/core\/v1"\n\t"github\.com\/a\/go-cmp"\n\t"go\/vision\/apiv1"\n\)/,
  );
});

Deno.test("what is said behind an import neither names anything nor opens a bracket", () => {
  const star = "from math import *  # noqa: F403 (fine\n";
  const python = "def noqa(x):\n    return sqrt(x)\n";
  assert.equal(withImportsOf(python, star, by("python")).text, `${star}${python}`);
  const slow = `import os  # slow :(\n\n${python}`;
  assert.equal(withImportsOf(slow, "import json\n", by("python")).text, slow.replace("\n\n", "\nimport json\n\n"));
});

Deno.test("an import that is used no more goes where that is a fault, and no other", () => {
  const before = 'package a\n\nimport (\n\t"fmt"\n\t"sort"\n\t"log"\n)\n\nfunc Say() { fmt.Println(sort.Ints) }\n';
  const now = before.replace("fmt.Println(sort.Ints)", "sort.Ints(nil)");
  assert.deepEqual(withoutIdleImports(now, before, by("go")), { text: now.replace('\t"fmt"\n', ""), lines: 1 });
  const alone = 'package a\n\nimport "fmt"\n\nfunc Say() { fmt.Println() }\n';
  const quiet = alone.replace("fmt.Println()", "");
  assert.equal(withoutIdleImports(quiet, alone, by("go")).text, quiet.replace('import "fmt"\n', ""));
  const script = 'import a from "./a.js";\n\na();\n';
  assert.equal(withoutIdleImports(script.replace("a();", ""), script, by("javascript")).lines, 0);
  const version = 'package a\n\nimport "shop/api/v1"\n\nfunc F() { api() }\n\nfunc G(o v1.Order) {}\n';
  assert.equal(withoutIdleImports(version.replace("api()", ""), version, by("go")).lines, 0);
  const two = 'package a\n\nimport "fmt"; import "os"\n\nfunc F() { os.Exit(fmt.Print()) }\n';
  assert.equal(withoutIdleImports(two.replace("fmt.Print()", "0"), two, by("go")).lines, 0);
});

Deno.test("what looks like an import in the code of a file stays as it is", () => {
  const template = 'const head = `package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n`\n';
  const before = `package a\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n${template}\nfunc F() { fmt.Print(os.Args) }\n`;
  const now = before.replace("os.Args", "1");
  const { text, lines } = withoutIdleImports(now, before, by("go"));
  assert.deepEqual([text, lines], [now.replace('\t"os"\n', ""), 1]);
  assert.ok(text.includes(template));
});

Deno.test("many blocks of imports are read in one go, closed or not, and a raw string that ends with a backslash hides no use", () => {
  const open = `package a\n${"import (\n".repeat(100_000)}`;
  assert.equal(withImportsOf(open, 'import "os"\n', by("go")).lines, 0);
  const closed = `package a\n${"import (\n)\n".repeat(100_000)}`;
  assert.equal(withImportsOf(closed, 'import "os"\n', by("go")).lines, 0);
  const before = 'package a\n\nimport "os"\n\nfunc F() string { return "" }\n\nfunc G() { os.Exit(1) }\n';
  const now = before.replace('return ""', "return `C:\\`");
  assert.deepEqual(withoutIdleImports(now, before, by("go")), { text: now, lines: 0 });
});

Deno.test("a text without its imports holds all the rest, also where one is never closed", () => {
  const text = 'import {\n  a,\n  b,\n} from "./a.js";\nimport c from "./c.js";\n\na(b);\n';
  assert.equal(withoutImports(text, by("javascript")), "\na(b);\n");
  assert.equal(withoutImports(`a();\nimport {\n${"  name,\n".repeat(50_000)}`, by("javascript")), "a();");
  assert.equal(withoutImports("from a import \\\n    b\nb()\n", by("python")), "b()\n");
});

/** A language, the imports of a file, those that were written, and those of the file after it. */
const IMPORTS: readonly (readonly ["javascript" | "python" | "rust", string, string, string])[] = [
  ["javascript", 'import fs from "node:fs";', "import fs from 'fs'", 'import fs from "node:fs";'],
  ["javascript", 'import "./a.js";', "import './a.js'", 'import "./a.js";'],
  ["javascript", 'import a from "./a.js";', 'import "./a.js";', 'import a from "./a.js";\nimport "./a.js";'],
  ["javascript", "const fs = require('fs');", 'const fs = require("fs")', "const fs = require('fs');"],
  ["javascript", "import fs from 'fs';", "const fs = require('fs');", "import fs from 'fs';"],
  [
    "javascript",
    "import { a, b } from './x.mjs';",
    "import {a} from './x.mjs'\nimport d, { b, c as e, type F } from './x.mjs';\nimport * as b from './b.js';",
    "import { a, b } from './x.mjs';\nimport d, { c as e, type F } from './x.mjs';\nimport * as b from './b.js';",
  ],
  [
    "javascript",
    "const { join } = require('path');",
    "const { join: put, join, dirname: folder } = require('path');",
    "const { join } = require('path');\nconst { join: put, dirname: folder } = require('path');",
  ],
  [
    "javascript",
    'import type { A } from "./a.ts";',
    'import type {\n  A,\n  B,\n} from "./a";',
    'import type { A } from "./a.ts";\nimport type {\n  B,\n} from "./a";',
  ],
  [
    "rust",
    "use std::collections::{HashMap, HashSet};",
    "use std::collections::HashMap;\nuse std::{fmt::{self, Display}, collections::{HashSet, BTreeMap as Tree}};\nuse a::*;",
    "use std::collections::{HashMap, HashSet};\nuse std::{fmt::{self, Display}, collections::{BTreeMap as Tree}};\nuse a::*;",
  ],
  [
    "python",
    '"""Says."""\nimport os',
    "import re\nfrom __future__ import annotations\nimport os.path",
    '"""Says."""\nfrom __future__ import annotations\nimport os\nimport re\nimport os.path',
  ],
  [
    "python",
    "from typing import List, Optional",
    "from typing import (\n    Dict,\n    List,  # all, of it\n    Set as Some,\n)\nimport numpy as List",
    "from typing import List, Optional\nfrom typing import (\n    Dict,\n    Set as Some,\n)\nimport numpy as List",
  ],
  [
    "python",
    "import datetime",
    "from datetime import datetime, timedelta\nimport datetime\n",
    "import datetime\nfrom datetime import datetime, timedelta",
  ],
  ["python", "from a import b as c", "import a.b as c", "from a import b as c"],
  ["python", "from a import b as c", "from a import d as c", "from a import b as c\nfrom a import d as c"],
  [
    "javascript",
    'import { readFile } from "node:fs";',
    'import { readFile } from "node:fs/promises";\nimport { readFile, stat } from "fs";',
    'import { readFile } from "node:fs";\nimport { readFile } from "node:fs/promises";\nimport { stat } from "fs";',
  ],
  ["javascript", 'import * as fs from "node:fs";', 'import fs from "fs";', 'import * as fs from "node:fs";'],
  ["javascript", 'import { a } from "./a.ts";', 'import type { a } from "./a.ts";', 'import { a } from "./a.ts";'],
  ["javascript", 'import type { A } from "./a.ts";', 'import { A } from "./a.ts";', 'import { A } from "./a.ts";'],
  ["javascript", 'import type A from "./a.ts";', 'import A from "./a.ts";', 'import A from "./a.ts";'],
  [
    "javascript",
    'import type { A, B } from "./a.ts";\nimport { type C, type D as E } from "./c.ts";',
    'import { A, type B } from "./a.ts";\nimport { C, D as E } from "./c.ts";',
    'import type { B } from "./a.ts";\nimport { C, D as E } from "./c.ts";\nimport { A } from "./a.ts";',
  ],
  [
    "javascript",
    'import type { A } from "./a.ts";',
    'import { A } from "./b.ts";',
    'import type { A } from "./a.ts";\nimport { A } from "./b.ts";',
  ],
  [
    "javascript",
    'const fs = require("fs");',
    'const fs = require("fs"), path = require("path");',
    'const fs = require("fs");\nconst path = require("path");',
  ],
  [
    "javascript",
    'const fs = require("fs"),\n  path = require("path");',
    'const path = require("node:path"),\n  { join } = require("path"),\n  fs = require("fs").promises',
    'const fs = require("fs"),\n  path = require("path");\nconst { join } = require("path")\nconst fs = require("fs").promises',
  ],
  [
    "rust",
    "use std::fmt::{self, Result};",
    "use std::io::Result;\nuse std::fmt;\nuse std::{fmt::Result, io::{self, Read}};",
    "use std::fmt::{self, Result};\nuse std::io::Result;\nuse std::{io::{self, Read}};",
  ],
];

for (const [language, before, written, after] of IMPORTS) {
  Deno.test(`no name is imported twice from one place: ${written.split("\n")[0]} beside ${before.split("\n").at(-1)}`, () => {
    const rest = "\n\nx();\n";
    assert.equal(withImportsOf(`${before}${rest}`, `${written}\n`, by(language)).text, `${after}${rest}`);
  });
}

Deno.test("what a file defines in one line is not imported into it either", () => {
  const text = "class Item(Base): pass\n\n\nLIMIT = 3\n";
  assert.equal(withImportsOf(text, "from shop.item import Item, LIMIT\n", by("python")).lines, 0);
});

Deno.test("lists of names within lists are read in one go, however deep", () => {
  const deep = `use a::${"{b::".repeat(20_000)}c${"}".repeat(20_000)};\n`;
  assert.equal(withImportsOf("use c;\n", deep, by("rust")).lines, 1);
  const long = `import { ${"name, ".repeat(20_000)}b } from "./a.js";\n`;
  assert.equal(withImportsOf('import { name } from "./b.js";\n', long, by("javascript")).lines, 1);
});
