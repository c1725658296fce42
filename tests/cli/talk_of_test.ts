import assert from "node:assert/strict";
import { talkOf } from "../../src/cli/talk_of.ts";
import { recordKey } from "../../src/fleet/model_record.ts";
import { openMemory } from "../../src/run/memory.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";
import { crew as roles } from "../laws/crew.ts";

Deno.test("answers are reviewed where that helped the arbiter's model before, and whatever a person says goes before it", () =>
  withCrew(async ({ fleet, home }) => {
    const model = fleet.status().flatMap(({ models }) => models).find(({ name }) => name === "qwen2.5:14b");
    assert.ok(model !== undefined);
    const registry = roles();
    const arbiter = { ...registry.roles.arbiter!, models: [model.name] };
    const capabilities = { registry: { roles: { ...registry.roles, arbiter } }, named: new Set<string>() };
    await Deno.mkdir(home, { recursive: true });
    const memory = openMemory(`${home}/talk.db`);
    const talk = (wanted?: "on" | "off") => talkOf({ capabilities, fleet, memory }, wanted);
    assert.equal(talk(), undefined);
    assert.equal(talkOf({ capabilities, fleet, memory: null }, undefined), undefined);
    const trial = (outcome: "right" | "failed") => ({
      digest: recordKey(model.digest ?? "", model.name),
      model: model.name,
      what: { kind: "review", of: "answers" } as const,
      outcome,
    });
    memory.add([trial("right"), trial("failed"), trial("failed")], 1);
    assert.equal(talk(), undefined, "three say nothing yet");
    memory.add([trial("failed")], 2);
    assert.equal(talk(), "on");
    assert.deepEqual([talk("off"), talk("on")], ["off", "on"]);
    memory.add([trial("failed")], 3);
    assert.equal(talk(), undefined, "they help too seldom");
    memory.close();
  }));
