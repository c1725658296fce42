import assert from "node:assert/strict";
import plugin from "./my_role.ts";

Deno.test("the specialist has its prompt and a tool that ends a consult", async () => {
  for (const { prompt, tools } of plugin.specialists ?? []) {
    const text = await Deno.readTextFile(new URL(prompt, import.meta.url));
    assert.match(text, /^---\n/, "the prompt begins with its front matter");
    assert.ok(tools.includes("answer"));
  }
});
