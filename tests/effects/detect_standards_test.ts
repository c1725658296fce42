import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { detectStandards } from "../../src/effects/prepare/detect_standards.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";

const signal = new AbortController().signal;

Deno.test("standards come from rules up the tree, the nearest first, from configurations, the layout of tests and the neighbours", () =>
  withWorkspace({
    "AGENTS.md": "# Agents\n\n- Never use default exports.\n- Throw RangeError for bad input.\n",
    "packages/api/CONVENTIONS.md": "Handlers are pure.\n",
    ".prettierrc": '{ "singleQuote": true, "semi": false, "printWidth": 100 }',
    "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
    "eslint.config.js": "export default [];",
    "packages/api/src/user_store.js": "import { a } from './a.js'\nexport const b = ['x', 'y', 'z', 'w', 'v']\n",
    "packages/api/src/order_store.js": "export const c = 1\n",
    "packages/api/src/item_store.js": "export const c = 1\n",
    "packages/api/test/user_store.test.js": "",
  }, async (workspace) => {
    const files = await workspace.files();
    assert.deepEqual(await detectStandards(workspace, files, "packages/api/src/user_store.js", {}, signal, LANGUAGES), [
      "packages/api/CONVENTIONS.md: Handlers are pure.",
      "AGENTS.md: Never use default exports.",
      "AGENTS.md: Throw RangeError for bad input.",
      "Formatted by Prettier: single quotes, no semicolons, lines up to 100.",
      "ES modules: import and export, relative imports with their file ending.",
      "Tests run by node:test.",
      "Linted by ESLint.",
      "The tests of packages/api/src/user_store.js stand in packages/api/test/user_store.test.js.",
      "Files are named in snake_case.",
      "Texts stand in single quotes.",
    ]);
  }));

Deno.test("standards are found anew when a file that sets them changed, and not before", () =>
  withWorkspace(
    { "pyproject.toml": "[tool.ruff]\nline-length = 88\n", "app/main.py": "x = 1\n" },
    async (workspace) => {
      const files = await workspace.files();
      const first = await detectStandards(workspace, files, "app/main.py", {}, signal, LANGUAGES);
      assert.deepEqual(first, ["Formatted by Ruff, lines up to 88."]);
      assert.equal(await detectStandards(workspace, files, "app/main.py", {}, signal, LANGUAGES), first);
      await workspace.write("pyproject.toml", "[tool.ruff]\nline-length = 120\n");
      assert.deepEqual(await detectStandards(workspace, files, "app/main.py", {}, signal, LANGUAGES), [
        "Formatted by Ruff, lines up to 120.",
      ]);
    },
  ));

Deno.test("a project without standards has none, and one that cannot be read does not stop a turn", () =>
  withWorkspace({ "notes.txt": "hello\n", "AGENTS.md": "\u0000\u0001binary" }, async (workspace) => {
    assert.deepEqual(await detectStandards(workspace, await workspace.files(), null, {}, signal, LANGUAGES), []);
  }));
