import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const SHAPES = `import os

# Area of a square.
def area(side):
    """The area."""
    return side * 4


class Shape:
    def __init__(self, name):
        self.name = name

    @property
    def title(self):
        return self.name
`;

Deno.test("rewrite_function replaces that function alone, whatever else was written around it", () =>
  withWorkspace({ "shapes.py": SHAPES }, async (workspace) => {
    const content =
      "import math\nimport os\n\ndef area(side):\n    return square(side)\n\ndef square(side):\n    return math.pow(side, 2)\n\nclass Shape:\n    pass\n\nprint(area(2))\n";
    const { text } = await callTool(
      "rewrite_function",
      { path: "shapes.py", function: "area", content },
      workspace,
    );
    equal(
      (await workspace.read("shapes.py")).text,
      SHAPES.replace("import os\n", "import os\nimport math\n").replace(
        '# Area of a square.\ndef area(side):\n    """The area."""\n    return side * 4\n',
        'def square(side):\n    return math.pow(side, 2)\n\n# Area of a square.\ndef area(side):\n    """The area."""\n    return square(side)\n',
      ),
    );
    match(text, /Changed shapes\.py/);
  }));

Deno.test("rewrite_function gives a method its indentation and keeps the decorator that was not written again", () =>
  withWorkspace({ "shapes.py": SHAPES }, async (workspace) => {
    await callTool("rewrite_function", {
      path: "shapes.py",
      function: "Shape.title",
      content: "def title(self):\n    return self.name.title()\n",
    }, workspace);
    equal(
      (await workspace.read("shapes.py")).text,
      SHAPES.replace("return self.name\n", "return self.name.title()\n"),
    );
  }));

Deno.test("rewrite_function says which functions there are, and when the text does not define the one that is meant", () =>
  withWorkspace({ "shapes.py": SHAPES }, async (workspace) => {
    const call = (name: string, content: string) =>
      callTool("rewrite_function", { path: "shapes.py", function: name, content }, workspace);
    match(await refusal(call("volume", "def volume(): pass")), /has area, Shape\.__init__, Shape\.title/);
    match(await refusal(call("area", "return side * side")), /does not define area/);
    match(await refusal(call("area", "def area(side):\n    # ... existing code ...\n")), /leaves text out/);
    equal((await workspace.read("shapes.py")).text, SHAPES);
  }));

