import type { EffectKind } from "../effect_kind.ts";
import { isOfClosedTurn } from "../of_closed_turn.ts";
import { PrepareEffect, PrepareResult } from "./prepare_effect.ts";
import { prepareTurn } from "./prepare_turn.ts";

/** Reads the files that a turn starts with. */
export const prepare: EffectKind<PrepareEffect, PrepareResult> = {
  schema: PrepareEffect,
  result: PrepareResult,
  orphan: isOfClosedTurn,
  says: () => "reading the files it starts with",
  tell: {
    started: ["key", "turn"],
    finished: ({ texts }: PrepareResult) => ({ files: texts.map(({ path }) => path) }),
  },
  async perform(effect, { state, registry, workspace, blobs }, signal) {
    const isAttempt = typeof state.turns.open[effect.turn]?.attempt === "string";
    const hashes = isAttempt ? await workspace.hashes(signal) : null;
    const prepared = await prepareTurn(effect, state, registry, workspace, blobs, signal, registry.languages);
    return hashes === null
      ? prepared
      : { ...prepared, base: blobs.putBlob(JSON.stringify(Object.fromEntries(hashes))) };
  },
};
