import assert from "node:assert/strict";
import { elapsed } from "../../src/features/run/elapsed.ts";
import type { State } from "../../src/features/state.ts";
import type { Law } from "./law.ts";

/** Every effect opens once under a key of its own and closes once. */
export const effectsOpenAndCloseOnce = (): Law => {
  const keys = new Set<string>();
  return (before, fact) => {
    switch (fact.type) {
      case "effect_opened":
        assert.ok(!keys.has(fact.effect.key), `the key ${fact.effect.key} was used before`);
        keys.add(fact.effect.key);
        return;
      case "effect_finished":
      case "effect_failed":
      case "effect_refused":
      case "effect_cancelled":
      case "effect_unknown":
      case "ask_placed":
      case "write_opened":
      case "write_closed":
      case "command_opened":
      case "command_closed":
        assert.ok(Object.hasOwn(before.effects.open, fact.key), `${fact.type} ${fact.key}, which is not open`);
    }
  };
};

/** After the end nothing is opened and nothing changes but what closes. */
export const nothingOpensAfterTheEnd = (): Law => (before, fact) => {
  if (before.run.ending === null) return;
  assert.ok(
    /^(effect_(?!opened)|write_closed|command_closed|run_resumed)/.test(fact.type),
    `${fact.type} after the end`,
  );
};

/** No two turns write the same path of a folder at a time: of the project, or of one copy. */
export const oneWriterForAPath = (): Law => (before, fact) => {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "tool" || fact.effect.access !== "writes") return;
  const { turn, call } = fact.effect;
  for (const { effect } of Object.values(before.effects.open)) {
    const same = effect.kind === "tool" && effect.access === "writes" && effect.turn !== turn &&
      effect.call.arguments.path === call.arguments.path && folderOf(before, effect.turn) === folderOf(before, turn);
    assert.ok(!same, `${String(call.arguments.path)} has two writers`);
  }
};

/** While an effect of a turn that is over is open, nothing else is opened: its write could still come. */
export const nothingOpensBesideOrphans = (): Law => (before, fact) => {
  if (fact.type !== "effect_opened") return;
  for (const { effect } of Object.values(before.effects.open)) {
    if (!("turn" in effect) || effect.turn === null) continue;
    assert.ok(
      before.turns.open[effect.turn] !== undefined,
      `${fact.effect.key} opens while ${effect.key} of a turn that is over is open`,
    );
  }
};

/** The clock of a run never goes back. */
export const timeGoesOn = (): Law => (before, fact, after) => {
  if (before.run.info === null) return;
  const earlier = elapsed(before, before.at);
  const later = elapsed(after, fact.at);
  assert.ok(later >= earlier, `${fact.type} turned the clock back from ${earlier} to ${later}`);
};

/** The copy that a turn works in; null for the project. */
function folderOf({ turns, attempts }: State, turn: string): string | null {
  return attempts.open[turns.open[turn]?.attempt ?? ""]?.workspace ?? null;
}
