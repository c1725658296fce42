import assert from "node:assert/strict";
import { lintSays } from "./planted.ts";

Deno.test("a layer imports what its row names, and its own packages", () => {
  assert.deepEqual(lintSays("layers", "src/mediate/a.ts", `import { b } from "../kernel/b.ts";`), []);
  assert.deepEqual(lintSays("layers", "src/kernel/a.ts", `import { z } from "zod";`), []);
  assert.deepEqual(lintSays("layers", "src/mediate/a.ts", `import { b } from "../fleet/b.ts";`), [
    `mediate may not import fleet: "../fleet/b.ts".`,
  ]);
  assert.deepEqual(lintSays("layers", "src/mediate/a.ts", `import { z } from "zod";`), [
    `mediate is pure: it may import no package, not "zod".`,
  ]);
  assert.deepEqual(lintSays("layers", "src/kernel/a.ts", `import { b } from "../../plugins/b.ts";`), [
    `kernel may not import from outside src/: "../../plugins/b.ts".`,
  ]);
});

Deno.test("a folder without a row may import nothing", () => {
  assert.deepEqual(lintSays("layers", "src/attic/a.ts", `import { b } from "../kernel/b.ts";`), [
    `attic may not import kernel: "../kernel/b.ts".`,
  ]);
});

Deno.test("types, names that are passed on and imports at run time are imports too", () => {
  const source = [
    `import type { B } from "../fleet/b.ts";`,
    `export { c } from "../fleet/c.ts";`,
    `export * from "../fleet/d.ts";`,
    `type E = import("../fleet/e.ts").E;`,
    `const f = () => import("../fleet/f.ts");`,
  ].join("\n");
  assert.equal(lintSays("layers", "src/mediate/a.ts", source).length, 5);
});

Deno.test("the command line uses the doors of the interface, not its insides", () => {
  assert.deepEqual(lintSays("layers", "src/cli/a.ts", `import { open } from "../tui/screen.tsx";`), []);
  assert.equal(lintSays("layers", "src/cli/a.ts", `import { b } from "../tui/frame.ts";`).length, 1);
});

Deno.test("a plugin imports the door, itself and packages", () => {
  const sources = `import { z } from "zod"; import { c } from "../../src/plugin/mod.ts"; import { b } from "./b.ts";`;
  assert.deepEqual(lintSays("layers", "plugins/a/mod.ts", sources), []);
  assert.equal(lintSays("layers", "plugins/a/mod.ts", `import { b } from "../b/mod.ts";`).length, 1);
  assert.equal(lintSays("layers", "plugins/a/mod.ts", `import { b } from "../../src/plugin/load.ts";`).length, 1);
});

Deno.test("a pure layer waits for nothing and asks neither clock nor chance; others may", () => {
  const source = [
    "export const a = async () => await b();",
    "export const c = Date.now() + Math.random();",
    "export const d = new Date();",
    "export const e = Deno.env.get('X');",
    "export const f = fetch('http://localhost/');",
  ].join("\n");
  const says = lintSays("pure", "src/kernel/a.ts", source).map((message) => message.split(":")[0]);
  assert.deepEqual(says.sort(), ["Date.now", "Deno", "Math.random", "await", "fetch", "new Date()"]);
  assert.deepEqual(
    lintSays("pure", "src/kernel/a.ts", "export const d = new Date(0); const o = { fetch: 1, b: o.Deno };"),
    [],
  );
  assert.deepEqual(lintSays("pure", "src/run/a.ts", source), []);
});
