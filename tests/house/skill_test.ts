import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { writeCall } from "../../src/rehearsal/understudy_call.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

Deno.test("a skill of the project is one line of a specialist's prompt, and read by a tool; where there is none, neither is there", async (t) => {
  for (const there of [true, false]) {
    await t.step(there ? "a skill" : "no skill", () => {
      let consulted = false;
      let heard = "";
      return withCrew(async (crew) => {
        await crew.fact("decision_closed", ({ outcome }) => outcome.includes("Done so."));
        const [turn] = crew.facts().flatMap((fact) =>
          fact.type === "turn_opened" && fact.purpose === "consult" ? [fact] : []
        );
        assert.equal(turn?.role, "reasoning");
        assert.equal(turn.tools.includes("read_skill"), there);
        const [ask] = crew.facts().flatMap((fact) =>
          fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.turn === turn.id
            ? [fact.effect]
            : []
        );
        const prompt = crew.prompt(ask!.key);
        assert.equal(
          /# Skills: how things are done here\\n.*read_skill\.\\n- changelog: How changes are told\./.test(prompt),
          there,
        );
        assert.doesNotMatch(prompt, /Newest first/);
        assert.equal(heard.includes("Newest first."), there);
        const roles = Object.values(crew.run.state().run.crew).map(({ role }) => role);
        assert.ok(roles.includes("interpreter"));
      }, {
        prepare(project) {
          if (!there) return;
          const path = `${project}/.agents/skills/changelog/SKILL.md`;
          Deno.mkdirSync(dirname(path), { recursive: true });
          Deno.writeTextFileSync(
            path,
            "---\nname: changelog\ndescription: How changes are told.\n---\nNewest first.\n",
          );
        },
        player(request) {
          const scene = readScene(request, MARKS);
          const offers = (name: string) => scene.offered.some((tool) => tool.name === name);
          const call = (name: string, args: Readonly<Record<string, unknown>>) =>
            writeCall(scene, { name, arguments: args, reason: "So it is." }, null);
          if (scene.role === "reasoning" && offers("answer")) {
            heard = scene.heard.join("\n");
            if (offers("read_skill") && scene.results.length === 0) return call("read_skill", { skill: "changelog" });
            return call("answer", { text: "Done so." });
          }
          if (scene.role !== "arbiter" || consulted || !offers("consult_reasoning_specialist")) return null;
          consulted = true;
          return call("consult_reasoning_specialist", { query: "How are changes told?" });
        },
      });
    });
  }
});
