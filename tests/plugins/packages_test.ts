import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { loaded } from "./call_tool.ts";

/** Packages that modules import, those that come later too, by the names they are imported by. */
async function packagesOf(...modules: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const module of modules) {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", fileURLToPath(new URL(`../../${module}`, import.meta.url))],
      stderr: "null",
    }).output();
    assert.equal(code, 0);
    const graph = JSON.parse(new TextDecoder().decode(stdout)) as {
      readonly modules: readonly {
        readonly specifier: string;
        readonly dependencies?: readonly { readonly code?: { readonly specifier?: string } }[];
      }[];
    };
    for (const { dependencies = [] } of graph.modules) {
      for (const { code } of dependencies) if (code?.specifier?.startsWith("npm:") === true) found.add(code.specifier);
    }
  }
  return found;
}

Deno.test("what the plugins that come with the program import is fetched with it, and never when one is loaded", async () => {
  const plugins = loaded.offers.map(({ path }) => `plugins/${path.split("/plugins/").at(-1)}`);
  const program = await packagesOf("main.ts");
  assert.ok(program.size > 5);
  const own = [...await packagesOf(...plugins)];
  assert.deepEqual(own.filter((name) => !program.has(name)), []);
});
