import assert from "node:assert/strict";
import { MARKS } from "../../src/prompt/marks.ts";
import { writeCall } from "../../src/rehearsal/understudy_call.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { type CrewRun, type CrewStart, withCrew } from "./fixtures/crew_run.ts";

const PROMPT = "---\nname: counting\nfor: the counting specialist\n---\nYou are the counting specialist of a crew.\n";

/** A specialist that counts, with its tool. */
const COUNTING = (said: string) =>
  `import { z } from "zod";
import { definePlugin, defineTool } from "autonomy";
import { words } from "./_words.ts";

export default definePlugin({
  name: "counting",
  specialists: [{
    role: "counting",
    describes: "Counts things.",
    models: ["qwen2.5:32b@strong"],
    window: 8192,
    temperature: 0,
    prompt: "counting.md",
    tools: ["count", "answer"],
    phases: [],
  }],
  tools: [defineTool({
    name: "count",
    describes: "Counts the words of a text.",
    input: z.object({ text: z.string().describe("The text.") }),
    access: "reads",
    run: ({ text }) => ${said},
  })],
});
`;
const GOOD = COUNTING("`${words(text)} words`");
const WORDS = 'export const words = (text: string) => text.split(" ").length;\n';

/** Lets the arbiter consult the role once each time it is told to, and the role count. */
function counting(): {
  readonly player: NonNullable<CrewStart["player"]>;
  readonly consult: () => void;
  readonly declared: string[][];
} {
  let wanted = 0;
  const declared: string[][] = [];
  return {
    declared,
    consult: () => wanted += 1,
    player(request) {
      const scene = readScene(request, MARKS);
      const offers = (name: string) => scene.offered.some((tool) => tool.name === name);
      const call = (name: string, args: Record<string, unknown>) =>
        writeCall(scene, { name, arguments: args, reason: "It was asked for." }, null);
      if (scene.role === "arbiter") {
        declared.push(scene.offered.map(({ name }) => name));
        if (wanted === 0 || !offers("consult_counting_specialist")) return null;
        wanted -= 1;
        return call("consult_counting_specialist", { query: "How many words?" });
      }
      if (scene.role !== "counting") return null;
      const [result] = scene.results;
      return result === undefined ? call("count", { text: "one two three" }) : call("answer", { text: result.text });
    },
  };
}

/** Holds the crew before its first message, so that what is saved is there before the next decision. */
async function held(crew: CrewRun, meanwhile: () => Promise<void>): Promise<void> {
  crew.wish({ kind: "pause" });
  await meanwhile();
  crew.wish({ kind: "unpause" });
}

Deno.test("a specialist that is saved during a run is consulted in that run, and the facts say which version was used", () => {
  const { player, consult, declared } = counting();
  return withCrew(async (crew) => {
    await crew.fact("decision_made");
    await held(crew, async () => {
      await writeFiles(crew.pluginFolder, { "_words.ts": WORDS, "counting.ts": GOOD });
      const ready = await crew.fact("plugin_ready");
      assert.deepEqual([ready.plugin, ready.number, ready.before, ready.roles], ["counting", 1, null, ["counting"]]);
      consult();
    });
    const turn = await crew.fact("turn_opened", ({ role }) => role === "counting");
    const { version } = await crew.fact("plugin_ready");
    assert.equal(turn.version, version);
    const called = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "tool" && effect.role === "counting",
    );
    assert.ok(called.effect.kind === "tool" && called.effect.version === version);
    const over = await crew.fact("turn_closed", ({ id }) => id === turn.id);
    assert.equal(over.text, "3 words");
    const assembled = await crew.fact("crew_assembled", ({ reason }) => reason === "counting v1");
    assert.ok(assembled.roles.some(({ role }) => role === "counting") && assembled.tools.includes("count"));
    const consults = declared.map((names) => names.filter((name) => name.startsWith("consult_")));
    const last = consults.findLast((names) => names.includes("consult_counting_specialist"));
    const [first] = consults;
    assert.deepEqual(last?.filter((name) => first?.includes(name)), first?.filter((name) => last?.includes(name)));
    assert.equal(last?.at(-1), "consult_counting_specialist", "what was declared before keeps its place");
  }, { live: true, player, prompts: { "counting.md": PROMPT } });
});
