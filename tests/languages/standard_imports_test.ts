import { equal } from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { withImportsFor, withImportsInOrder } from "../../src/languages/standard_imports.ts";

const by = (name: "go" | "javascript" | "python") => [LANGUAGES[name]!];

Deno.test("what code uses of its language's own library and takes from nowhere is imported", () => {
  const python = [
    "def area(radius: float) -> Optional[float]:",
    "    counts = defaultdict(int)",
    "    parts = isinstance(radius, Decimal)",
    "    return math.pi * radius ** 2 if counts else None",
    "",
    "@lru_cache",
    "def f(): return json.dumps({})",
    "",
  ].join("\n");
  equal(
    withImportsInOrder(python, "", by("python")),
    "import json\nimport math\nfrom collections import defaultdict\nfrom decimal import Decimal\nfrom functools import lru_cache\nfrom typing import Optional\n" +
      python,
  );
  const go = "package a\n\nfunc Words(s string) []string { return strings.Fields(strings.ToLower(s)) }\n";
  equal(withImportsInOrder(go, "", by("go")), go.replace("package a\n", 'package a\n\nimport "strings"\n'));
  const block = 'package a\n\nimport (\n\t"fmt"\n)\n\nfunc Say(s string) { fmt.Println(utf8.RuneLen(1)) }\n';
  equal(withImportsInOrder(block, "", by("go")), block.replace('"fmt"\n', '"fmt"\n\t"unicode/utf8"\n'));
});

Deno.test("a name that has its meaning from the file, or may have it from elsewhere, is not imported", () => {
  const python = [
    "import math as m\n\ndef f(string, time):\n    return string.upper(), time.hour\n",
    "class Counter:\n    pass\n\ndef f():\n    return Counter()\n",
    "def reduce(values):\n    return sum(values)\n\nprint(reduce([1]))\n",
    "from shop.money import *\n\ndef f():\n    return Decimal(1)\n",
    "math = object()\n\ndef f():\n    return math.pi\n",
    "def f(self):\n    return self.math.pi, self.floor(1)\n",
    'def f():\n    """Uses math.pi and json.dumps."""\n    return "math.pi"  # math.pi\n',
    "try:\n    import json\nexcept ImportError:\n    json = None\n\ndef f():\n    return json.dumps(1)\n",
    "for floor in range(3):\n    print(floor)\n",
    "import os.path\n\ndef f():\n    return os.path.join()\n",
    "def f():\n    from shop import a, Counter\n    return Counter(a)\n",
    "if TYPE_CHECKING:\n    from typing import (\n        List,\n        Optional,\n    )\n\ndef f(x: List[int]) -> Optional[int]:\n    return None\n",
  ];
  for (const text of python) equal(withImportsInOrder(text, "", by("python")), text);
  const go = [
    "package a\n\nfunc F(sort Sorter) int { return sort.Rank() }\n",
    'package a\n\nimport sort "example.org/sort"\n\nfunc F() int { return sort.Rank() }\n',
    "package a\n\ntype T struct{ time Clock }\n\nfunc (t T) F() int { return t.time.Now() }\n",
    'package a\n\nimport . "example.org/all"\n\nfunc F() { fmt.Println() }\n',
    'package a\n\nimport "github.com/goccy/go-errors"\n\nfunc F() error { return errors.New("a") }\n',
    'package a\n\nimport ("fmt"; "os")\n\nfunc F() { fmt.Println(os.Args) }\n',
    'package a\n\nimport ( // std\n\t"fmt"\n)\n\nfunc F() { fmt.Println() }\n',
    'package main; import "fmt"\n\nfunc F() { fmt.Println() }\n',
    "package a\n\nfunc F() { list.PushBack(1); json.Valid(nil); heap.Init(nil) }\n",
  ];
  for (const text of go) equal(withImportsInOrder(text, "", by("go")), text);
  const script = "export function f() { return math.sqrt(2) + Path(1); }\n";
  equal(withImportsInOrder(script, "", by("javascript")), script);
  const page = "The area is math.pi * r, fmt.Println(it).\n";
  equal(withImportsInOrder(page, "", Object.values(LANGUAGES)), page, "nobody knows its language");
});

Deno.test("what a file of Go used before without an import has its meaning from the files beside it", () => {
  const before = "package a\n\nfunc F() { log.Println(json.Name) }\n";
  const anew = before.replace("log.Println(json.Name)", "fmt.Println(json.Name)");
  equal(withImportsInOrder(anew, before, by("go")), anew.replace("package a\n", 'package a\n\nimport "fmt"\n'));
  equal(withImportsFor(anew, before, "", by("go")).lines, 2);
});

Deno.test("what a file that was written as a whole imports of Go's library and does not use goes, and nothing else", () => {
  const go =
    'package a\n\nimport (\n\t"fmt"\n\t"os"\n\t_ "time"\n\t"example.org/gojson"\n)\n\nfunc F() { fmt.Println(json.Valid) }\n';
  equal(
    withImportsInOrder(go, go, by("go")),
    go.replace('\t"os"\n', ""),
  );
  const python = "import os\n\ndef f():\n    return 1\n";
  equal(withImportsInOrder(python, "", by("python")), python);
});

Deno.test("the imports that were written with a function come in first, and those that it lacks behind them", () => {
  const text = "package a\n\nfunc F() string { return strings.ToUpper(strconv.Itoa(1)) }\n";
  const written = 'import "strconv"\n\nfunc F() string { return strings.ToUpper(strconv.Itoa(1)) }\n';
  equal(
    withImportsFor(text, "package a\n", written, by("go")).text,
    text.replace("package a\n", 'package a\n\nimport "strconv"\nimport "strings"\n'),
  );
  equal(withImportsFor(text, "package a\n", written, by("go")).lines, 3);
});

Deno.test("where a file does not plainly begin with its imports nothing comes in, and nothing goes", () => {
  const python = [
    'TEMPLATE = """\nimport os\nprint(os.name)\n"""\n\ndef f():\n    return math.pi\n',
    '"""Talks of\nimport shop\n"""\n\ndef f():\n    return math.pi\n',
    'r"""Describes."""\n\ndef f():\n    return math.pi\n',
    '"Describes."\n\ndef f():\n    return math.pi\n',
    "def f():\n    return math.pi\n\nprint(f())\n\nfrom shop import late\n",
  ];
  for (const text of python) equal(withImportsInOrder(text, "", by("python")), text);
  const go = '/*\nimport "os"\n*/\npackage envs\n\nfunc F() { fmt.Println() }\n';
  equal(withImportsInOrder(go, "", by("go")), go);
  const described = '"""Describes."""\n\ndef f():\n    return math.pi\n';
  equal(withImportsInOrder(described, "", by("python")), described.replace('."""\n', '."""\nimport math\n'));
});
