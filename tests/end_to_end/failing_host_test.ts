import assert from "node:assert/strict";
import { withCrew } from "./fixtures/crew_run.ts";

Deno.test("after an ask that a host failed its role is asked on another host, and on the usual one again once that worked", () =>
  withCrew(async (crew) => {
    const failed = await crew.fact("effect_failed");
    assert.deepEqual([failed.host, failed.model], ["strong", "qwen2.5:32b"], failed.text);
    const opened = crew.facts().find((fact) => fact.type === "effect_opened" && fact.effect.key === failed.key);
    assert.ok(opened?.type === "effect_opened" && opened.effect.kind === "ask");
    const { role } = opened.effect;
    const hosts: string[] = [];
    for (let after = failed.seq; hosts.length < 2;) {
      const { effect, seq } = await crew.fact(
        "effect_opened",
        (fact) => fact.seq > after && fact.effect.kind === "ask" && fact.effect.role === role,
      );
      hosts.push((await crew.fact("ask_placed", ({ key }) => key === effect.key)).host);
      after = seq;
    }
    assert.deepEqual(hosts, ["fast", "strong"]);
  }, {
    // The first request loads the model ahead.
    faults: { strong: [{ kind: "status", code: 500, text: "broken", model: "qwen2.5:32b", requests: 1, after: 1 }] },
  }));
