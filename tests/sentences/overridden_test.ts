import assert from "node:assert/strict";
import { EMPTY, evolve } from "../../src/features/features.ts";
import { compose } from "../../src/prompt/compose.ts";
import { BUILT_IN } from "../../src/sentences/built_in.ts";
import { CALM, simulate } from "../laws/simulation.ts";
import { ableSpecialist, erratic, sensibleArbiter } from "../laws/players.ts";

/** Stands before each sentence of a person's own. */
const MARK = "§";

Deno.test("what a crew is told in a run are the sentences of its registry, all of them", () => {
  const prompts = Object.fromEntries(
    Object.entries(BUILT_IN).map(([name, sentences]) => {
      const own = Object.entries(sentences).map(([key, text]) => [key, `${MARK}${text}`]);
      return [`sentences/${name}.md`, { name, text: "", placeholders: [], sentences: Object.fromEntries(own) }];
    }),
  );
  const beginnings = Object.values(BUILT_IN).flatMap((sentences) => Object.values(sentences))
    .map((text) => text.split("{{")[0]!.split("\n")[0]!.trim()).filter((text) => text.length >= 12);
  for (const large of [false, true]) {
    const players = { arbiter: erratic(sensibleArbiter, 0.8), specialist: erratic(ableSpecialist(0.5), 0.7) };
    const disturbed = { headless: false, person: 0.2, meddling: 40, trouble: 0.1 };
    const { log, registry } = simulate({ ...CALM, ...players, ...disturbed, seed: 7, large, prompts });
    let state = EMPTY;
    let seen = 0;
    for (const fact of log) {
      state = evolve(state, fact);
      if (fact.type !== "effect_opened" || fact.effect.kind !== "ask") continue;
      const declare = (tools: unknown) => JSON.stringify(tools);
      const frame = { way: "constrained" as const, window: 1_000_000, ratio: 1, declare };
      const { messages } = compose(state, registry, fact.effect, frame);
      const text = messages.flatMap(({ pieces }) => pieces.map((one) => typeof one === "string" ? one : one.text)).join(
        "",
      );
      for (const beginning of beginnings) {
        for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
          assert.equal(text[at - 1], MARK, `"${beginning}" is not the registry's own: ${text.slice(at - 80, at + 80)}`);
          seen++;
        }
      }
    }
    assert.ok(seen > 100, `${seen} sentences were seen`);
  }
});
