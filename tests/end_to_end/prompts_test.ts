import assert from "node:assert/strict";
import { saveWhole } from "../run/fixtures/save_whole.ts";
import { withCrew } from "./fixtures/crew_run.ts";

const coding = (word: string) =>
  `---\nname: coding\nfor: the coding specialist\n---\nYou are the coding specialist of a crew. ${word}.\n`;

Deno.test("a prompt file that is saved during a run is in the next prompts; a broken one is a fact, and the text before stays", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "hold", scope: "all", of: "" });
    const { message } = await crew.fact("message_sent");
    const save = (word: string) => saveWhole(`${crew.promptFolder}/coding.md`, coding(word));
    await save("Kumquat");
    assert.deepEqual((await crew.fact("prompts_changed")).files, ["coding.md"]);
    await save("{{gaol}}");
    const broken = await crew.fact("prompts_changed", ({ faults }) => faults.length > 0);
    assert.match(broken.faults[0]!.place, /coding\.md:5$/);
    assert.match(broken.faults[0]!.text, /There is no placeholder \{\{gaol\}\}/);
    assert.deepEqual(crew.run.state().run.prompts?.faults, broken.faults);
    for (const hold of crew.run.state().messages.holds) crew.wish({ kind: "lift", hold: hold.id });
    crew.wish({ kind: "release", message: message.id });
    const { effect } = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "ask" && effect.role === "coding",
    );
    await crew.fact("effect_finished", ({ key }) => key === effect.key);
    const prompt = crew.prompt(effect.key);
    assert.ok(prompt.includes("Kumquat") && !prompt.includes("Apple") && !prompt.includes("gaol"), prompt);
  }, { prompts: { "coding.md": coding("Apple") } }));
