import assert from "node:assert/strict";
import { z } from "zod";
import { definePlugin, defineTool } from "../../src/plugin/mod.ts";
import { answered, closed, droppedMessage } from "../../src/features/decisions/closed.ts";
import { defineFeature } from "../../src/features/feature.ts";
import type { PhaseKind } from "../../src/features/registry.ts";
import { roleOfPhase } from "../../src/features/tasks/role_of_phase.ts";
import { openTasks } from "../../src/features/tasks/task.ts";
import { startTurn } from "../../src/features/turns/start_turn.ts";
import { toolsOfTurn } from "../../src/features/turns/tools_of_turn.ts";
import { facts } from "../../src/kernel/owed.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { writeCall } from "../../src/rehearsal/understudy_call.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** What was looked at by who looks for holes. */
interface Audits {
  /** Writes that stood at the last look. */
  readonly kept: number;
  readonly said: readonly string[];
}

const PURPOSE = "look_for_holes";

const audits = defineFeature<Audits>({
  name: "audits",
  empty: { kept: 0, said: [] },
  on: {
    turn_closed: (own, { id, text }, before) =>
      before.turns.open[id]?.purpose === PURPOSE ? { kept: before.files.kept, said: [...own.said, text] } : own,
  },
});

/** Looks once more at what was changed before the run may end: not whether it works, but what it lets in. */
const security: PhaseKind = {
  phase: "security",
  role: "security",
  feature: audits,
  hasWork: (state) =>
    state.tasks.list.length > 0 && openTasks(state).length === 0 && state.files.kept > audits.of(state).kept,
  rank: () => 6,
  due(state, registry, decision) {
    const over = decision.turnsOver.at(-1);
    if (over !== undefined) return facts(...answered(state, over.id), closed(decision, `Audited: ${over.text}`, true));
    const role = roleOfPhase(registry, "security");
    if (role === null || droppedMessage(state, decision) !== null) {
      return facts(closed(decision, "Nobody looks for holes.", false));
    }
    const changed = Object.keys(state.files.byPath).join(", ");
    return startTurn(state, registry, decision, {
      role,
      kind: "assignment",
      text: `Look for holes in what was changed: ${changed}.`,
      purpose: PURPOSE,
      tools: (who) => toolsOfTurn(registry, who, { purpose: PURPOSE, changes: false, talks: false }),
      temperature: 0,
      seed: state.turns.count + 1,
    });
  },
};

/** The role of the phase, and the tool that ends its turns. */
export const plugin = definePlugin({
  name: "security",
  specialists: [{
    role: "security",
    describes: "Looks for holes in what was changed.",
    models: ["qwen2.5:32b@strong"],
    window: 8192,
    temperature: 0,
    prompt: "security.md",
    tools: ["read_file", "report_audit"],
    phases: ["security"],
  }],
  tools: [defineTool({
    name: "report_audit",
    describes: "Says what the look for holes found, and ends the turn.",
    input: z.object({ finding: z.string().describe("What was found, in one sentence.") }),
    access: "concludes",
    traits: { closes: [PURPOSE] },
    run: ({ finding }) => ({ text: finding, outcome: { kind: "answered", text: finding } }),
  })],
});

const FINDING = "Nothing of what was changed takes input from outside.";
const matter = (name: string) => `---\nname: ${name}\nfor: the phase security\n---\n`;

Deno.test("a phase that is added has a role, a purpose and prompts of its own, and the run does not end before it", () => {
  const briefs: string[] = [];
  return withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const turns = all.flatMap((fact) => fact.type === "turn_opened" && fact.purpose === PURPOSE ? [fact] : []);
    assert.deepEqual(turns.map(({ role, tools }) => [role, tools]), [["security", ["read_file", "report_audit"]]]);
    assert.deepEqual(audits.of(crew.run.state()).said, [FINDING]);
    const before = all.findLastIndex((fact) => fact.type === "turn_closed" && fact.id === turns[0]!.id);
    assert.ok(before < all.findIndex((fact) => fact.type === "decision_made" && fact.name === "finish"));
    assert.ok(all.some((fact) => fact.type === "phase_changed" && fact.phase === "security"));
    assert.ok(briefs.some((brief) => /^Phases with work: security\.$/m.test(brief)), "the arbiter is told of it");
    assert.ok(crew.run.state().decisions.past.some(({ outcome }) => outcome === `Audited: ${FINDING}`));
    const ask = all.find((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.turn === turns[0]!.id
    );
    assert.ok(ask?.type === "effect_opened");
    const prompt = crew.prompt(ask.effect.key);
    for (const text of [/You are the security specialist of a crew/, /Ask of each change what it lets in/]) {
      assert.match(prompt, text);
    }
  }, {
    added: { phases: [security] },
    plugin: import.meta.url,
    prompts: {
      "security.md": `${matter("security")}You are the security specialist of a crew. Every reply is one tool call.\n`,
      [`${PURPOSE}.md`]: `${matter(PURPOSE)}Ask of each change what it lets in, and say so with tool:report_audit.\n`,
    },
    player(request) {
      const scene = readScene(request);
      if (scene.role === "arbiter") briefs.push(scene.heard.at(-1) ?? "");
      if (scene.role !== "security" || !scene.heard[0]?.includes("Look for holes")) return null;
      return writeCall(scene, { name: "report_audit", arguments: { finding: FINDING }, reason: "I looked." }, null);
    },
  });
});
