import assert from "node:assert/strict";
import { join } from "node:path";
import { readPrompts } from "../../src/run/read_prompts.ts";
import { type PromptChange, watchPrompts } from "../../src/run/watch_prompts.ts";
import { saveWhole } from "./fixtures/save_whole.ts";

const text = (body: string) => `---\nname: coding\nfor: the coding specialist\n---\n${body}\n`;

/** Gives the changes that a watch tells, one after the other. */
function changes(): { readonly tell: (change: PromptChange) => void; readonly next: () => Promise<PromptChange> } {
  const told: PromptChange[] = [];
  let wake: (() => void) | null = null;
  return {
    tell: (change) => {
      told.push(change);
      wake?.();
    },
    next: async () => {
      while (told.length === 0) await new Promise<void>((resolve) => wake = resolve);
      return told.shift()!;
    },
  };
}

Deno.test("a saved prompt is in use at once; a broken one leaves the old text and says where it is wrong; a gone one is missed", async () => {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_watch_" });
  const file = join(folder, "coding.md");
  await Deno.writeTextFile(file, text("First."));
  const sources = { folders: [join(folder, "nowhere"), folder], placeholders: ["goal"], tools: ["read_file"] };
  const { tell, next } = changes();
  const watch = watchPrompts(sources, await readPrompts(sources), tell);
  try {
    await saveWhole(file, text("Second."));
    const changed = await next();
    assert.deepEqual([changed.files, changed.faults], [["coding.md"], []]);
    assert.equal(changed.prompts?.["coding.md"]?.text, "Second.");

    await saveWhole(file, text("Third, {{gaol}}."));
    const broken = await next();
    assert.equal(broken.prompts, null);
    assert.deepEqual(broken.faults, [{
      place: `${file}:5`,
      text: "There is no placeholder {{gaol}}; there are goal.",
    }]);

    await saveWhole(file, text("Third, {{goal}}."));
    assert.equal((await next()).prompts?.["coding.md"]?.text, "Third, {{goal}}.");

    await Deno.remove(file);
    const gone = await next();
    assert.deepEqual([gone.prompts, gone.faults.map(({ place }) => place)], [null, [file]]);
  } finally {
    watch.close();
    await Deno.remove(folder, { recursive: true });
  }
});
