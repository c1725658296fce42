import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const PYTHON = {
  "weather/reading.py":
    'class Rec:\n    """One Rec of a station, its val in degrees."""\n    val: float  # the val\n\n\ndef shown(rec):\n    return f"{rec.val} C, {\'val\'}" + "val" + r"val"\n',
  "weather/summary.py": "from weather.reading import Rec\r\n\r\ninterval = [Rec(1).val, 2]\r\n",
  "test_weather.py": "from weather.reading import Rec\n\n\ndef test_it():\n    assert Rec(1).val == 1\n",
  "README.md": "A `Rec` has a `val`; val is no word here. Rec counts.\n",
  "data.csv": "Rec;val\n",
};

Deno.test("rename gives a name that tells itself apart wherever it stands, any other where it is code, in tests as well", () =>
  withWorkspace(PYTHON, async (workspace) => {
    const said = await callTool("rename", { from: "Rec", to: "Reading" }, workspace);
    match(
      JSON.stringify(said),
      /Renamed Rec to Reading in README\.md \(2\), test_weather\.py \(2\), weather\/reading\.py \(2\), weather\/summary\.py \(2\)\./,
    );
    await callTool("rename", { from: "val", to: "celsius" }, workspace);
    const text = async (path: string) => (await workspace.read(path)).text;
    equal(
      await text("weather/reading.py"),
      'class Reading:\n    """One Reading of a station, its val in degrees."""\n    celsius: float  # the val\n\n\ndef shown(rec):\n    return f"{rec.celsius} C, {\'celsius\'}" + "val" + r"val"\n',
    );
    equal(
      await text("weather/summary.py"),
      "from weather.reading import Reading\r\n\r\ninterval = [Reading(1).celsius, 2]\r\n",
    );
    equal(
      await text("test_weather.py"),
      "from weather.reading import Reading\n\n\ndef test_it():\n    assert Reading(1).celsius == 1\n",
    );
    equal(await text("README.md"), "A `Reading` has a `celsius`; val is no word here. Reading counts.\n");
    equal(await text("data.csv"), "Rec;val\n");
  }));

Deno.test("rename heeds what is code in a script: private fields, texts with code in them, and no comments", () =>
  withWorkspace({
    "a.js":
      "class Box {\n  #val = 1; // val\n  /* val\n val */\n  get val() { return `${this.#val} val` + `val` + 'val'; }\n}\nconst $val = 1, val2 = 2;\n",
  }, async (workspace) => {
    await callTool("rename", { from: "val", to: "size" }, workspace);
    equal(
      (await workspace.read("a.js")).text,
      "class Box {\n  #size = 1; // val\n  /* val\n val */\n  get size() { return `${this.#size} val` + `val` + 'val'; }\n}\nconst $val = 1, val2 = 2;\n",
    );
  }));

Deno.test("rename refuses a name that is taken, one that is nowhere, the same name, and what is no name; nothing is changed then", () =>
  withWorkspace(PYTHON, async (workspace) => {
    const refused = (from: string, to: string) => refusal(callTool("rename", { from, to }, workspace));
    match(await refused("Rec", "interval"), /weather\/summary\.py names interval already/);
    match(await refused("Nothing", "Reading"), /No file names Nothing/);
    match(await refused("Rec", "Rec"), /Both names are the same/);
    equal((await workspace.read("test_weather.py")).text, PYTHON["test_weather.py"]);
  }));

const MEMBERS = {
  "lib/members.js":
    "const members = new Map();\nfunction get(number) {\n  return members.get(number);\n}\nclass Old {\n  get size() { return 1; }\n}\nmodule.exports = { get };\n",
  "lib/index.js": 'module.exports = require("./members.js");\n',
  "lib/fees.js":
    'const members = require("./members.js");\nconst fees = new Map();\nmodule.exports = (n) => members.get(n) ?? fees.get(n);\n',
  "lib/other.js": 'const fs = require("node:fs");\nmodule.exports = (get) => get(fs);\n',
  "lib/named.js":
    'const { get: find } = require("./members.js");\nconst members = new Map();\nmodule.exports = { find, one: members.get(1) };\n',
  "lib/alias.js": 'import { get } from "@/lib/members";\nexport const one = get(1);\n',
  "lib/spread.js":
    'const { get } = require("./members.js");\nmodule.exports = [...get(1), /a/.get, "b".get(), { get: true }];\n',
  "lib/all.js": 'const { get } = require("./index.js");\nmodule.exports = (all) => all.map(get);\n',
  "test/members.test.js":
    'const { get } = require("../lib/members.js");\ntest("one", () => assert.equal(get(8), undefined));\n',
  "test/find.test.js": 'const { findMember } = require("../lib/members.js");\ntest("one", () => findMember(8));\n',
};

