import assert from "node:assert/strict";
import { HARMFUL_SPECIALISTS } from "./adversaries.ts";
import { uphold } from "./laws.ts";
import { sensibleArbiter } from "./players.ts";
import { CALM, limits, type Scenario, simulate } from "./simulation.ts";

/** Facts that a run with one task may take with the most talkative crew: attempts × steps × steps of replies, and what they cause. */
export const MOST = 8_000;

/**
 * Tries that summaries which are worth nothing cost no turn: specialists wander until their window is full.
 *
 * @param summariser what summarises
 */
export function endsAsWithout(summariser: Scenario["summariser"]): void {
  const wandering = HARMFUL_SPECIALISTS["read one file after another for ever"]!;
  const play = (roleLimits: Scenario["roleLimits"]) => {
    const scenario = {
      ...CALM,
      seed: 3,
      arbiter: sensibleArbiter,
      specialist: wandering(),
      summariser,
      window: 2_500,
      large: true,
    };
    const run = simulate({ ...scenario, roleLimits, most: MOST });
    uphold(run);
    return {
      ending: run.state.run.ending,
      turns: run.log.filter((fact) => fact.type === "turn_opened").length,
      summaries:
        run.log.filter((fact) =>
          fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "summarise"
        ).length,
    };
  };
  const harmed = play({});
  assert.equal(harmed.ending?.kind, "failed", harmed.ending?.cause);
  assert.ok(harmed.summaries > 0);
  const alone = play({ analysis: limits({ turns: 0 }) });
  assert.equal(alone.summaries, 0);
  assert.ok(harmed.turns <= alone.turns * 1.2, `${harmed.turns} turns with summaries, ${alone.turns} without`);
}
