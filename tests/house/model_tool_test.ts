import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { z } from "zod";
import { definePlugin, modelTool } from "../../src/plugin/mod.ts";
import { secondOpinion } from "../../plugins/examples/second_opinion.ts";
import { type WantedCall, writeCall } from "../../src/rehearsal/understudy_call.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { Earlier } from "../../src/tell/earlier.ts";
import { History, type StoredFacts } from "../../src/tell/history.ts";
import { tellingOf } from "../../src/tell/telling.ts";
import { type CrewStart, withCrew } from "../end_to_end/fixtures/crew_run.ts";

const input = z.object({ idea: z.string().describe("What is to be done."), code: z.string().optional() });

/** Whichever model plays a role, whose answer is text. */
const proofread = modelTool({
  name: "proofread",
  describes: "Reads a text for mistakes.",
  model: { role: "reasoning" },
  input,
  prompt: "Is this well said? {{idea}}",
});

/** A model that no host has. */
const oracle = modelTool({
  name: "oracle",
  describes: "Knows the future.",
  model: "oracle:900b",
  input,
  prompt: "{{idea}}",
});

/** A specialist that asks models by tools: the first, of the examples, by the model's name, for an answer that has fields. */
export const plugin = definePlugin({
  name: "models_as_tools",
  tools: [secondOpinion, proofread, oracle],
  specialists: [{
    role: "advisor",
    describes: "Weighs ideas.",
    models: ["qwen2.5-coder:32b@strong"],
    window: 8192,
    temperature: 0,
    prompt: "advisor.md",
    tools: ["second_opinion", "proofread", "oracle", "answer"],
    phases: [],
  }],
});

const ADVISOR =
  "---\nname: advisor\nfor: the advisor\n---\nYou are the advisor specialist of a crew. Every reply is one tool call.\n";
const IDEA = "sort the names first";

/** The calls that the advisor makes, one after the other. */
const CALLS: readonly WantedCall[] = [
  { name: "second_opinion", arguments: { idea: IDEA, code: "names.sort()" }, reason: "Two heads." },
  { name: "proofread", arguments: { idea: IDEA }, reason: "Words count." },
  { name: "oracle", arguments: { idea: IDEA }, reason: "Who knows." },
  { name: "answer", arguments: { text: "Sort them." }, reason: "Done." },
];

/** Plays an arbiter that consults the advisor once, the advisor, and the models that it asks. */
function played(asked: string[]): CrewStart["player"] {
  let consulted = false;
  return (request) => {
    const scene = readScene(request, MARKS);
    const system = request.messages[0]?.content ?? "";
    if (scene.role === "advisor") return writeCall(scene, CALLS[scene.results.length]!, null);
    if (system.startsWith("Another model of a crew asks you this once.")) {
      asked.push(`${request.model}: ${request.messages.at(-1)?.content}`);
      if (scene.offered.length === 0) return "<think>Hm.</think>It is well said.";
      const because = "An empty list has no first name.";
      return writeCall(scene, { name: "give_answer", arguments: { right: false, because }, reason: "" }, null);
    }
    const consult = "consult_advisor_specialist";
    if (consulted || scene.role !== "arbiter" || !scene.offered.some(({ name }) => name === consult)) return null;
    consulted = true;
    return writeCall(scene, { name: consult, arguments: { query: "Is it right?" }, reason: "I wonder." }, null);
  };
}

Deno.test("a model as a tool is asked by a call, its fields or its text are the result, and it is counted like any ask", () => {
  const asked: string[] = [];
  return withCrew(async (crew) => {
    const over = await crew.fact("decision_closed", ({ outcome }) => outcome.includes("Sort them."));
    assert.ok(over.ok);
    assert.deepEqual(asked, [
      "qwen2.5:14b: Somebody wants to do this:\n\nsort the names first\n\nnames.sort()\n\n" +
      "Say whether it is right. Name the case in which it goes wrong, if there is one.",
      "qwen2.5:32b: Is this well said? sort the names first",
    ]);
    const all = crew.facts();
    const [turn] = all.flatMap((fact) => fact.type === "turn_opened" && fact.role === "advisor" ? [fact.id] : []);
    const opened = all.flatMap((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.turn === turn ? [fact.effect] : []
    );
    assert.deepEqual(opened.map(({ role, purpose, tool, legal }) => [role, purpose, tool, legal.length > 0]), [
      ["advisor", "work", undefined, true],
      ["second_opinion", "tool_fields", "second_opinion", false],
      ["advisor", "work", undefined, true],
      ["reasoning", "tool_text", "proofread", false],
      ["advisor", "work", undefined, true],
      ["oracle", "tool_text", "oracle", false],
      ["advisor", "work", undefined, true],
    ]);
    assert.ok(opened.every(({ reserved }) => reserved > 0), "each sets its tokens aside before it opens");
    const last = crew.prompt(opened.at(-1)!.key);
    assert.match(last, /right: false\\nbecause: An empty list has no first name\./);
    assert.match(last, /It is well said\./);
    assert.doesNotMatch(last, /Hm\./);
    assert.match(last, /oracle:900b/);
    const thread = new History(crew.journal as StoredFacts, tellingOf(BUILT_IN), new Earlier(BUILT_IN))
      .read("advisor", Infinity, 100).filter(({ kind }) => kind === "result" || kind === "failure");
    assert.deepEqual(thread.map(({ kind, title, text }) => [kind, title, text.split("\n")[0]?.slice(0, 40)]), [
      ["result", "second_opinion", "right: false"],
      ["result", "proofread", "It is well said."],
      ["failure", "oracle", thread[2]?.text.split("\n")[0]?.slice(0, 40)],
      ["result", "answer", "Answered."],
    ]);
    const { statistics, spending } = crew.run.state();
    assert.deepEqual(
      ["second_opinion", "proofread", "oracle"].map((name) => statistics.tools[name]),
      [{ finished: 1, failed: 0 }, { finished: 1, failed: 0 }, { finished: 0, failed: 1 }],
    );
    const own = statistics.asks["second_opinion qwen2.5:14b"];
    assert.deepEqual([own?.asks, own?.right, own?.failed], [1, 1, 0]);
    assert.equal(spending.byRole.second_opinion?.tokens, own!.promptTokens + own!.answerTokens);
    assert.equal(spending.byRole.second_opinion?.reserved, 0);
  }, { plugin: import.meta.url, prompts: { "advisor.md": ADVISOR }, player: played(asked) });
});
