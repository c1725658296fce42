import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { headOnly } from "../../src/prompt/head_only.ts";

const BODY = "… (to be written)";

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
    headOnly(python, "Shelf.total", BODY, Object.values(LANGUAGES)),
    python.replace("        return 1\n", "        … (to be written)\n"),
  );
  assert.equal(
    headOnly(python, "Shelf.other", BODY, Object.values(LANGUAGES)),
    python.replace("return 2", "… (to be written)"),
  );
  const typed = "export function f(options: {\n  a: number;\n}): number {\n  return options.a;\n}\n";
  assert.equal(
    headOnly(typed, "f", BODY, Object.values(LANGUAGES)),
    typed.replace("return options.a;", "… (to be written)"),
  );
  const noted = "def f(\n    a,  # first:\n    b=1,\n) -> int:\n    'Adds.'\n    return a\n";
  assert.equal(headOnly(noted, "f", BODY, Object.values(LANGUAGES)), noted.replace("return a", "… (to be written)"));
  assert.equal(
    headOnly("const add = (a, b) => a - b;\n", "add", BODY, Object.values(LANGUAGES)),
    null,
    "head and body stand in one line",
  );
  assert.equal(headOnly(python, "missing", BODY, Object.values(LANGUAGES)), null);
});
