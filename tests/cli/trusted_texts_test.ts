import assert from "node:assert/strict";
import { join } from "node:path";
import { standingOf, trustProject } from "../../src/cli/trust.ts";
import { trustedTexts } from "../../src/cli/trusted_texts.ts";
import { readPrompts } from "../../src/run/read_prompts.ts";
import { type PromptChange, watchPrompts } from "../../src/run/watch_prompts.ts";
import { saveWhole } from "../run/fixtures/save_whole.ts";

const text = (body: string, name = "coding") => `---\nname: ${name}\nfor: the coding specialist\n---\n${body}\n`;

Deno.test("a prompt of a project that is written while a run is at work waits for a yes; the trusted text stays in use", async () => {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "autonomy_trusted_" }));
  const [state, project, own] = [join(home, "state"), join(home, "project"), join(home, "own")];
  const folder = join(project, ".autonomy/prompts");
  const file = join(folder, "coding.md");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.mkdir(state);
  await Deno.mkdir(own);
  await Deno.writeTextFile(join(own, "coding.md"), text("Ours."));
  await Deno.writeTextFile(file, text("Trusted."));
  trustProject(state, standingOf(state, project));
  const sources = {
    folders: [folder, own],
    placeholders: [],
    tools: [],
    guarded: trustedTexts(state, standingOf(state, project)),
  };
  const told: PromptChange[] = [];
  let wake = () => {};
  const watch = watchPrompts(sources, await readPrompts(sources), (change) => {
    told.push(change);
    wake();
  });
  const next = async () => {
    while (told.length === 0) await new Promise<void>((resolve) => wake = resolve);
    return told.shift()!;
  };
  try {
    await saveWhole(file, text("Planted."));
    const planted = await next();
    assert.deepEqual([planted.files, planted.prompts?.["coding.md"]?.text], [[], "Trusted."]);
    assert.deepEqual(planted.faults.map(({ place }) => place), [file]);
    assert.match(
      planted.faults[0]!.text,
      /changed since the project was trusted; its text from then is used until you say yes: autonomy trust/,
    );

    await saveWhole(join(folder, "plan.md"), text("Planted.", "plan"));
    const added = await next();
    assert.equal(added.prompts?.["plan.md"], undefined);
    assert.match(added.faults[1]!.text, /is new since .*; it is not used until you say yes/);

    trustProject(state, standingOf(state, project));
    const yes = await next();
    assert.deepEqual([yes.files.toSorted(), yes.faults], [["coding.md", "plan.md"], []]);
    assert.equal(yes.prompts?.["coding.md"]?.text, "Planted.");

    await Deno.remove(file);
    const removed = await next();
    assert.deepEqual([removed.files, removed.prompts?.["coding.md"]?.text], [[], "Planted."]);
    trustProject(state, standingOf(state, project));
    assert.equal((await next()).prompts?.["coding.md"]?.text, "Ours.");
  } finally {
    watch.close();
    await Deno.remove(home, { recursive: true });
  }
});
