import assert from "node:assert/strict";
import { charsUpTo } from "../../src/asks/summarise/chars_up_to.ts";
import { summaryOf } from "../../src/asks/summarise/slice.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { Exchange } from "../../src/features/turns/slice.ts";
import { CHARS_PER_TOKEN } from "../../src/kernel/text.ts";
import { compose } from "../../src/prompt/compose.ts";
import { modelOf, sizeOf } from "../../src/features/threads/model_size.ts";
import { declarationsText, replyFormText } from "../../src/mediate/declarations.ts";
import { windowOf } from "../../src/prompt/reserve.ts";
import type { Law } from "./law.ts";

/**
 * A part of a turn is summarised once, and each summary stands for more than the last; it costs the turn no ask and calls nothing. No
 * prompt parts a call from what came of it.
 */
export const summariesAreBounded = (registry: Registry): Law => {
  const asked = new Map<string, number>();
  return (before, fact, after) => {
    if (fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.turn !== null) {
      const { key, purpose, turn: id, summarises = 0, answerLimit } = fact.effect;
      const turn = before.turns.open[id];
      assert.ok(turn !== undefined, `${key} opens for a turn that is over`);
      if (purpose === "summarise") {
        assert.ok(summarises > (asked.get(id) ?? 0), `${key} summarises once more what was asked about`);
        assert.ok(summarises < turn.exchange.length, `${key} leaves nothing of the turn`);
        assert.ok(
          charsUpTo(turn, summaryOf(before, id).summary, summarises) > answerLimit * CHARS_PER_TOKEN,
          `${key} summarises what is shorter than a summary`,
        );
        assert.equal(after.turns.open[id]!.asks, turn.asks);
        asked.set(id, summarises);
      }
      if (purpose === "work" || purpose === "text") {
        const prompt = compose(before, registry, fact.effect, {
          way: "native",
          window: registry.roles[turn.role]!.window,
          ratio: 1,
          declare: () => "",
        });
        assert.ok(holdsTogether(turn.exchange, prompt.compacted), `${key} parts a call from what came of it`);
      }
    }
    const closed = "key" in fact && /^effect_(?!opened)/.test(fact.type)
      ? before.effects.open[fact.key]?.effect
      : undefined;
    if (closed?.kind !== "ask" || closed.purpose !== "summarise" || closed.turn === null) return;
    const [old, now] = [before.turns.open[closed.turn], after.turns.open[closed.turn]];
    if (old === undefined) return;
    assert.deepEqual([now?.calls, now?.exchange, now?.faults], [old.calls, old.exchange, old.faults]);
    assert.ok((summaryOf(after, closed.turn).summary?.text.chars ?? 0) <= 1_500);
  };
};

/** Whether each call among the first entries of an exchange has its result among them. */
function holdsTogether(entries: readonly Exchange[], upTo: number): boolean {
  let waiting = 0;
  for (const entry of entries.slice(0, upTo)) {
    if (entry.from === "model") waiting += entry.calls.length;
    if (entry.from === "tool") waiting -= 1;
  }
  return waiting === 0;
}

/** Where nothing but a window bounds an ask, the analysis specialist is asked for a summary before the rules shorten what it could stand for. */
export const summariesComeFirst = (registry: Registry): Law => (before, fact) => {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask" || fact.effect.purpose !== "work") return;
  const turn = before.turns.open[fact.effect.turn ?? ""];
  if (turn === undefined || before.summaries.misses >= 3) return;
  const { limits, roleLimits } = before.spending;
  if (limits?.tokens !== null || Object.keys(roleLimits).length > 0) return;
  const window = windowOf(registry, turn.role);
  const { compacted } = compose(before, registry, fact.effect, {
    way: "constrained",
    window,
    ratio: before.models[modelOf(before, registry, turn.role)]?.ratios.characters ?? 1,
    billions: sizeOf(before, registry, turn.role),
    declare: (tools) => `${declarationsText(tools)}\n\n${replyFormText("constrained")}`,
  });
  const { asked, summary } = summaryOf(before, turn.id);
  if (compacted <= Math.max(asked, summary?.upTo ?? 0)) return;
  const longest = Math.min(400, Math.floor(Math.min(window, windowOf(registry, "analysis")) / 8));
  assert.ok(
    charsUpTo(turn, summary, compacted) <= longest * CHARS_PER_TOKEN,
    `${fact.effect.key} shortens ${compacted} entries, and a summary was asked for ${asked}`,
  );
};
