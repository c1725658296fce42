import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { definesCheck } from "../../src/languages/check.ts";

Deno.test("files that say what a check runs are told by the programs of its command", () => {
  const cases: readonly (readonly [path: string, command: string, judges: boolean])[] = [
    ["package.json", "npm test", true],
    ["package.json", "corepack yarn test", true],
    ["package.json", "bun test", true],
    ["package.json", "node --test", false],
    ["packages/a/package.json", "npm test", false],
    ["deno.jsonc", "deno test -A", true],
    ["pytest.ini", "python3 -m pytest -q", true],
    ["tox.ini", "python3 -m unittest", false],
    ["GNUmakefile", "make check", true],
    ["Makefile", "cmake --build .", false],
  ];
  for (const [path, command, judges] of cases) {
    assert.equal(definesCheck(path, command, LANGUAGES), judges, `${path}: ${command}`);
  }
});
