import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packagesOfAll } from "../../src/cli/load_later.ts";

const SOURCE = fileURLToPath(new URL("../../src", import.meta.url));
const texts = [...filesBelow(SOURCE)].map((path) => ({ path, text: Deno.readTextFileSync(path) }));

function* filesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else if (/\.tsx?$/.test(name)) yield `${folder}/${name}`;
  }
}

Deno.test("no command is read before the program begins: what the command line loads later it names by an address alone", () => {
  const early = texts.filter(({ path, text }) =>
    path.startsWith(`${SOURCE}/cli/`) && /(?<!typeof )\bimport\(\s*"\./.test(text)
  );
  assert.deepEqual(early.map(({ path }) => path), []);
});

Deno.test("until the first frame stands only the packages that draw it are loaded, and the one that reads the command line", () => {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const read = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = Deno.readTextFileSync(path);
    for (const [, name] of text.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?from "([^"]*)"/gm)) {
      if (name!.startsWith(".")) read(join(dirname(path), name!));
      else if (!name!.startsWith("node:")) packages.add(name!);
    }
  };
  for (const entry of ["start.ts", "commands/run.ts", "commands/open.ts", "screen_run.ts"]) {
    read(`${SOURCE}/cli/${entry}`);
  }
  assert.deepEqual([...packages].sort(), ["@stricli/core", "ink", "react", "string-width"]);
  assert.ok(seen.size > 150, `${seen.size}`);
});

Deno.test("what is loaded later has the type of the module at its address", () => {
  let found = 0;
  for (const { path, text } of texts) {
    for (const [call] of text.matchAll(/loadLater<[^(]*\("[^"]*"\)>\(\s*import\.meta\.resolve\("[^"]*"\)/g)) {
      const [type, address] = call.matchAll(/"([^"]*)"/g).map(([, one]) => one);
      assert.equal(type, address, path);
      found += 1;
    }
  }
  assert.ok(found > 30, `${found}`);
});

Deno.test("a package that only what is loaded later needs is fetched before the screen opens", () => {
  const named = packagesOfAll.toString();
  const needed = texts.flatMap(({ text }) =>
    [...text.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?from "([^."][^"]*)"|[^\w]import\(["`]([^."`][^"`$]*)/gm)]
      .map(([, still, late]) => still ?? late ?? "")
  );
  const packageOf = (name: string) => name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/");
  const missing = new Set(
    needed.filter((name) => !/^(?:node:|autonomy$|@stricli\/core$)/.test(name)).map(packageOf)
      .filter((name) => !named.includes(`"${name}`)),
  );
  assert.deepEqual([...missing], []);
  assert.ok(needed.includes("zod"));
});
