import assert from "node:assert/strict";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Spending } from "../../src/kernel/budget.ts";
import type { Limits } from "../../src/kernel/limits.ts";
import { modelOf, sizeOf } from "../../src/features/threads/model_size.ts";
import { declarationsText, replyFormText } from "../../src/mediate/declarations.ts";
import { compose } from "../../src/prompt/compose.ts";
import { windowOf } from "../../src/prompt/reserve.ts";
import type { Registry } from "../../src/features/registry.ts";
import { roleOfSeat } from "../../src/features/seats/seat.ts";
import type { Law } from "./law.ts";

/**
 * Whatever is at work at once, what is spent and set aside never exceeds what was granted, to the run and to each role with all of its
 * seats; and what is set aside is what open asks need.
 */
export const budgetsHold = (): Law => (_before, fact, after) => {
  const asks = Object.values(after.effects.open).flatMap(({ effect }) => effect.kind === "ask" ? [effect] : []);
  const sum = (some: readonly AskEffect[]) =>
    some.reduce((total, { key, reserved }) => total + reserved + (after.placements[key]?.thinking ?? 0), 0);
  const { limits, roleLimits, run, byRole } = after.spending;
  assert.equal(run.reserved, sum(asks), "what is set aside is not what open asks set aside");
  for (const [role, spent] of Object.entries(byRole)) {
    const own = asks.filter((ask) => roleOfSeat(ask.role) === role);
    assert.equal(spent.reserved, sum(own), `what is set aside for ${role} is not what its open asks set aside`);
  }
  if (limits === null) return;
  within(limits, run, `the run after ${fact.type}`);
  for (const [role, own] of Object.entries(roleLimits)) {
    if (byRole[role] !== undefined) within(own, byRole[role], `${role} after ${fact.type}`);
  }
  if (fact.type === "effect_opened" && fact.effect.kind === "ask") {
    assert.ok(fact.effect.reserved > 0, `${fact.effect.key} sets nothing aside`);
  }
};

function within(limits: Limits, spent: Spending, whose: string): void {
  if (limits.tokens !== null) {
    assert.ok(spent.tokens + spent.reserved <= limits.tokens, `the tokens of ${whose} are overspent`);
  }
  if (limits.turns !== null) assert.ok(spent.turns <= limits.turns, `the asks of ${whose} are overspent`);
}

/** Most that is set aside, as a multiple of what an ask may take: more would end runs before their budget is spent. */
const MOST = 2.5;

/**
 * What an ask sets aside is enough for the prompt that is composed for it and for the longest answer, or it is the whole window; and not
 * much more.
 */
export const reservesFit = (registry: Registry): Law => (before, fact) => {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask") return;
  const ask = fact.effect;
  const window = windowOf(registry, ask.role);
  // The way whose prompts hold the most words.
  const way = "prompted";
  const { estimate } = compose(before, registry, ask, {
    way,
    window,
    ratio: before.models[modelOf(before, registry, ask.role)]?.ratios.characters ?? 1,
    billions: sizeOf(before, registry, ask.role),
    declare: (tools) => `${declarationsText(tools)}\n\n${replyFormText(way)}`,
  });
  const needed = estimate + ask.answerLimit;
  const said = `${ask.key} (${ask.purpose}) sets ${ask.reserved} tokens aside and may take ${needed}`;
  assert.ok(ask.reserved >= Math.min(window, needed), said);
  assert.ok(ask.reserved <= needed * MOST, said);
};
