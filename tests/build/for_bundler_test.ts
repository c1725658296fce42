import assert from "node:assert/strict";
import { forBundler, readLater } from "../../build/for_bundler.ts";

Deno.test("what is loaded later becomes an import that a bundler follows, on one line or on three", () => {
  const one = 'const { a } = await loadLater<typeof import("./a.ts")>(import.meta.resolve("./a.ts"));';
  const three = 'await loadLater<typeof import("../b.ts")>(\n  import.meta.resolve("../b.ts"),\n);';
  assert.equal(forBundler("src/cli/x.ts", one), 'const { a } = await import("./a.ts");');
  assert.equal(forBundler("src/cli/x.ts", three), 'await import("../b.ts");');
});

Deno.test("a module's own address is that of its source beside the bundle", () => {
  assert.equal(
    forBundler("src/work/x.ts", 'new URL("./y.ts", import.meta.url)'),
    'new URL("./y.ts", new URL("./src/work/x.ts", import.meta.url).href)',
  );
});

Deno.test("what no bundler can follow is refused with its place: a type of another module, an address that is only resolved", () => {
  const other = 'loadLater<typeof import("./a.ts")>(import.meta.resolve("./b.ts"))';
  assert.throws(() => forBundler("src/x.ts", other), /src\/x\.ts: .*another module/);
  assert.throws(() => forBundler("src/x.ts", 'import(import.meta.resolve("./b.ts"))'), /src\/x\.ts: .*loadLater/);
  assert.throws(() => forBundler("plugins/x/mod.ts", "read(import.meta.url)"), /plugins\/x\/mod\.ts: .*address/);
  const template = "read(import.meta.url)";
  assert.match(forBundler("plugins/templates/x.ts", template), /^read\(new URL/);
  const bare = "import(import.meta.resolve(`highlight.js/lib/${part}`))";
  assert.equal(forBundler("src/x.ts", bare), bare, "a package is found as before");
});

Deno.test("files of the bundle that are loaded later are hidden from Deno, and texts that look the same are not touched", () => {
  const files = new Set(["main.js", "chunk-A.js", "plugins/one.js"]);
  assert.equal(readLater('import("./chunk-A.js")', "main.js", files), 'import(""+"./chunk-A.js")');
  assert.equal(readLater('import("../chunk-A.js")', "plugins/one.js", files), 'import(""+"../chunk-A.js")');
  const text = 'say("import(\\"./chunk-A.js\\") and import("./theirs.js")';
  assert.equal(readLater(text, "main.js", files), text);
});
