import type { EffectKind } from "../effect_kind.ts";
import { isOfClosedTurn } from "../of_closed_turn.ts";
import { textOf } from "../stored_text.ts";
import { checkedCall } from "../tool/checked_call.ts";
import { fieldsOf } from "../tool/fields_of.ts";
import { PreviewEffect, PreviewResult } from "./preview_effect.ts";
import { wouldDo } from "./would_do.ts";

/** Finds out what a tool call would do, for the person who is asked whether it may. Nothing is done. */
export const preview: EffectKind<PreviewEffect, PreviewResult> = {
  schema: PreviewEffect,
  result: PreviewResult,
  orphan: isOfClosedTurn,
  says: ({ call: { name } }) => `looking what ${name} would do`,
  tell: {
    started: ["key", "turn"],
    finished: ({ shows }: PreviewResult) => ({ shows: shows.text, cut: shows.blob !== undefined }),
  },
  async perform({ turn, call, text }, world, signal) {
    const answered = fieldsOf({ turn, call }, world);
    if (answered !== null) return { kind: "preview", shows: answered.text };
    const shows = await wouldDo(checkedCall(call, text, world), world, signal);
    return { kind: "preview", shows: textOf(shows, world.blobs) };
  },
};