Deno.test("rename of a function whose name is a common word leaves what other things call so, and what does not know the function", () =>
  withWorkspace(MEMBERS, async (workspace) => {
    await callTool("rename", { from: "get", to: "findMember" }, workspace);
    const now = Object.fromEntries(
      await Promise.all(Object.keys(MEMBERS).map(async (path) => [path, (await workspace.read(path)).text])),
    );
    const own = MEMBERS["lib/members.js"].replace("function get(", "function findMember(").replace(
      "{ get }",
      "{ findMember }",
    );
    equal(now["lib/members.js"], own);
    equal(now["lib/fees.js"], MEMBERS["lib/fees.js"].replace("members.get", "members.findMember"));
    equal(now["lib/other.js"], MEMBERS["lib/other.js"]);
    equal(now["lib/named.js"], MEMBERS["lib/named.js"].replace("{ get:", "{ findMember:"));
    equal(now["lib/alias.js"], MEMBERS["lib/alias.js"].replaceAll("get", "findMember"));
    equal(
      now["lib/spread.js"],
      MEMBERS["lib/spread.js"].replace("{ get }", "{ findMember }").replace("...get", "...findMember"),
    );
    equal(now["lib/all.js"], MEMBERS["lib/all.js"].replaceAll("get", "findMember"));
    equal(now["test/members.test.js"], MEMBERS["test/members.test.js"].replaceAll(/\bget\b/g, "findMember"));
  }));

Deno.test("rename leaves a test as it is of which it cannot tell what it means, and what stands in quotes in any", () =>
  withWorkspace({
    "lib/rows.js": "function parseRow(text) {\n  return text;\n}\nmodule.exports = { parseRow };\n",
    "test/a.test.js":
      'const { parseRow } = require("../lib/rows.js");\n// readRow?\ntest("parseRow", () => parseRow("of parseRow"));\n',
    "test/b.test.js": "const readRow = 1;\nparseRow(readRow);\n",
    "test/c.test.js": 'import { parseRow } from "chai";\nparseRow(1);\n',
    "test/d.test.js": 'import { parseRow } from "../lib/rows.js";\nimport "./b.test.js";\nparseRow(1);\n',
  }, async (workspace) => {
    const said = JSON.stringify(await callTool("rename", { from: "parseRow", to: "readRow" }, workspace));
    match(
      said,
      /lib\/rows\.js \(2\), test\/a\.test\.js \(2\)\. Left as they are, .*: test\/b\.test\.js, test\/c\.test\.js, test\/d\.test\.js\./,
    );
    equal(
      (await workspace.read("test/a.test.js")).text,
      'const { readRow } = require("../lib/rows.js");\n// readRow?\ntest("parseRow", () => readRow("of parseRow"));\n',
    );
    const go = {
      "store/book.go": 'package store\n\ntype Thing struct{}\n\nfunc (one Thing) Str() string { return "Str" }\n',
      "store/book_test.go":
        'package store\n\nimport "testing"\n\nfunc TestStr(t *testing.T) {\n\tif (Thing{}).Str() != "Str" {\n\t\tt.Error("Str")\n\t}\n}\n',
    };
    await withWorkspace(go, async (other) => {
      const said = JSON.stringify(await callTool("rename", { from: "Thing", to: "Book" }, other));
      match(said, /store\/book\.go \(2\), store\/book_test\.go \(1\)\./);
    });
    const taken = { "a.js": "function get() {}\n", "test/helpers.js": "export function find() {}\n" };
    await withWorkspace(taken, async (other) => {
      match(await refusal(callTool("rename", { from: "get", to: "find" }, other)), /helpers\.js names find already/);
    });
    match(
      await refusal(callTool("rename", { from: "type", to: "kind" }, workspace)),
      /type or kind is a word of the language/,
    );
  }));
