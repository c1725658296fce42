import assert from "node:assert/strict";
import { openAside } from "../../../src/plugin/live/aside.ts";
import { readPluginFiles } from "../../../src/plugin/live/plugin_files.ts";
import { PluginRefused, refusalIn } from "../../../src/plugin/plugin_refused.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";
import { writeFiles } from "./write_files.ts";

const NAMED_BY = (helper: string) => `import { name } from "${helper}";\nexport default { name };\n`;
const bounds = {};

Deno.test("a version is of a module and of all that it imports by relative path, and of nothing beside", () =>
  inTemporaryFolder(async (folder) => {
    const save = (files: Readonly<Record<string, string>>) => writeFiles(folder, files);
    const version = async () => (await readPluginFiles(`${folder}/plugins/one.ts`)).version;
    await save({
      "plugins/one.ts": NAMED_BY("../shared/a.ts"),
      "shared/a.ts": 'export * from "./b.ts";',
      "shared/b.ts": 'export const name = "one";',
      "plugins/other.ts": "",
    });
    const first = await version();
    assert.match(first, /^[0-9a-f]{8}$/);
    await save({ "plugins/other.ts": "export default 1;", "shared/c.ts": "" });
    assert.equal(await version(), first);
    await save({ "shared/b.ts": 'export const name = "two";' });
    const second = await version();
    assert.notEqual(second, first);
    await save({ "shared/b.ts": 'export const name = "one";' });
    assert.equal(await version(), first, "the same content is the same version");
    await Deno.remove(`${folder}/shared/b.ts`);
    const without = await version();
    assert.ok(without !== first && without !== second, "a file that is missing makes another version");
  }));

Deno.test("a version of a folder is of all its files, hidden ones left out", () =>
  inTemporaryFolder(async (folder) => {
    const save = (files: Readonly<Record<string, string>>) => writeFiles(`${folder}/own`, files);
    const version = async () => (await readPluginFiles(`${folder}/own/mod.ts`)).version;
    await save({ "mod.ts": 'export default { name: "own" };', "data/words.txt": "one", ".git/HEAD": "main" });
    const first = await version();
    await save({ ".git/HEAD": "other" });
    assert.equal(await version(), first);
    await save({ "data/words.txt": "two" });
    assert.notEqual(await version(), first);
  }));

Deno.test("a plugin that is loaded aside has the helper files of its version, also where a later one changes them", () =>
  inTemporaryFolder(async (folder) => {
    const open = openAside(`${folder}/copies`);
    const path = `${folder}/plugins/one.ts`;
    const place = { path, origin: "user", version: "" } as const;
    await writeFiles(folder, {
      "plugins/one.ts": NAMED_BY("./lib/a.ts"),
      "plugins/lib/a.ts": 'export * from "../../b.ts";',
      "b.ts": 'export const name = "first";',
    });
    const first = await open(place, bounds);
    await writeFiles(folder, { "b.ts": 'export const name = "second";' });
    const second = await open(place, bounds);
    assert.deepEqual([first.plugin, second.plugin], ["first", "second"]);
    assert.deepEqual([first.path, first.version === second.version], [path, false]);
    await first.close?.();
    await second.close?.();
    assert.deepEqual([...Deno.readDirSync(`${folder}/copies`)], [], "no copy is left behind");
  }));

Deno.test("what is wrong in a copy is told with the place in the plugin's own file, and the copy goes", () =>
  inTemporaryFolder(async (folder) => {
    const open = openAside(`${folder}/copies`);
    const path = `${folder}/plugins/one.ts`;
    await writeFiles(folder, { "plugins/one.ts": NAMED_BY("./a.ts"), "plugins/a.ts": "\nexport const name = ;" });
    const refusal = await open({ path, origin: "user", version: "" }, bounds).then(() => null, (error) => error);
    assert.ok(refusal instanceof PluginRefused);
    assert.equal(refusal.place, `${folder}/plugins/a.ts:2:21`);
    assert.equal(refusal.reason, "it does not load: Expression expected");
    assert.ok(!refusal.message.includes("copies"), refusal.message);
    assert.deepEqual([...Deno.readDirSync(`${folder}/copies`)], []);
  }));

Deno.test("a plugin that imports the door by its path has the program's own door, and not a copy of it", () =>
  inTemporaryFolder(async (folder) => {
    const door = new URL("../../../src/plugin/mod.ts", import.meta.url).pathname;
    const up = "../".repeat(`${folder}/plugins`.split("/").length - 1);
    const path = `${folder}/plugins/one.ts`;
    await writeFiles(folder, {
      "plugins/one.ts": `import { ToolError } from "${up}${
        door.slice(1)
      }";\nexport default { name: "one", commands: [{ name: "error", help: "Fails.", run: () => { throw new ToolError(""); } }] };`,
    });
    const offer = await openAside(`${folder}/copies`)({ path, origin: "user", version: "" }, bounds);
    const { ToolError } = await import("../../../src/plugin/mod.ts");
    await assert.rejects(
      async () => await offer.commands[0]!.run("", {} as never, AbortSignal.timeout(1000)),
      (error) => error instanceof ToolError,
    );
    await offer.close?.();
  }));

Deno.test("what is wrong is read out of words alone, too, where a plugin was opened elsewhere", () => {
  const told = new PluginRefused("/u/x.ts", "does not load", ["SyntaxError: Expression expected at /u/_a.ts:2:7"]);
  for (const error of [told, new Error(told.message)]) {
    const { place, reason } = refusalIn("/u/x.ts", error);
    assert.deepEqual([place, reason], ["/u/_a.ts:2:7", "it does not load: Expression expected"]);
  }
  const { place, reason } = refusalIn("/u/x.ts", new Error("its process ended"));
  assert.deepEqual([place, reason], ["/u/x.ts", "it does not load: its process ended"]);
});