Deno.test("rewrite_function leaves a Go file with the imports that it uses then, and shows the function where it stands", () =>
  withWorkspace({
    "say.go":
      'package say\n\nimport (\n\t"fmt"\n\t"sort"\n)\n\nfunc All(words []string) string {\n\tsort.Strings(words)\n\treturn fmt.Sprint(words)\n}\n',
  }, async (workspace) => {
    const content =
      'package say\n\nimport (\n\t"log"\n\t"sort"\n\t"strings"\n)\n\nfunc All(words []string) string {\n\tsort.Strings(words)\n\treturn strings.Join(words, " ")\n}\n';
    const { text } = await callTool("rewrite_function", { path: "say.go", function: "All", content }, workspace);
    equal(
      (await workspace.read("say.go")).text,
      'package say\n\nimport (\n\t"sort"\n\t"strings"\n)\n\nfunc All(words []string) string {\n\tsort.Strings(words)\n\treturn strings.Join(words, " ")\n}\n',
    );
    match(text, /8\| func All\(words/);
  }));

/** A file, the function to write anew, the text that was written, and the file after it; null where nothing may be written. */
const REPLACEMENTS: readonly (readonly [
  title: string,
  name: string,
  before: string,
  written: string,
  after: string | null,
])[] = [
  [
    "a description that was not written again stays, one that was is the new one",
    "f",
    'def f(a,\n      b):\n    """Adds.\n\n    Both."""\n    return a - b\n',
    "def f(a, b):\n    return a + b\n",
    'def f(a, b):\n    """Adds.\n\n    Both."""\n    return a + b\n',
  ],
  [
    "a description and the body that was written have the indentation of the file",
    "f",
    'def f(a):\n    """Adds.\n\n    One."""\n    return a\n',
    "def f(a):\n  return a + 1\n",
    'def f(a):\n    """Adds.\n\n    One."""\n    return a + 1\n',
  ],
  [
    "a method that was written with tabs, or with fewer blanks, takes the indentation of its file",
    "A.f",
    'class A:\n    def f(self):\n        "Gives."\n        return 1\n',
    "def f(self):\n\treturn 2\n",
    'class A:\n    def f(self):\n        "Gives."\n        return 2\n',
  ],
  [
    "a function that was written with blanks keeps the tabs of its file",
    "A.f",
    "class A:\n\tdef f(self):\n\t\treturn 1\n",
    "def f(self):\n    if self:\n        return 2\n    return 3\n",
    "class A:\n\tdef f(self):\n\t\tif self:\n\t\t\treturn 2\n\t\treturn 3\n",
  ],
  [
    "a function that was written with another number of blanks has that of its file",
    "f",
    "function g(a) {\n  if (a) {\n    b();\n  }\n}\n\nfunction f(a) {\n  return a;\n}\n",
    "function f(a) {\n    if (a) {\n        return 1;\n    }\n    return a;\n}\n",
    "function g(a) {\n  if (a) {\n    b();\n  }\n}\n\nfunction f(a) {\n  if (a) {\n    return 1;\n  }\n  return a;\n}\n",
  ],
  [
    "a function with lines that are aligned stays as it was written",
    "f",
    "function g(a) {\n  b();\n}\n\nfunction f(a) {\n  return a;\n}\n",
    "function f(a) {\n    return g(a,\n             1);\n}\n",
    "function g(a) {\n  b();\n}\n\nfunction f(a) {\n    return g(a,\n             1);\n}\n",
  ],
  [
    "a default export stays the default export",
    "f",
    "export default function f(a) {\n  return a;\n}\n",
    "export function f(a) {\n  return a + 1;\n}\n",
    "export default function f(a) {\n  return a + 1;\n}\n",
  ],
  [
    "a new description replaces the old one",
    "f",
    'def f(a):\n    """Old."""\n    return a\n',
    'def f(a):\n    """New."""\n    return a + 1\n',
    'def f(a):\n    """New."""\n    return a + 1\n',
  ],
  [
    "a function that was exported stays exported",
    "f",
    "/** Adds. */\nexport function f(a) {\n  return a;\n}\n",
    "function f(a) {\n  return a + 1;\n}\n",
    "/** Adds. */\nexport function f(a) {\n  return a + 1;\n}\n",
  ],
  [
    "a public function stays public, and one that is private stays private",
    "f",
    "pub(crate) fn f() -> i32 {\n    1\n}\nfn g() {\n    f();\n}\n",
    "fn f() -> i32 {\n    2\n}\n",
    "pub(crate) fn f() -> i32 {\n    2\n}\nfn g() {\n    f();\n}\n",
  ],
  [
    "an import goes after a list of imports over several lines, not into it",
    "f",
    "from typing import (\n    List,\n)\n\ndef f():\n    return 1\n",
    "import re\n\ndef f():\n    return re\n",
    "from typing import (\n    List,\n)\nimport re\n\ndef f():\n    return re\n",
  ],
  [
    "an import over several lines comes whole, and not again",
    "f",
    "import os\n\ndef f():\n    return 1\n",
    "import os\nfrom typing import (\n    List,\n)\n\ndef f():\n    return List\n",
    "import os\nfrom typing import (\n    List,\n)\n\ndef f():\n    return List\n",
  ],
  [
    "an import never goes into a class",
    "A.f",
    '"""Says."""\nclass A:\n    def f(self):\n        return 1\n',
    "import re\ndef f(self):\n    return re\n",
    '"""Says."""\nimport re\nclass A:\n    def f(self):\n        return re\n',
  ],
  [
    "a function beside a decorated one goes above the decorator",
    "view",
    '@route("/x")\ndef view():\n    return 1\n',
    "def helper():\n    return 2\n\ndef view():\n    return helper()\n",
    'def helper():\n    return 2\n\n@route("/x")\ndef view():\n    return helper()\n',
  ],
  [
    "of two classes with a method of one name, all written again, only the one that is meant is taken",
    "B.f",
    "class A:\n    def f(self):\n        return 1\n\n\nclass B:\n    def f(self):\n        return 2\n",
    "class A:\n    def f(self):\n        return 10\n\n\nclass B:\n    def f(self):\n        return 20\n",
    "class A:\n    def f(self):\n        return 1\n\n\nclass B:\n    def f(self):\n        return 20\n",
  ],
  [
    "a function is told from a method of its name",
    "f",
    "def f():\n    return 1\n\n\nclass B:\n    def f(self):\n        return 2\n",
    "def f():\n    return 10\n",
    "def f():\n    return 10\n\n\nclass B:\n    def f(self):\n        return 2\n",
  ],
  [
    "a property with a setter is two of one name",
    "A.x",
    "class A:\n    @property\n    def x(self):\n        return 1\n\n    @x.setter\n    def x(self, to):\n        pass\n",
    "@x.setter\ndef x(self, to):\n    self.y = to\n",
    null,
  ],
  [
    "overloads stay above the one that does something",
    "f",
    "export function f(a: string): string;\nexport function f(a: number): number;\nexport function f(a: any) {\n  return a;\n}\n",
    "export function f(a: any) {\n  return a + 1;\n}\n",
    "export function f(a: string): string;\nexport function f(a: number): number;\nexport function f(a: any) {\n  return a + 1;\n}\n",
  ],
  [
    "lines at the margin within a text between backticks belong to the function",
    "f",
    "function f() {\n  const a = `\nnot code }\n`;\n  return a;\n}\nconst z = 1;\n",
    "function f() {\n  return `\nnew }\n`;\n}\n",
    "function f() {\n  return `\nnew }\n`;\n}\nconst z = 1;\n",
  ],
  [
    "a comment at the margin within a function ends it not",
    "f",
    "def f(a):\n    b = a\n# note\n    return b\n\nx = 1\n",
    "def f(a):\n    return a\n",
    "def f(a):\n    return a\n\nx = 1\n",
  ],
  [
    "a function beside a method is refused, since it would be lost",
    "A.f",
    "class A:\n    def f(self):\n        return 1\n",
    "class A:\n    def f(self):\n        return self._h()\n\n    def _h(self):\n        return 2\n",
    null,
  ],
  [
    "a named value that the function uses comes with it, a call that shows its use does not",
    "f",
    "def f():\n    return 1\n",
    "LIMIT = 3\n\ndef f():\n    return LIMIT\n\nprint(f())\n",
    "LIMIT = 3\ndef f():\n    return LIMIT\n",
  ],
  [
    "a method of Go that was written without its receiver has it again",
    "Get",
    "package a\n\n// Get reads.\nfunc (c *Cache) Get(key string) (int, bool) {\n\treturn 0, false\n}\n",
    "// Get reads an entry.\nfunc Get(key string) (int, bool) {\n\treturn c.entries[key], true\n}\n",
    "package a\n\n// Get reads an entry.\nfunc (c *Cache) Get(key string) (int, bool) {\n\treturn c.entries[key], true\n}\n",
  ],
  [
    "a function of Go that has no receiver gets none",
    "f",
    "package a\n\nfunc f(c *Cache) int {\n\treturn 0\n}\n",
    "func f(c *Cache) int {\n\treturn c.n\n}\n",
    "package a\n\nfunc f(c *Cache) int {\n\treturn c.n\n}\n",
  ],
  [
    "a method of Python that was written without self has it again",
    "A.f",
    "class A:\n    def f(self, key):\n        return 1\n",
    "def f(key):\n    return self.m[key]\n",
    "class A:\n    def f(self, key):\n        return self.m[key]\n",
  ],
  [
    "a method of a class that takes nothing else has cls again",
    "A.f",
    "class A:\n    @classmethod\n    def f(cls):\n        return 1\n",
    "def f():\n    return cls()\n",
    "class A:\n    @classmethod\n    def f(cls):\n        return cls()\n",
  ],
  [
    "what does not use self may be meant to be called without it",
    "A.f",
    "class A:\n    def f(self):\n        return 1\n",
    "@staticmethod\ndef f():\n    return 2\n",
    "class A:\n    @staticmethod\n    def f():\n        return 2\n",
  ],
  [
    "a method of JavaScript that was written as a function is a method again, with the words of its class",
    "A.f",
    "class A {\n  private static f(key: string): number {\n    return 1;\n  }\n}\n",
    "async function f(key: string): number {\n  return this.m[key];\n}\n",
    "class A {\n  private static async f(key: string): number {\n    return this.m[key];\n  }\n}\n",
  ],
  [
    "a getter that was written as a function is a getter again",
    "A.f",
    "class A {\n  get f() {\n    return 1;\n  }\n}\n",
    "export function f() {\n  return this.m;\n}\n",
    "class A {\n  get f() {\n    return this.m;\n  }\n}\n",
  ],
  [
    "a method of Rust that was written without self borrows it as before",
    "f",
    "struct A;\nimpl A {\n    pub fn f(&mut self, by: u8) -> u8 {\n        1\n    }\n}\n",
    "fn f(by: u8) -> u8 {\n    self.n += by;\n    self.n\n}\n",
    "struct A;\nimpl A {\n    pub fn f(&mut self, by: u8) -> u8 {\n        self.n += by;\n        self.n\n    }\n}\n",
  ],
  [
    "a function of Go in which the receiver's name is something else gets none",
    "Len",
    "package a\n\nfunc (c *Cache) Len() int {\n\treturn 0\n}\n",
    "func Len(all []int) int {\n\tfor _, c := range all {\n\t\tc.f()\n\t}\n\treturn 1\n}\n",
    "package a\n\nfunc Len(all []int) int {\n\tfor _, c := range all {\n\t\tc.f()\n\t}\n\treturn 1\n}\n",
  ],
  [
    "a receiver that is a parameter already is not given twice",
    "Len",
    "package a\n\nfunc (c *Cache) Len() int {\n\treturn 0\n}\n",
    "func Len(\n\tc *Cache,\n) int {\n\treturn c.n\n}\n",
    "package a\n\nfunc Len(\n\tc *Cache,\n) int {\n\treturn c.n\n}\n",
  ],
  [
    "a method that was made static stays so, whatever it says of self",
    "A.f",
    "class A:\n    def f(self, href):\n        return 1\n",
    '@staticmethod\ndef f(href):\n    cls = KINDS[href]\n    return cls.make("self.x")\n',
    'class A:\n    @staticmethod\n    def f(href):\n        cls = KINDS[href]\n        return cls.make("self.x")\n',
  ],
  [
    "a method whose first parameter has another name, or stands in further arguments, gets no second one",
    "A.f",
    "class A:\n    def f(cls, name):\n        return 1\n",
    "def f(mcs, name):\n    cls = super().f(mcs, name)\n    cls.x = 1\n    return cls\n",
    "class A:\n    def f(mcs, name):\n        cls = super().f(mcs, name)\n        cls.x = 1\n        return cls\n",
  ],
  [
    "a method of which self stands behind a comment gets no second one",
    "A.f",
    "class A:\n    def f(self, key):\n        return 1\n",
    "def f(  # noqa\n    self,\n    key,\n):\n    return self.m\n",
    "class A:\n    def f(  # noqa\n        self,\n        key,\n    ):\n        return self.m\n",
  ],
  [
    "a method that takes self from its arguments gets none",
    "A.f",
    "class A:\n    def f(self, key):\n        return 1\n",
    "def f(*args):\n    self, *rest = args\n    return self.m\n",
    "class A:\n    def f(*args):\n        self, *rest = args\n        return self.m\n",
  ],
  [
    "self goes into no function within, and a path that begins with it is no use of it",
    "f",
    "struct A;\nimpl A {\n    pub fn f(&self, n: u8) -> A {\n        A\n    }\n}\n",
    "pub fn f(n: u8) -> A {\n    self::build(n)\n}\n",
    "struct A;\nimpl A {\n    pub fn f(n: u8) -> A {\n        self::build(n)\n    }\n}\n",
  ],
  [
    "a private method of JavaScript stays one, and asynchronous what was so",
    "A.f",
    "class A {\n  async #f(key) {\n    return 1;\n  }\n}\n",
    "function f(key) {\n  return this.m[key];\n}\n",
    "class A {\n  async #f(key) {\n    return this.m[key];\n  }\n}\n",
  ],
  [
    "what is said to be static stays so, though it uses something called self",
    "A.f",
    "class A:\n    def f(self, key):\n        return 1\n",
    "@staticmethod\ndef f(key):\n    return self.make(key)\n",
    "class A:\n    @staticmethod\n    def f(key):\n        return self.make(key)\n",
  ],
  [
    "a getter that was written as an asynchronous function stays as it was written: there is none such",
    "A.f",
    "class A {\n  get f() {\n    return 1;\n  }\n}\n",
    "async function f() {\n  return this.m;\n}\n",
    "class A {\n  async function f() {\n    return this.m;\n  }\n}\n",
  ],
  [
    "a method of an object that was written as a function keeps the comma behind it",
    "f",
    "const o = {\n  f(key) {\n    return 1;\n  },\n  g: 2,\n};\n",
    "function f(key) {\n  return o[key];\n}\n",
    "const o = {\n  f(key) {\n    return o[key];\n  },\n  g: 2,\n};\n",
  ],
  [
    "the licence above the first function stays",
    "f",
    "#!/usr/bin/env python3\n# Copyright: somebody\ndef f():\n    return 1\n",
    "# Says two.\ndef f():\n    return 2\n",
    "#!/usr/bin/env python3\n# Copyright: somebody\n# Says two.\ndef f():\n    return 2\n",
  ],
  [
    "a named value over several lines comes whole",
    "f",
    "def f(n):\n    return ''\n",
    "NUMERALS = [\n    (10, 'X'),  # [\n    (1, 'I'),\n]\nUNUSED = {\n    1: 2,\n}\n\ndef f(n):\n    return NUMERALS[n]\n",
    "NUMERALS = [\n    (10, 'X'),  # [\n    (1, 'I'),\n]\n\ndef f(n):\n    return NUMERALS[n]\n",
  ],
  [
    "a named value comes whole where its lines stand at the margin, and a bracket that its line quotes opens nothing",
    "f",
    "def f(n):\n    return ''\n",
    "OPEN = '[('\nNUMERALS = [\n1,\n2,\n]\n\ndef f(n):\n    return NUMERALS[n] + OPEN\n",
    "OPEN = '[('\nNUMERALS = [\n1,\n2,\n]\n\ndef f(n):\n    return NUMERALS[n] + OPEN\n",
  ],
  [
    "a named value with a type comes whole, and one of an expression of signs ends with its line",
    "f",
    "export function f(p: string) {\n  return 1;\n}\n",
    "const OPEN = /[({[]/;\nconst TABLE: Record<string, number> = {\n  a: 1,\n};\n\nexport function f(p: string): number {\n  return OPEN.test(p) ? TABLE[p] : 0;\n}\n",
    "const OPEN = /[({[]/;\nconst TABLE: Record<string, number> = {\n  a: 1,\n};\n\nexport function f(p: string): number {\n  return OPEN.test(p) ? TABLE[p] : 0;\n}\n",
  ],
  [
    "a variable of Go over several lines comes whole",
    "F",
    "package a\n\nfunc F(x int) int {\n\treturn x\n}\n",
    'var table = map[string]int{\n\t"a": 1,\n}\n\nfunc F(x int) int {\n\treturn table["a"] + x\n}\n',
    'package a\n\nvar table = map[string]int{\n\t"a": 1,\n}\n\nfunc F(x int) int {\n\treturn table["a"] + x\n}\n',
  ],
  [
    "a constant of Rust over several lines comes whole",
    "f",
    "pub fn f(n: u32) -> u32 {\n    n\n}\n",
    'const TABLE: [(u32, &str); 2] = [\n    (10, "X"),\n    (1, "I"),\n];\n\npub fn f(n: u32) -> u32 {\n    for (value, _) in TABLE {\n        return value;\n    }\n    n\n}\n',
    'const TABLE: [(u32, &str); 2] = [\n    (10, "X"),\n    (1, "I"),\n];\n\npub fn f(n: u32) -> u32 {\n    for (value, _) in TABLE {\n        return value;\n    }\n    n\n}\n',
  ],
  [
    "a value that shows how the function is used does not come, whatever it is called",
    "f",
    "import asyncio\n\nasync def f(x):\n    return x\n",
    "SEED = 1\nbest = asyncio.run(f(SEED))\n\nasync def f(x, size=SEED):\n    best, size = x, 2\n    for result in best:\n        return result\n\nresult = size = f(2)\n",
    "import asyncio\n\nSEED = 1\nasync def f(x, size=SEED):\n    best, size = x, 2\n    for result in best:\n        return result\n",
  ],
  [
    "a value of the name of a parameter or a local one does not come",
    "f",
    "export function f(a, b) {\n  return a;\n}\n",
    "const a = 1;\nlet sum = 0;\nconst key = 'k';\nlet count = 0;\nconst LIST = [1];\n\nexport function f(a, { b }) {\n  const { sum, key } = b;\n  for (const one of LIST) {\n    count += one;\n  }\n  return a + sum + key + count;\n}\n",
    "let count = 0;\nconst LIST = [1];\nexport function f(a, { b }) {\n  const { sum, key } = b;\n  for (const one of LIST) {\n    count += one;\n  }\n  return a + sum + key + count;\n}\n",
  ],
  [
    "a value that the function changes comes, though it gets another one in there",
    "f",
    "def f(x):\n    return x\n",
    "count = 0\n\ndef f(x):\n    global count\n    count = count + x\n    return count\n",
    "count = 0\ndef f(x):\n    global count\n    count = count + x\n    return count\n",
  ],
  [
    "a test and what runs the example do not come",
    "f",
    "def f(side):\n    return side + side\n",
    'def f(side):\n    """Not main."""\n    return g(side)\n\n\ndef g(side):\n    return h(side)\n\n\ndef h(side):\n    return side * side\n\n\ndef test_f():\n    assert f(2) == 4\n\n\ndef main():\n    test_f()\n\n\nif __name__ == "__main__":\n    main()\n',
    'def g(side):\n    return h(side)\n\ndef h(side):\n    return side * side\n\ndef f(side):\n    """Not main."""\n    return g(side)\n',
  ],
  [
    "the main function of an example in Go does not come, nor what it imports",
    "F",
    "package a\n\nfunc F(a int) int {\n\treturn a + a\n}\n",
    'package main\n\nimport "fmt"\n\nfunc F(a int) int {\n\treturn a * a\n}\n\nfunc main() {\n\tfmt.Println(F(3))\n}\n',
    "package a\n\nfunc F(a int) int {\n\treturn a * a\n}\n",
  ],
  [
    "an example around a method does not come either",
    "f",
    "struct A;\nimpl A {\n    pub fn f(&self) -> u8 {\n        1\n    }\n}\n",
    'impl A {\n    pub fn f(&self) -> u8 {\n        2\n    }\n}\n\nfn main() {\n    println!("{}", A.f());\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn works() {}\n}\n',
    "struct A;\nimpl A {\n    pub fn f(&self) -> u8 {\n        2\n    }\n}\n",
  ],
  [
    "what a method needs beside it stands above its class",
    "A.f",
    "const o = 1;\n\n/** A. */\n@sealed\nexport class A {\n  f(x) {\n    return 1;\n  }\n}\n",
    "const LIMIT = 3;\n\nfunction g() {\n  return LIMIT;\n}\n\nclass A {\n  f(x) {\n    return g();\n  }\n}\n\ntest();\n",
    "const o = 1;\n\nconst LIMIT = 3;\n\nfunction g() {\n  return LIMIT;\n}\n\n/** A. */\n@sealed\nexport class A {\n  f(x) {\n    return g();\n  }\n}\n",
  ],
  [
    "types and classes that the function needs come with it, with what is said and added to them",
    "F",
    "package a\n\nfunc F(x int) error {\n\treturn nil\n}\n",
    'type Bad struct {\n\tx int\n}\n\ntype Other struct{}\n\nfunc (e *Bad) Error() string {\n\treturn "bad"\n}\n\nfunc (o Other) Name() string {\n\treturn ""\n}\n\nfunc F(x int) error {\n\treturn &Bad{x}\n}\n',
    'package a\n\ntype Bad struct {\n\tx int\n}\n\nfunc (e *Bad) Error() string {\n\treturn "bad"\n}\n\nfunc F(x int) error {\n\treturn &Bad{x}\n}\n',
  ],
  [
    "a class of errors that the function needs comes with it, one that the file has does not come again",
    "f",
    "class Known(Exception): pass\n\n\ndef f(p):\n    return 1\n",
    "@final\nclass BadInput(ValueError):\n    pass\n\nclass Known(Exception):\n    pass\n\ndef f(p):\n    if p < 0:\n        raise BadInput('x')\n    raise Known()\n",
    "class Known(Exception): pass\n\n\n@final\nclass BadInput(ValueError):\n    pass\n\ndef f(p):\n    if p < 0:\n        raise BadInput('x')\n    raise Known()\n",
  ],
  [
    "an interface that the function needs comes with it, and what that needs in turn",
    "f",
    "export function f(p: string) {\n  return 1;\n}\n",
    "type Size = number;\n\n/** Says. */\ninterface Options {\n  size: Size;\n}\n\ninterface Other {\n  size: Size;\n}\n\nexport function f(p: Options): number {\n  return p.size;\n}\n",
    "type Size = number;\n\n/** Says. */\ninterface Options {\n  size: Size;\n}\n\nexport function f(p: Options): number {\n  return p.size;\n}\n",
  ],
  [
    "a text over several lines in a method stays as it was written",
    "A.f",
    'class A:\n    def f(self):\n        return """\\\nusage: x\n  -h  hlp\n"""\n',
    'def f(self):\n    """Says.\n\n    More.\n    """\n    return """\\\nusage: x\n  -h  help\n"""\n',
    'class A:\n    def f(self):\n        """Says.\n\n        More.\n        """\n        return """\\\nusage: x\n  -h  help\n"""\n',
  ],
  [
    "a text between backticks stays as it was written, where the rest gets another step",
    "f",
    "function g(a) {\n  if (a) {\n    return 1;\n  }\n}\n\nfunction f() {\n  return ``;\n}\n",
    "function f() {\n    return `usage:\n    -h  help\n`;\n}\n",
    "function g(a) {\n  if (a) {\n    return 1;\n  }\n}\n\nfunction f() {\n  return `usage:\n    -h  help\n`;\n}\n",
  ],
  [
    "what is said between stars is no step of the file",
    "f",
    "/**\n * Says.\n *\n * @param a some\n */\nfunction f(a) {\n  return a;\n}\n\n/**\n * Says.\n *\n * More.\n */\nconst b = 1;\n",
    "function f(a) {\n  if (a) {\n    return 1;\n  }\n  return a;\n}\n",
    "/**\n * Says.\n *\n * @param a some\n */\nfunction f(a) {\n  if (a) {\n    return 1;\n  }\n  return a;\n}\n\n/**\n * Says.\n *\n * More.\n */\nconst b = 1;\n",
  ],
  [
    "a method that was written without its class, at the margin",
    "A.f",
    "class A {\n  async f(x) {\n    return 1;\n  }\n\n  get size() {\n    return 2;\n  }\n}\n",
    "const LIMIT = 3;\n\nasync f(x) {\n  return LIMIT;\n}\n\nget size() {\n  return 3;\n}\n",
    "const LIMIT = 3;\n\nclass A {\n  async f(x) {\n    return LIMIT;\n  }\n\n  get size() {\n    return 2;\n  }\n}\n",
  ],
  [
    "a getter that was written without its class",
    "A.size",
    "class A {\n  get size(): number {\n    return 2;\n  }\n}\n",
    "get size(): number {\n  return this.n;\n}",
    "class A {\n  get size(): number {\n    return this.n;\n  }\n}\n",
  ],
  [
    "a method of an object that was written without that",
    "f",
    "const o = {\n  f(key) {\n    return 1;\n  },\n  g: 2,\n};\n",
    "f(key) {\n  return o[key];\n}\n",
    "const o = {\n  f(key) {\n    return o[key];\n  },\n  g: 2,\n};\n",
  ],
  [
    "a method beside one that was written without its class is refused, since it would be lost",
    "A.f",
    "class A {\n  f(x) {\n    return 1;\n  }\n}\n",
    "f(x) {\n  return this.g();\n}\n\ng() {\n  return 2;\n}\n",
    null,
  ],
  [
    "a function that was not exported stays so",
    "f",
    "function f(p) {\n  return 1;\n}\n\nmodule.exports = { f };\n",
    "export default async function f(p) {\n  return 2;\n}\n",
    "async function f(p) {\n  return 2;\n}\n\nmodule.exports = { f };\n",
  ],
  [
    "a function of which only the reach was changed has that",
    "f",
    "function f(p) {\n  return 1;\n}\n",
    "export function f(p) {\n  return 1;\n}\n",
    "export function f(p) {\n  return 1;\n}\n",
  ],
  [
    "what a trait asks for is said to be public by that alone",
    "f",
    "pub struct P;\n\nimpl T for P {\n    fn f(&self) -> u8 {\n        1\n    }\n}\n",
    "pub fn f(&self) -> u8 {\n    2\n}\n",
    "pub struct P;\n\nimpl T for P {\n    fn f(&self) -> u8 {\n        2\n    }\n}\n",
  ],
  [
    "a private method stays private where nothing was written of that",
    "A.f",
    "class A {\n  private f(x) {\n    return 1;\n  }\n}\n",
    "class A {\n  async f(x) {\n    return 2;\n  }\n}\n",
    "class A {\n  private async f(x) {\n    return 2;\n  }\n}\n",
  ],
  [
    "a private method becomes public where that was written",
    "A.f",
    "class A {\n  private f(x) {\n    return 1;\n  }\n}\n",
    "class A {\n  public async f(x) {\n    return 2;\n  }\n}\n",
    "class A {\n  public async f(x) {\n    return 2;\n  }\n}\n",
  ],
  [
    "a method of which no reach was said becomes private where that was written, whatever its parameters are",
    "A.f",
    "class A {\n  static f(x) {\n    return 1;\n  }\n}\n",
    "class A {\n  static private f(x) {\n    return 2;\n  }\n}\n",
    "class A {\n  static private f(x) {\n    return 2;\n  }\n}\n",
  ],
  [
    "a function is exported and changed in one",
    "f",
    "/** Says. */\nfunction f(s) {\n  return s;\n}\n",
    "/** Says. */\nexport function f(s) {\n  return s.toLowerCase();\n}\n",
    "/** Says. */\nexport function f(s) {\n  return s.toLowerCase();\n}\n",
  ],
  [
    "a function becomes public and is changed in one",
    "f",
    "fn f(n: i32) -> i32 {\n    n\n}\n",
    "pub fn f(n: i32) -> i32 {\n    n * 2\n}\n",
    "pub fn f(n: i32) -> i32 {\n    n * 2\n}\n",
  ],
  [
    "a function that was public in its crate is public where that was written",
    "f",
    "pub(crate) async fn f() -> i32 {\n    1\n}\n",
    "pub async fn f() -> i32 {\n    2\n}\n",
    "pub async fn f() -> i32 {\n    2\n}\n",
  ],
  [
    "what a trait asks for in several lines is not said to be public",
    "f",
    "pub struct P;\n\nimpl<U> T<U> for P\nwhere\n    U: Copy,\n{\n    fn f(&self) -> u8 {\n        1\n    }\n}\n",
    "pub fn f(&self) -> u8 {\n    2\n}\n",
    "pub struct P;\n\nimpl<U> T<U> for P\nwhere\n    U: Copy,\n{\n    fn f(&self) -> u8 {\n        2\n    }\n}\n",
  ],
  [
    "what a type has of itself becomes public, though a trait stands above",
    "f",
    "impl T for P {\n    fn g(&self) -> u8 {\n        1\n    }\n}\n\nimpl P {\n    fn f(&self) -> u8 {\n        1\n    }\n}\n",
    "pub fn f(&self) -> u8 {\n    2\n}\n",
    "impl T for P {\n    fn g(&self) -> u8 {\n        1\n    }\n}\n\nimpl P {\n    pub fn f(&self) -> u8 {\n        2\n    }\n}\n",
  ],
  [
    "a default export that became a value is the default export still",
    "f",
    "export default function f(x: number) {\n  return x;\n}\n\nconst b = 1;\n",
    "export const f = (x: number) => {\n  return x + 1;\n};\n\nexport default f;\n",
    "export const f = (x: number) => {\n  return x + 1;\n};\n\nexport default f;\n\nconst b = 1;\n",
  ],
  [
    "a method that was written as a value with an arrow is a method again",
    "A.f",
    "class A {\n  static async f(x, y = 1) {\n    return x;\n  }\n}\n",
    "export const f = async (x, y = 1): Promise<number> => {\n  return x + 1;\n};\n",
    "class A {\n  static async f(x, y = 1): Promise<number> {\n    return x + 1;\n  }\n}\n",
  ],
  [
    "a method that was written as an arrow to a value gives that",
    "A.f",
    "class A {\n  f(x) {\n    return x;\n  }\n}\n",
    "const f = x => this.all.filter((one) => one > x);\n",
    "class A {\n  f(x) {\n    return this.all.filter((one) => one > x);\n  }\n}\n",
  ],
  [
    "a method that was written as a value with a function is a method again",
    "A.f",
    "class A {\n  f(x) {\n    return x;\n  }\n}\n",
    "const f = function* named(x) {\n  yield x;\n};\n",
    "class A {\n  *f(x) {\n    yield x;\n  }\n}\n",
  ],
  [
    "a method of an object keeps its comma, though the object was written around it without one",
    "f",
    "const o = {\n  f(key) {\n    return 1;\n  },\n  g: 2,\n};\n",
    "const o = {\n  f(key) {\n    return o[key];\n  }\n};\n",
    "const o = {\n  f(key) {\n    return o[key];\n  },\n  g: 2,\n};\n",
  ],
  [
    "a member that is a named function stays one of its object",
    "f",
    "const o = {\n  f: function f(x) {\n    return x;\n  },\n  g: 2,\n};\n",
    "export async function f(x) {\n  return x + 1;\n}\n",
    "const o = {\n  f: async function f(x) {\n    return x + 1;\n  },\n  g: 2,\n};\n",
  ],
  [
    "a member that is a function stays one of its object where it was written as a value",
    "f",
    "const o = {\n  f: function f(x) {\n    return x;\n  },\n  g: 2,\n};\n",
    "const f = (x) => {\n  return x + 1;\n};\n",
    "const o = {\n  f: (x) => {\n    return x + 1;\n  },\n  g: 2,\n};\n",
  ],
  [
    "a remark is no reason for a description to go",
    "f",
    "/**\n * Adds.\n * @param {number} a\n */\nexport function f(a) {\n  return a;\n}\n",
    "// Two more\nexport function f(a) {\n  return a + 2;\n}\n",
    "/**\n * Adds.\n * @param {number} a\n */\nexport function f(a) {\n  return a + 2;\n}\n",
  ],
  [
    "a remark on the change is no reason for a comment to go, a decorator is the new one",
    "f",
    "# Adds.\n@old\ndef f(a):\n    return a\n",
    "# Fixed: one more\n@new\ndef f(a):\n    return a + 1\n",
    "# Adds.\n@new\ndef f(a):\n    return a + 1\n",
  ],
  [
    "a description by the name of the function goes for no remark without it",
    "F",
    "package a\n\n// F adds.\nfunc F(a int) int {\n\treturn a\n}\n",
    "// Now with one more.\nfunc F(a int) int {\n\treturn a + 1\n}\n",
    "package a\n\n// F adds.\nfunc F(a int) int {\n\treturn a + 1\n}\n",
  ],
  [
    "a method of which the first line alone came without its depth",
    "A.f",
    "class A {\n  f(x) {\n    return 1;\n  }\n}\n",
    "async f(x) {\n    if (x) {\n      return 2;\n    }\n  }\n",
    "class A {\n  async f(x) {\n    if (x) {\n      return 2;\n    }\n  }\n}\n",
  ],
  [
    "a method of Python of which the first line alone came without its depth",
    "A.f",
    "class A:\n    def f(self, x):\n        return 1\n",
    "def f(self, x):\n        if x:\n            return 3\n        return 2\n",
    "class A:\n    def f(self, x):\n        if x:\n            return 3\n        return 2\n",
  ],
  [
    "a method of Rust of which the first line alone came without its depth",
    "f",
    "struct A;\nimpl A {\n    pub fn f(&self) -> u8 {\n        1\n    }\n}\n",
    "pub fn f(&self) -> u8 {\n        2\n    }\n",
    "struct A;\nimpl A {\n    pub fn f(&self) -> u8 {\n        2\n    }\n}\n",
  ],
  [
    "a function that its file offers by a line is not offered by its own, though nothing else was changed",
    "f",
    "// Says.\nfunction f(p) {\n  return 1;\n}\n\nexports.f = f;\n",
    "/** Says. */\nexport function f(p) {\n  return 1;\n}\n",
    "/** Says. */\nfunction f(p) {\n  return 1;\n}\n\nexports.f = f;\n",
  ],
  [
    "the function at fault is offered though its parameters go over several lines",
    "Cart.add",
    "class Cart {\n  add(\n    sku: string,\n    count: number,\n  ): void {\n    this.n -= count;\n  }\n\n  total() {\n    return this.n;\n  }\n}\n",
    "class Cart {\n  add(\n    sku: string,\n    count: number,\n  ): void {\n    this.n += count;\n  }\n}\n",
    "class Cart {\n  add(\n    sku: string,\n    count: number,\n  ): void {\n    this.n += count;\n  }\n\n  total() {\n    return this.n;\n  }\n}\n",
  ],
  [
    "what is given to exports still is, though it was written as a function",
    "f",
    "exports.f = function (a) {\n  return a;\n};\nexports.g = 1;\n",
    "function f(a) {\n  return f(a - 1);\n}\n",
    "exports.f = function f(a) {\n  return f(a - 1);\n};\nexports.g = 1;\n",
  ],
  [
    "what is given to exports still is, though it was written as a value",
    "f",
    "exports.f = (a) => {\n  return a;\n};\n",
    "const f = (a) => {\n  return a + 1;\n};\n",
    "exports.f = (a) => {\n  return a + 1;\n};\n",
  ],
  [
    "what stands on a prototype is found by its class, and stays there",
    "Stack.push",
    "Stack.prototype.push = function (a) {\n  this.items.push(a);\n};\n",
    "function push(a) {\n  return this.items.push(a);\n}\n",
    "Stack.prototype.push = function push(a) {\n  return this.items.push(a);\n};\n",
  ],
  [
    "an arrow in a field of a class stays one, since its object goes with it",
    "A.f",
    "class A {\n  f = async (x: number): Promise<void> => {\n    await this.m(x);\n  };\n}\n",
    "async function f(x: number): Promise<void> {\n  await this.n(x);\n}\n",
    "class A {\n  f = async (x: number): Promise<void> => {\n    await this.n(x);\n  };\n}\n",
  ],
  [
    "a property that holds a function keeps its comma, whatever it was written as",
    "f",
    "const o = {\n  f: (a) => {\n    return a;\n  },\n  g: 2,\n};\n",
    "const f = (a) => {\n  return a + 1;\n};\n",
    "const o = {\n  f: (a) => {\n    return a + 1;\n  },\n  g: 2,\n};\n",
  ],
  [
    "a method of Go is asked for by its type where two have one of that name, and takes its receiver from what stands there",
    "Square.Area",
    "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n\nfunc (s *Square) Area() float64 {\n\treturn s.a + s.a\n}\n",
    "func Area() float64 {\n\treturn s.a * s.a\n}\n",
    "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n\nfunc (s *Square) Area() float64 {\n\treturn s.a * s.a\n}\n",
  ],
  [
    "a method of Go is found by its name alone where it is the only one",
    "Area",
    "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n",
    "func (c Circle) Area() float64 {\n\treturn c.r * c.r\n}\n",
    "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r * c.r\n}\n",
  ],
  [
    "a method of Go of which two types have one is not guessed",
    "Area",
    "package geo\n\nfunc (c Circle) Area() float64 {\n\treturn c.r\n}\n\nfunc (s *Square) Area() float64 {\n\treturn s.a + s.a\n}\n",
    "func (s *Square) Area() float64 {\n\treturn s.a * s.a\n}\n",
    null,
  ],
  [
    "two implementations of one trait of Rust are told apart by their types",
    "B.fmt",
    "impl fmt::Display for A {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        fn f() {}\n    }\n}\n\nimpl fmt::Display for B {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        wrong(f)\n    }\n}\n",
    "fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n    right(f)\n}\n",
    "impl fmt::Display for A {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        fn f() {}\n    }\n}\n\nimpl fmt::Display for B {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        right(f)\n    }\n}\n",
  ],
  [
    "a word that begins a statement elsewhere names a method of Rust",
    "Stack.new",
    "impl<T: Into<String>> Stack<T> {\n    pub fn new() -> Self {\n        fn f() {}\n        Stack { items: wrong() }\n    }\n}\n",
    "fn new() -> Self {\n    Stack { items: Vec::new() }\n}\n",
    "impl<T: Into<String>> Stack<T> {\n    pub fn new() -> Self {\n        Stack { items: Vec::new() }\n    }\n}\n",
  ],
  [
    "a bracket that is a character is none",
    "f",
    "def f(s):\n    return s.startswith('(')\n",
    "def f(s):\n    return s.endswith('(')\n",
    "def f(s):\n    return s.endswith('(')\n",
  ],
];

/** By what a text is told to be of a language. */
const FORMS: readonly (readonly [RegExp, string])[] = [[/^package /, "a.go"], [/\bfn f\(/, "a.rs"], [
  /\bfunction f\(|^class A \{|^class Cart \{|^const o = |^exports\.|^Stack\.prototype/,
  "a.ts",
]];

for (const [title, name, before, written, after] of REPLACEMENTS) {
  const path = FORMS.find(([form]) => form.test(before))?.[1] ?? "a.py";
  Deno.test(`rewrite_function: ${title}`, () =>
    withWorkspace({ [path]: before }, async (workspace) => {
      const call = callTool("rewrite_function", { path, function: name, content: written }, workspace);
      if (after === null) match(await refusal(call), /rewrite_file/);
      else await call;
      equal((await workspace.read(path)).text, after ?? before);
    }));
}

Deno.test("a signature alone is no function that could be put in the place of one", () =>
  withWorkspace({ "a.ts": "class A {\n  f(a: any): any {\n    return 1;\n  }\n}\n" }, async (workspace) => {
    const call = { path: "a.ts", function: "A.f", content: "function f(a: string): string;\n" };
    match(await refusal(callTool("rewrite_function", call, workspace)), /does not define A\.f/);
  }));

Deno.test("a method of Go that names another type is not put in the place of the one that was asked for", () =>
  withWorkspace({
    "a.go": "package a\n\nfunc (c Circle) Area() int {\n\treturn 1\n}\n\nfunc (s Square) Area() int {\n\treturn 2\n}\n",
  }, async (workspace) => {
    const content = "func (c Circle) Area() int {\n\treturn 3\n}\n";
    const call = { path: "a.go", function: "Square.Area", content };
    match(await refusal(callTool("rewrite_function", call, workspace)), /does not define Square\.Area/);
  }));

/** A file of another language, its first line in it and the one that was written, and that line in the file after it. */
const REACHED: readonly (readonly [path: string, old: string, written: string, after: string])[] = [
  ["A.java", "int f(int x)", "@Override\n    public int f(int x)", "@Override\n    public int f(int x)"],
  ["A.java", "public static int f(int x)", "static public int f(int x)", "static public int f(int x)"],
  ["A.java", "static public int f(int x)", "static int f(int x)", "public static int f(int x)"],
  ["A.java", "final public int f(int x)", "public int f(int x)", "public int f(int x)"],
  ["A.java", "int f(int x)", "public int f(int x)", "public int f(int x)"],
  ["A.php", "function f($x)", "public function f($x)", "public function f($x)"],
  ["A.php", "final public function f($x)", "final function f($x)", "public final function f($x)"],
  ["A.cs", "internal int f(int x)", "public int f(int x)", "public int f(int x)"],
];

for (const [path, old, written, after] of REACHED) {
  const classOf = (line: string, by: number) =>
    `${path.endsWith(".php") ? "<?php\n" : ""}class A {\n    ${line} {\n        return ${by};\n    }\n}\n`;
  Deno.test(`rewrite_function takes no word of reach and doubles none: ${path}, ${old}, then ${written}`, () =>
    withWorkspace({ [path]: classOf(old, 1) }, async (workspace) => {
      await callTool("rewrite_function", { path, function: "A.f", content: classOf(written, 2) }, workspace);
      equal((await workspace.read(path)).text, classOf(after, 2));
    }));
}

/** A file, what was written of a function `f` that needs what stands beside it, and what of that comes in besides the function; in order. */
const NEEDED: readonly (readonly [path: string, written: string, beside: readonly string[]])[] = [
  ["a.py", "MOST = 3\n\n@retry(MOST)\ndef f(x):\n    return x\n", ["MOST = 3"]],
  ["a.py", 'CASES = [1]\n\n@pytest.mark.parametrize("a,b", CASES)\ndef f(a, b):\n    return a\n', ["CASES = [1]"]],
  ["a.py", "def ok(u):\n    return u\n\n@requires(ok)\ndef f(x):\n    return x\n", ["def ok(u):"]],
  ["a.py", "RED = 1\nBLUE = 2\n\ndef f(x, kinds=(RED, BLUE)):\n    return kinds\n", ["RED = 1", "BLUE = 2"]],
  ["a.py", "RATE = 2\n\ndef f(x, *, RATE=RATE):\n    return RATE\n", ["RATE = 2"]],
  ["a.py", "LOW = 2\n\ndef f(x, y: int = max(LOW, 3), *LOWS, **rest):\n    return y\n", ["LOW = 2"]],
  ["a.py", "x = 1\nrest = 2\ny = 3\n\ndef f(x: int, *y, **rest):\n    return x + rest + y\n", []],
  ["a.py", "_lock = Lock()\n\ndef f(x):\n    with _lock:\n        return x\n", ["_lock = Lock()"]],
  ["a.py", "file = 1\n\ndef f(x):\n    with open(x) as file:\n        return file\n", []],
  ["a.py", "bad = 1\n\ndef f(x):\n    try:\n        g()\n    except Bad as bad:\n        return bad\n", []],
  ["a.py", "s = make()\n\ndef f(x):\n    return g(\n        x,\n        s=s,\n    )\n", ["s = make()"]],
  ["a.py", "s = make()\n\ndef f(x):\n    s = g(\n        x,\n    )\n    return s\n", []],
  ["a.py", "def f(x):\n    return _memo[x]\n\n_memo = {}\n", ["_memo = {}"]],
  ["a.py", "def f(x):\n    return last(x)\n\nlast = f(3)\n", []],
  ["a.py", "LOW, HIGH = 1, 2\nEND = clamp(LOW, HIGH)\n\ndef f(x):\n    return END\n", [
    "LOW, HIGH = 1, 2",
    "END = clamp(LOW, HIGH)",
  ]],
  ["a.py", "class Token:\n    pass\n\ndef f(x: tuple[int, Token, int]):\n    return x\n", ["class Token:"]],
  ["a.py", "class Base(Exception): pass\n\nclass Bad(Base): pass\n\ndef f(x):\n    raise Bad(x)\n", [
    "class Base(Exception): pass",
    "class Bad(Base): pass",
  ]],
  ["a.ts", "const RED = 1;\n\nfunction f(x: number, kinds = [RED, 3]) {\n  return kinds;\n}\n", ["const RED = 1;"]],
  ["a.ts", "const TOP = 1;\n\nfunction f(x: number, most = clamp(TOP)) {\n  return most;\n}\n", ["const TOP = 1;"]],
  ["a.ts", "const g = 1;\n\nfunction f(x: number, { g: p = g } = {}) {\n  return p;\n}\n", ["const g = 1;"]],
  ["a.ts", "const g = 1;\nconst h = 2;\n\nfunction f<T>({ p: { g }, h = 2 }: Map<T, T>) {\n  return g + h;\n}\n", []],
  ["a.ts", "const g = 1;\nconst h = 2;\n\nconst f = async ([g, ...h]: A): B => {\n  return g + h;\n};\n", []],
  ["a.ts", "const MAX = 1;\n\nfunction f(x) {\n  for (; x < MAX; x++) g();\n}\n", ["const MAX = 1;"]],
  ["a.ts", "interface Options {}\n\nfunction f(x) {\n  return g({} as Options);\n}\n", ["interface Options {}"]],
  ["a.ts", "function f(x) {\n  return TABLE[x];\n}\n\nconst TABLE = { a: 1 };\n", ["const TABLE = { a: 1 };"]],
  ["a.ts", "function f(x) {\n  return 1;\n}\n\nconst x = 2;\nconst shown = f(1);\n", []],
  ["a.go", "package a\n\ntype Token struct{}\n\nfunc f(s string, t *Token) {\n\tg(t)\n}\n", ["type Token struct{}"]],
  ["a.go", "package a\n\nvar s = 1\nvar n = 2\n\nfunc f(n, s int) int {\n\treturn n + s\n}\n", []],
  ["a.rs", "struct Token;\n\nfn f(t: &mut Token, n: u8) {\n    g(t)\n}\n", ["struct Token;"]],
  ["a.rs", "static mut N: u8 = 1;\n\nfn f(t: u8) {\n    g(&mut N)\n}\n", ["static mut N: u8 = 1;"]],
];

for (const [path, written, beside] of NEEDED) {
  const empty: Readonly<Record<string, string>> = {
    "a.py": "def f():\n    return 0\n",
    "a.ts": "function f() {\n  return 0;\n}\n",
    "a.go": "package a\n\nfunc f() {\n\treturn\n}\n",
    "a.rs": "fn f() {\n    0\n}\n",
  };
  const titled = written.replaceAll("\n", "⏎");
  Deno.test(`what stands beside a function comes with it where that needs it, and only then: ${titled}`, () =>
    withWorkspace(
      { [path]: /const f =/.test(written) ? "const f = () => {\n  return 0;\n};\n" : empty[path]! },
      async (workspace) => {
        await callTool("rewrite_function", { path, function: "f", content: written }, workspace);
        const { text } = await workspace.read(path);
        const margin = text.split("\n").filter((line) =>
          /^[^\s})]/.test(line) && !/^(?:package|@|.*\bf\b ?[(=<])/.test(line)
        );
        equal(margin.join("\n"), beside.join("\n"));
      },
    ));
}
