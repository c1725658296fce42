import assert from "node:assert/strict";
import { withImportsOf, withoutImports } from "../../src/languages/imports.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const by = (name: "javascript" | "python") => [LANGUAGES[name]!];

Deno.test("what a text defines itself is not imported, whatever it is called on the way", () => {
  const days = "export function isLeapYear(year) {\n  return year % 4 === 0;\n}\n";
  assert.deepEqual(withImportsOf(days, 'import { isLeapYear } from "./days.js";\n', by("javascript")), {
    text: days,
    lines: 0,
  });
  for (const line of ['import { round } from "./sums.js";', 'import { isLeapYear as leaps } from "./other.js";']) {
    assert.equal(withImportsOf(days, `${line}\n`, by("javascript")).text, `${line}\n${days}`);
  }
  const stock = "class Stock:\n    def reserve(self):\n        return True\n";
  assert.equal(withImportsOf(stock, "from shop.stock import Stock\n", by("python")).lines, 0);
  assert.equal(withImportsOf(stock, "from shop.Stock import refuse\n", by("python")).lines, 1);
});

Deno.test("a text without its imports holds all the rest, also where one is never closed", () => {
  const text = 'import {\n  a,\n  b,\n} from "./a.js";\nimport c from "./c.js";\n\na(b);\n';
  assert.equal(withoutImports(text, by("javascript")), "\na(b);\n");
  assert.equal(withoutImports(`a();\nimport {\n${"  name,\n".repeat(50_000)}`, by("javascript")), "a();");
  assert.equal(withoutImports("from a import \\\n    b\nb()\n", by("python")), "b()\n");
});
