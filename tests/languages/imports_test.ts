import assert from "node:assert/strict";
import { withImportsOf, withoutIdleImports, withoutImports } from "../../src/languages/imports.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const by = (name: "go" | "javascript" | "python") => [LANGUAGES[name]!];

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

Deno.test("of the imports of another text those come in that are used, and those that may be used without a name", () => {
  const python = "def area(radius):\n    return math.pi * radius\n";
  const written = "import math\nimport os\nfrom shapes import Circle as Round\nfrom tools import *\n";
  assert.equal(withImportsOf(python, written, by("python")).text, `import math\nfrom tools import *\n${python}`);
  const script = "export const size = (one) => one.length;\n";
  const styles = 'import fs from "node:fs";\nimport "./styles.css";\n';
  assert.equal(withImportsOf(script, styles, by("javascript")).text, `import "./styles.css";\n${script}`);
  const go = 'package a\n\nimport (\n\t"sort"\n)\n\nfunc Name() string {\n\treturn strings.ToUpper(rand.Text())\n}\n';
  const block =
    'import (\n\t"fmt"\n\t"strings"\n\t"math/rand/v2"\n\tyaml "gopkg.in/yaml.v2"\n\t"github.com/a/go-cmp"\n)\n';
  assert.match(
    withImportsOf(go, block, by("go")).text,
    /import \(\n\t"sort"\n\t"strings"\n\t"math\/rand\/v2"\n\t"github\.com\/a\/go-cmp"\n\)/,
  );
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
});

Deno.test("a text without its imports holds all the rest, also where one is never closed", () => {
  const text = 'import {\n  a,\n  b,\n} from "./a.js";\nimport c from "./c.js";\n\na(b);\n';
  assert.equal(withoutImports(text, by("javascript")), "\na(b);\n");
  assert.equal(withoutImports(`a();\nimport {\n${"  name,\n".repeat(50_000)}`, by("javascript")), "a();");
  assert.equal(withoutImports("from a import \\\n    b\nb()\n", by("python")), "b()\n");
});
