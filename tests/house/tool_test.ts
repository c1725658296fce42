import { copyPlainSample } from "../rehearsal/plain_sample.ts";
import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { z } from "zod";
import { definePlugin, defineTool, ToolError } from "../../src/plugin/mod.ts";
import { faultyLine, repaired, repairFor } from "../../src/rehearsal/understudy_repairs.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { type WantedCall, writeCall } from "../../src/rehearsal/understudy_call.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** Changes every place of a text in a file, where the tools that are built in change one. */
const replaceAll = defineTool({
  name: "replace_all",
  describes: "Replaces a text everywhere in a file.",
  input: z.object({
    path: z.string().describe("File, relative to the project."),
    old_text: z.string().describe("The text as it stands."),
    new_text: z.string().describe("What stands there afterwards."),
  }),
  access: "writes",
  traits: { edits: "piece" },
  async run({ path, old_text, new_text }, { workspace, settings }) {
    const { text } = await workspace.read(path);
    const places = text.split(old_text).length - 1;
    if (places === 0) throw new ToolError(`${path} does not hold this text. Copy it exactly.`);
    await workspace.write(path, text.replaceAll(old_text, new_text));
    return `Changed ${path}: ${places} ${places === 1 ? "place" : "places"}, by the ${settings.hand} hand.`;
  },
});

/** Ends a turn of work, as the tool that is built in does. */
const handIn = defineTool({
  name: "hand_in",
  describes: "Hands the work in; the checks then decide.",
  input: z.object({ summary: z.string().describe("What was done.") }),
  access: "concludes",
  traits: { closes: ["work"] },
  run: ({ summary }) => ({ text: "Handed in.", outcome: { kind: "task_finished", summary } }),
});

/** A specialist who has these tools, and of those that are built in one that writes. */
export const plugin = definePlugin({
  name: "replace_all",
  tools: [replaceAll, handIn],
  settings: z.object({ hand: z.enum(["left", "right"]).default("left") }),
  specialists: [{
    role: "replacing",
    describes: "Repairs code by replacing texts.",
    models: ["qwen2.5-coder:32b@strong"],
    window: 16_384,
    temperature: 0.3,
    prompt: "replacing.md",
    tools: ["read_file", "replace_all", "rewrite_file", "hand_in"],
    phases: ["coding", "debugging"],
  }],
});

const HANDED_IN = "I could not copy the text.";

Deno.test("a tool that is added by its traits and access writes in attempts that are judged like any other", () => {
  let said = 0;
  return withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const calls = all.flatMap((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "tool" ? [fact.effect] : []
    );
    const own = calls.filter(({ call }) => call.name === "replace_all");
    assert.ok(own.length > 0 && own.every(({ role, access }) => role === "replacing" && access === "writes"));
    const writes = all.flatMap((fact) => fact.type === "write_closed" ? [fact.key] : []);
    const wrote = own.filter(({ key }) => writes.includes(key));
    assert.ok(wrote.length > 1 && wrote.length < own.length, "what it writes is recorded under its call");
    const verdicts = all.flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
    assert.ok(verdicts.includes("kept") && verdicts.includes("empty"));
    const ended = all.flatMap((fact) => fact.type === "turn_closed" && fact.ending === "finished" ? [fact.text] : []);
    assert.ok(ended.includes(HANDED_IN), "the other tool ends turns of work");
    const second = all.flatMap((fact) => fact.type === "turn_opened" && fact.attempt?.endsWith(".2") ? [fact.id] : []);
    const legal = all.flatMap((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && second.includes(fact.effect.turn ?? "")
        ? [fact.effect.legal]
        : []
    );
    assert.deepEqual(legal[0], ["rewrite_file", "replace_all"], "what may write after a failure, its traits say");
    const failed = all.flatMap((fact) => fact.type === "effect_failed" ? [fact.text] : []);
    const told = all.flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "tool" ? [fact.result.text.text] : []
    );
    assert.ok(told.some((text) => /places?, by the left hand\./.test(text)), "it has its settings");
    assert.ok(failed.some((text) => /does not hold this text/.test(text)), "its refusals reach the model");
  }, {
    sample: copyPlainSample,
    plugin: import.meta.url,
    prompts: {
      "replacing.md":
        "---\nname: replacing\nfor: the replacing specialist\n---\nYou are the replacing specialist of a crew. Every reply is one tool call.\n",
    },
    player(request) {
      const scene = readScene(request, MARKS);
      if (scene.role !== "replacing" || !scene.offered.some(({ name }) => name === "replace_all")) return null;
      const path = /The file to change is most likely (\S+)\.(?:\n|$)/.exec(scene.heard[0] ?? "")?.[1] ?? "";
      const text = scene.files.get(path)?.text ?? "";
      const repair = repairFor(text);
      if (repair === null) return null;
      const { line } = faultyLine(text, repair);
      const call = (name: string, args: WantedCall["arguments"]) =>
        writeCall(scene, { name, arguments: args, reason: repair.because }, null);
      said += 1;
      // It copies wrong, gives up, and does it at the next attempt.
      if (said === 2) return call("hand_in", { summary: HANDED_IN });
      const old_text = said === 1 ? `${line} // as I remember it` : line;
      return call("replace_all", { path, old_text, new_text: repaired(line, repair) });
    },
  });
});
