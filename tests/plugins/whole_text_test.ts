import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const GO = `// Package hotel books rooms.
package hotel

// Stay is the time of a guest.
type Stay struct{ From, To int }

// Nights counts.
func (s Stay) Nights() int { return s.To - s.From }
`;

/** What a file holds once it was written anew. */
function rewritten(path: string, before: string, content: string): Promise<string> {
  let text = "";
  return withWorkspace({ [path]: before }, async (workspace) => {
    await callTool("rewrite_file", { path, content }, workspace);
    text = (await workspace.read(path)).text;
  }).then(() => text);
}

Deno.test("a whole new text keeps the comments that its file begins with where it begins as that does", async () => {
  const anew = GO.replace("s.To - s.From", "s.To - s.From + 1");
  equal(await rewritten("stay.go", GO, anew.replace("// Package hotel books rooms.\n", "")), anew);
  equal(await rewritten("stay.go", GO, anew), anew);
  const other = anew.replace("// Package hotel books rooms.", "// Package hotel lets rooms.");
  equal(await rewritten("stay.go", GO, other), other);
  const python = "#!/usr/bin/env python3\n# Licensed to nobody.\n\nimport os\n\n\ndef f():\n    return os.name\n";
  const changed = python.replace("os.name", "os.sep");
  equal(await rewritten("f.py", python, changed.slice(changed.indexOf("import"))), changed);
  const directive = '// @ts-nocheck\nimport a from "a";\na(1);\n';
  const without = 'import a from "a";\na(2);\n';
  equal(await rewritten("a.ts", directive, without), without, "who leaves out what is said to tools may mean it");
  const below = GO.replace(
    "// Package hotel books rooms.\npackage hotel\n",
    "package hotel\n\n// Package hotel books rooms.\n",
  )
    .replace("s.To - s.From", "1");
  equal(await rewritten("stay.go", GO, below), below);
  const elsewhere = 'print("begins otherwise")\n';
  equal(await rewritten("f.py", python, elsewhere), elsewhere);
});

Deno.test("a text that is its file's own but for comments that it leaves out changes nothing, and is refused as that", async () => {
  const copies = [
    GO.replace("// Nights counts.\n", ""),
    GO.replace("\n\n// Stay is the time of a guest.", ""),
    GO.replace("// Package hotel books rooms.\n", "").replace("// Nights counts.\n", ""),
  ];
  for (const content of copies) {
    await withWorkspace({ "stay.go": GO }, async (workspace) => {
      match(
        await refusal(callTool("rewrite_file", { path: "stay.go", content }, workspace)),
        /only comments are left out; nothing was changed/,
      );
      equal((await workspace.read("stay.go")).text, GO);
    });
  }
  const said = GO.replace("// Nights counts.", "// Nights counts the nights.");
  equal(await rewritten("stay.go", GO, said), said);
  const longer = 'T = """a\n\nb\n"""\n# Says a.\n';
  equal(
    await rewritten("a.py", longer, 'T = """a\nb\n"""\n'),
    'T = """a\nb\n"""\n',
    "another text in quotes is another value",
  );
  const tight = "def a():\n    return 1\ndef b():\n    return 2\n";
  const apart = tight.replace("\ndef b", "\n\n\ndef b");
  equal(await rewritten("a.py", tight, apart), apart, "blank lines may be what is wanted");
  const moved = "# noqa\nx = 1\n";
  equal(await rewritten("a.py", moved, "x = 1  # noqa\n"), "x = 1  # noqa\n");
  const page = "# A\n\n# B\n";
  equal(await rewritten("a.md", page, "# A\n"), "# A\n");
});

Deno.test("a text that takes names from the file that it is to be, as its test does, is refused", async () => {
  const own = {
    "calculator.py": "import unittest\nfrom calculator import add\n\n\nclass T(unittest.TestCase):\n    pass\n",
    "shop/stock.py": "from shop.stock import reserve\n\nreserve()\n",
    "main.ts": 'import { add } from "./main.ts";\n\nadd(1, 2);\n',
  };
  for (const [path, content] of Object.entries(own)) {
    await withWorkspace({}, async (workspace) => {
      match(
        await refusal(callTool("create_file", { path, content }, workspace)),
        /takes names from \S+ itself.*Write the code that defines them/,
      );
      equal(await workspace.exists(path), false);
    });
  }
  const others = {
    "tests/test_calculator.py": own["calculator.py"],
    "shop/__init__.py": "from . import stock\nfrom shop.stock import reserve\n",
    "calculator.py": "import math\nfrom decimal import Decimal\n\n\ndef calculator():\n    return Decimal(math.pi)\n",
    "a.go": 'package a\n\nimport "example.org/a"\n\nfunc F() { a.G() }\n',
    "main.ts": 'import { main } from "./other/main.ts";\n\nmain();\n',
    "src/main.rs": "mod main_loop;\nuse crate::main_loop::main as run;\n\nfn main() { run(); }\n",
  };
  for (const [path, content] of Object.entries(others)) {
    await withWorkspace({}, async (workspace) => {
      await callTool("create_file", { path, content }, workspace);
      equal((await workspace.read(path)).text, content);
    });
  }
});
