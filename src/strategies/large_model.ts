import type { Situation, Strategy } from "../features/registry.ts";
import type { Turn } from "../features/turns/slice.ts";
import { nextTry } from "./next_try.ts";
import { editing, openTools } from "./open_tools.ts";
import { piecesFor } from "./pieces.ts";
import { warmer } from "./temperature.ts";
import { seesOthers, writableNow } from "./writes_first.ts";

/** How a large model works: it chooses by itself; after an attempt that did not help it writes before it looks around again. */
export const largeModel: Strategy = {
  name: "large model",
  fits: () => true,
  next: nextTry,
  step: (situation, turn) => ({
    legal: legalNow(situation, turn),
    given: null,
    form: null,
    pieces: piecesFor(situation, turn),
    temperature: warmer(situation, turn),
  }),
};

function legalNow(situation: Situation, turn: Turn): readonly string[] {
  const { registry, attempt } = situation;
  const open = openTools(situation, turn);
  const now = writableNow(situation, turn, open);
  if (now === null || attempt === null || attempt.number === 1) return open;
  const piece = editing(registry, open, "piece");
  const byPiece = piece === undefined ? [] : [piece];
  if (attempt.elsewhere && seesOthers(turn, now.target)) {
    const other = editing(registry, open, "function");
    return other === undefined ? byPiece : [other, ...byPiece];
  }
  const forms = [now.byFunction, now.whole].filter((name) => name !== undefined);
  return forms.length === 0 ? open : [...forms, ...byPiece];
}
