import assert from "node:assert/strict";
import { ROOT } from "./pages.ts";
import { TABLES, withTable } from "./tables.ts";

for (const { path, mark, write } of TABLES) {
  Deno.test(`${path} lists the ${mark} that the program has; deno task pages writes them`, async () => {
    const text = await Deno.readTextFile(`${ROOT}/${path}`);
    assert.equal(text, withTable(text, mark, write()));
  });
}
