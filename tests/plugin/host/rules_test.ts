import assert from "node:assert/strict";
import { rule } from "../../../src/effects/rule/rule.ts";
import type { RuleEffect } from "../../../src/effects/rule/rule_effect.ts";
import type { World } from "../../../src/effects/effect_kind.ts";
import { buildRegistry } from "../../../src/plugin/registry.ts";
import type { Offer } from "../../../src/plugin/offer.ts";
import { withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { atWork, planned } from "../../given/given_attempt.ts";
import { pluginOf, withHosted } from "./hosted.ts";

const rules = (...written: readonly string[]) => pluginOf("careful", {}, { slots: `rules: [${written.join(", ")}]` });

/** What the rules of some plugins say to a call. */
async function verdict(
  offers: readonly Offer[],
  name: string,
  how: Partial<World> = {},
  signal = new AbortController().signal,
) {
  const { registry } = buildRegistry({ offers, prompts: {} });
  const effect: RuleEffect = {
    kind: "rule",
    key: "t1.rule1",
    turn: "t1",
    role: "coding",
    access: "writes",
    call: { name, arguments: { path: "a.txt" } },
  };
  const world = { state: atWork(planned([])), registry, tools: new Map(), ...how } as unknown as World;
  return (await rule.perform(effect, world, signal)).verdict;
}

Deno.test("rules of a person's plugin are asked in its process, and the strictest verdict holds", () =>
  withHosted({
    "plugins/careful.ts": rules(
      '(state, effect) => effect.call.name === "locked" ? { verdict: "refuse", reason: `${effect.role} may not touch ${effect.call.arguments.path} in ${state.phase}` } : null',
      '(_state, effect) => effect.access === "writes" ? { verdict: "confirm", question: "May it" } : null',
      '(_state, effect) => { if (effect.call.name === "throws") throw new Error("no rule"); return null; }',
      '(_state, effect) => effect.call.name === "wrong" ? "no" : null',
      '(_state, effect) => { if (effect.call.name === "spins") for (;;); return null; }',
      '(_state, effect) => { if (effect.call.name === "exits") Deno.exit(2); return null; }',
    ),
  }, async (hosted) => {
    const own = await hosted.open("careful.ts");
    assert.deepEqual(own.rules, [], "none of them is asked in this process");
    assert.deepEqual(await verdict([own], "locked"), {
      verdict: "refuse",
      reason: "coding may not touch a.txt in coding",
    });
    assert.deepEqual(await verdict([own], "other"), { verdict: "confirm", question: "May it" });
    const unasked =
      /^(\w+) was not run: the rules of the plugin careful gave no verdict on it \(.*(no rule|none came in 0\.2 s|ended with code 2|must give a verdict)/s;
    for (const name of ["throws", "exits", "wrong"]) {
      const said = await verdict([own], name);
      assert.equal(said.verdict, "refuse", name);
      assert.match(said.verdict === "refuse" ? said.reason : "", unasked);
    }
    const late = await verdict([own], "spins", { judgingMs: 200 });
    assert.match(late.verdict === "refuse" ? late.reason : "", unasked);
    const controller = new AbortController();
    controller.abort(new Error("the run ends"));
    await assert.rejects(verdict([own], "other", {}, controller.signal), /the run ends/);
  }));

Deno.test("in a whole run each call is judged before it runs, and the verdict is a fact", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const turns = new Map<string, string>();
    const allowed = new Map<string, number>();
    let ran = 0;
    for (const fact of all) {
      if (fact.type === "effect_opened" && fact.effect.kind === "rule") turns.set(fact.effect.key, fact.effect.turn);
      if (fact.type === "effect_finished" && fact.result.kind === "rule" && fact.result.verdict.verdict === "allow") {
        const turn = turns.get(fact.key)!;
        allowed.set(turn, (allowed.get(turn) ?? 0) + 1);
      }
      const used = fact.type === "effect_opened" && fact.effect.kind === "tool"
        ? { turn: fact.effect.turn, name: fact.effect.call.name }
        : fact.type === "call_answered"
        ? fact
        : null;
      if (used === null) continue;
      const { turn, name } = used;
      const left = allowed.get(turn) ?? 0;
      // What is answered from what the turn was told runs nothing, and so needs no verdict.
      assert.ok(left > 0 || fact.type === "call_answered", `${name} of ${turn} ran without a verdict`);
      allowed.set(turn, Math.max(0, left - 1));
      if (fact.type !== "call_answered") ran += 1;
    }
    assert.ok(ran > 3);
    // A turn that lost a race may have been ended between the verdict and the call.
    const finished = all.flatMap((fact) => fact.type === "turn_closed" && fact.ending === "finished" ? [fact.id] : []);
    for (const turn of finished) assert.equal(allowed.get(turn) ?? 0, 0, `what was allowed in ${turn} did not run`);
    const refused = all.flatMap((fact) => fact.type === "call_refused" ? [fact.reason] : []);
    assert.ok(refused.every((reason) => !/no verdict/.test(reason)), refused.join("\n"));
  }, { plugins: { "careful.ts": rules("() => null") } }));
