/** `deno task pages`: writes the tables of keys and settings of `docs/` anew. */
import { ROOT } from "./pages.ts";
import { TABLES, withTable } from "./tables.ts";

for (const { path, mark, write } of TABLES) {
  const text = await Deno.readTextFile(`${ROOT}/${path}`);
  await Deno.writeTextFile(`${ROOT}/${path}`, withTable(text, mark, write()));
}
