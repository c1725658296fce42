import assert from "node:assert/strict";
import { readPluginFiles } from "../../src/plugin/plugin_files.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";
import { writeFiles } from "./live/write_files.ts";

const NAMED_BY = (helper: string) => `import { name } from "${helper}";\nexport default { name };\n`;
Deno.test("a version is of a module and of all that it imports by relative path, and of nothing beside", () =>
  inTemporaryFolder(async (folder) => {
    const save = (files: Readonly<Record<string, string>>) => writeFiles(folder, files);
    const version = () => (readPluginFiles(`${folder}/plugins/one.ts`)).version;
    await save({
      "plugins/one.ts": NAMED_BY("./_shared/a.ts"),
      "plugins/_shared/a.ts": 'export * from "./b.ts";',
      "plugins/_shared/b.ts": 'export const name = "one";',
      "plugins/other.ts": "",
    });
    const first = version();
    assert.match(first, /^[0-9a-f]{8}$/);
    await save({ "plugins/other.ts": "export default 1;", "plugins/_shared/c.ts": "" });
    assert.equal(version(), first);
    await save({ "plugins/_shared/b.ts": 'export const name = "two";' });
    const second = version();
    assert.notEqual(second, first);
    await save({ "plugins/_shared/b.ts": 'export const name = "one";' });
    assert.equal(version(), first, "the same content is the same version");
    await Deno.remove(`${folder}/plugins/_shared/b.ts`);
    const without = version();
    assert.ok(without !== first && without !== second, "a file that is missing makes another version");
  }));

Deno.test("a version of a folder is of all its files, hidden ones left out", () =>
  inTemporaryFolder(async (folder) => {
    const save = (files: Readonly<Record<string, string>>) => writeFiles(`${folder}/own`, files);
    const version = () => (readPluginFiles(`${folder}/own/mod.ts`)).version;
    await save({ "mod.ts": 'export default { name: "own" };', "data/words.txt": "one", ".git/HEAD": "main" });
    const first = version();
    await save({ ".git/HEAD": "other" });
    assert.equal(version(), first);
    await save({ "data/words.txt": "two" });
    assert.notEqual(version(), first);
  }));

Deno.test("a file of gigabytes in a plugin's folder is told as too large, and is not read for that", () =>
  inTemporaryFolder(async (folder) => {
    await writeFiles(`${folder}/own`, { "mod.ts": 'export default { name: "own" };', "data.bin": "" });
    // Sparse: it takes no room on the disk.
    await Deno.truncate(`${folder}/own/data.bin`, 8 * 1024 ** 3);
    assert.throws(() => readPluginFiles(`${folder}/own/mod.ts`), /has more than 500 files or 32 MB\. Move what/);
  }));
