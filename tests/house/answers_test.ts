import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import historian from "../../plugins/examples/historian.ts";
import { definePlugin } from "../../src/plugin/mod.ts";
import { type WantedCall, writeCall } from "../../src/rehearsal/understudy_call.ts";
import { readScene, type Scene } from "../../src/rehearsal/understudy_scene.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** The historian of the examples, whose answers have fields, and a specialist that may ask it. */
export const plugin = definePlugin({
  ...historian,
  specialists: [...historian.specialists ?? [], {
    role: "lead",
    describes: "Leads the work.",
    models: ["qwen2.5-coder:32b@strong"],
    window: 16_384,
    temperature: 0,
    prompt: "lead.md",
    tools: ["read_file", "rewrite_file", "ask_specialist", "finish_task"],
    phases: ["coding"],
    mayAsk: ["historian"],
  }],
});

const prompt = (role: string) =>
  `---\nname: ${role}\nfor: the ${role}\n---\nYou are the ${role} specialist of a crew. Every reply is one tool call.\n`;

const FIELDS = { summary: "It was cut twice.", commits: ["a1b2c3d", "b2c3d4e"], certain: true };
/** What whoever asked is shown. */
const SHOWN = 'summary: It was cut twice.\ncommits: ["a1b2c3d","b2c3d4e"]\ncertain: true';

const offers = ({ offered }: Scene, name: string) => offered.find((tool) => tool.name === name);
const argumentsOf = (scene: Scene, name: string) => Object.keys(Object(offers(scene, name)?.parameters.properties));

Deno.test("answers of a form are held to it, and their fields are shown to the arbiter and to a specialist that asked; a person is answered in words", () => {
  let consulted = false;
  const wanted: string[][] = [];
  return withCrew(async (crew) => {
    const all = () => crew.facts();
    const consult = await crew.fact("decision_closed", ({ outcome }) => outcome.includes(SHOWN));
    assert.ok(consult.ok);
    const told = await crew.fact("turn_told", ({ text }) => text.includes(SHOWN));
    const lead = all().find((fact) => fact.type === "turn_opened" && fact.id === told.turn);
    assert.equal(lead?.type === "turn_opened" && lead.role, "lead");
    const answers = all().flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "tool" && fact.result.outcome?.kind === "answered"
        ? [fact.result.outcome]
        : []
    );
    assert.ok(answers.length >= 2);
    assert.deepEqual(answers[0], { kind: "answered", text: SHOWN, fields: FIELDS });
    crew.wish({ kind: "say", to: "historian", text: "What do you know?" });
    const words = await crew.fact("person_told", ({ text }) => text.includes("In words."));
    assert.equal(words.text, "In words.");
    assert.deepEqual(wanted[0], ["summary", "commits", "certain"]);
    assert.deepEqual(wanted.at(-1), ["text"]);
  }, {
    plugin: import.meta.url,
    prompts: { "historian.md": prompt("historian"), "lead.md": prompt("lead") },
    named: { historian: "qwen2.5:14b@fast" },
    player(request) {
      const scene = readScene(request, MARKS);
      const call = (name: string, args: WantedCall["arguments"]) =>
        writeCall(scene, { name, arguments: args, reason: "So it is." }, null);
      if (scene.role === "historian") {
        wanted.push(argumentsOf(scene, "answer"));
        if (wanted.at(-1)?.includes("text") === true) return call("answer", { text: "In words." });
        return call("answer", FIELDS);
      }
      if (scene.role === "lead") {
        if (scene.heard.some((text) => text.includes(SHOWN))) return call("finish_task", { summary: "Asked." });
        return offers(scene, "ask_specialist") === undefined
          ? null
          : call("ask_specialist", { role: "historian", question: "Why is it so?" });
      }
      const consult = "consult_historian_specialist";
      if (scene.role !== "arbiter" || consulted || offers(scene, consult) === undefined) return null;
      consulted = true;
      return call(consult, { query: "Why is it so?" });
    },
  });
});
