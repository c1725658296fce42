import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { writeCall } from "../../src/rehearsal/understudy_call.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

const LICENCES = `---
describes: Knows licences, and says which of two fit together.
tools: answer
mayAsk: [analysis]
---
You are the licences specialist of a crew that works on {{project}}. You say what licences allow, and call tool:answer.
`;

const QUESTION = "May MIT code stand in an Apache project?";

Deno.test("a specialist that is a Markdown file without code is consulted by the arbiter and answers from its own prompt", () => {
  let asked = false;
  let system = "";
  return withCrew(async (crew) => {
    await crew.fact("decision_closed", ({ outcome }) => outcome.includes("It may, with its notice."));
    const all = crew.facts();
    const role = all.flatMap((fact) => fact.type === "crew_assembled" ? fact.roles : []).find((one) =>
      one.role === "licences"
    );
    assert.deepEqual([role?.models, role?.window], [[], 8192], "what is left out has its usual value");
    const [turn] = all.flatMap((fact) => fact.type === "turn_opened" && fact.role === "licences" ? [fact] : []);
    assert.deepEqual(turn?.tools, ["answer"]);
    assert.match(system, /^You are the licences specialist of a crew that works on \/.*project\./);
    assert.match(system, /and call answer\.$/m);
  }, {
    agents: { "licences.md": LICENCES, "README.md": "Specialists of mine." },
    player(request) {
      const scene = readScene(request, MARKS);
      if (scene.role === "licences") {
        system = request.messages[0]?.content ?? "";
        return writeCall(scene, { name: "answer", arguments: { text: "It may, with its notice." }, reason: "" }, null);
      }
      const consult = "consult_licences_specialist";
      if (scene.role !== "arbiter" || asked || !scene.offered.some(({ name }) => name === consult)) return null;
      asked = true;
      return writeCall(scene, { name: consult, arguments: { query: QUESTION }, reason: "It knows." }, null);
    },
  });
});
