import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { headOnly } from "../../src/prompt/head_only.ts";

Deno.test("only what says what a function does stays of it when it is to be written anew", () => {
  const python = [
    "import os",
    "",
    "class Shelf:",
    "    def total(self,",
    "              tax):",
    '        """The sum.',
    "",
    '        With tax."""',
    "        return 1",
    "",
    "    def other(self):",
    "        return 2",
    "",
  ].join("\n");
  assert.equal(
    headOnly(python, "Shelf.total", Object.values(LANGUAGES)),
    python.replace("        return 1\n", "        … (to be written)\n"),
  );
  assert.equal(
    headOnly(python, "Shelf.other", Object.values(LANGUAGES)),
    python.replace("return 2", "… (to be written)"),
  );
  const typed = "export function f(options: {\n  a: number;\n}): number {\n  return options.a;\n}\n";
  assert.equal(headOnly(typed, "f", Object.values(LANGUAGES)), typed.replace("return options.a;", "… (to be written)"));
  const noted = "def f(\n    a,  # first:\n    b=1,\n) -> int:\n    'Adds.'\n    return a\n";
  assert.equal(headOnly(noted, "f", Object.values(LANGUAGES)), noted.replace("return a", "… (to be written)"));
  assert.equal(
    headOnly("const add = (a, b) => a - b;\n", "add", Object.values(LANGUAGES)),
    null,
    "head and body stand in one line",
  );
  assert.equal(headOnly(python, "missing", Object.values(LANGUAGES)), null);
});
