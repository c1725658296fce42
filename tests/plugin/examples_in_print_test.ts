import assert from "node:assert/strict";
import { readSpecialist } from "../../src/plugin/markdown/specialist_file.ts";
import { loadPlugins } from "../../src/plugin/load.ts";
import { codeBlocks, readPages } from "../docs/pages.ts";
import { printedExamples, root } from "./printed_examples.ts";

Deno.test("each specialist in Markdown that is printed is one, as it is printed", async () => {
  const files = (await readPages()).flatMap((page) => codeBlocks(page, "markdown"))
    .filter((code) => code.includes("describes:"));
  assert.equal(files.length, 2);
  for (const file of files) {
    const read = readSpecialist("/agents/security.md", file);
    assert.ok("specialist" in read, JSON.stringify(read));
    assert.equal(read.specialist.role, "security");
  }
});

Deno.test("each example that is printed is right as it is printed: its types, and what it offers", async () => {
  const examples = { door: await printedExamples("src/plugin/mod.ts"), page: await printedExamples("docs/plugins.md") };
  const folder = await Deno.makeTempDir({ prefix: "autonomy_examples_" });
  try {
    for (const [name, codes] of Object.entries(examples)) {
      await Deno.mkdir(`${folder}/${name}`);
      for (const [index, code] of codes.entries()) {
        await Deno.writeTextFile(`${folder}/${name}/${String(index).padStart(2, "0")}.ts`, code);
      }
    }
    const files = Object.entries(examples).flatMap(([name, codes]) =>
      codes.map((_, index) => `${folder}/${name}/${String(index).padStart(2, "0")}.ts`)
    );
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--config", `${root}/deno.json`, ...files],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const slots = new Set<string>();
    for (const name of Object.keys(examples)) {
      const { offers, failures } = await loadPlugins([{ path: `${folder}/${name}`, origin: "user", trusted: true }]);
      assert.deepEqual(failures, []);
      assert.equal(offers.length, examples[name as keyof typeof examples].length);
      for (const offer of offers) {
        for (const [slot, value] of Object.entries(offer)) {
          const isUsed = Array.isArray(value) ? value.length > 0 : slot === "settings" && value !== null;
          if (isUsed || (slot === "mcp" && Object.keys(offer.mcp).length > 0)) slots.add(slot);
        }
      }
    }
    assert.deepEqual(
      [...slots].sort(),
      ["commands", "hosts", "mcp", "panes", "rules", "settings", "specialists", "tools"],
    );
    assert.ok(examples.page.length >= 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
