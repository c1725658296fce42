import { bound } from "../../kernel/text.ts";
import { defineFeature } from "../feature.ts";
import type { Slip, SlipsSlice } from "./slice.ts";

/** Kinds that are remembered of one role. */
const KEPT = 4;
/** Characters of a wrong reply that are kept. */
const WRONG_CHARS = 200;
/** Characters of a fault that are kept. */
const FAULT_CHARS = 300;

/** What roles do wrong, by kind: a second failure of a kind is worth a reminder, a success of the kind ends it. */
export const slips = defineFeature<SlipsSlice>({
  name: "slips",
  empty: {},
  on: {
    effect_finished(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind === "tool") return without(own, effect.role, effect.call.name);
      if (effect?.kind !== "ask" || fact.result.kind !== "ask") return own;
      // Only who is to call, or to write, can fail at it.
      if (!["decide", "review", "work", "text"].includes(effect.purpose)) return own;
      const kind = effect.purpose === "text" ? "text" : "call";
      const { fault, text } = fact.result;
      if (fault === null) return without(own, effect.role, kind);
      const turn = effect.turn === null ? undefined : before.turns.open[effect.turn];
      const named = kind === "text" ? turn?.calls[0]?.name : effect.legal.find((name) => mentions(fault, name));
      return withSlip(own, effect.role, { kind, tool: named ?? null, wrong: text.text, fault });
    },
    effect_failed(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind !== "tool" || fact.failure !== "tool_error") return own;
      const { name, arguments: args } = effect.call;
      const wrong = JSON.stringify({ name, arguments: args });
      return withSlip(own, effect.role, { kind: name, tool: name, wrong, fault: fact.text });
    },
    call_refused(own, { turn: id, reason }, before) {
      const turn = before.turns.open[id];
      const call = turn?.calls[0];
      if (turn === undefined || call === undefined) return own;
      const wrong = JSON.stringify({ name: call.name, arguments: call.arguments });
      return withSlip(own, turn.role, { kind: call.name, tool: call.name, wrong, fault: reason });
    },
  },
});

/** Whether a sentence names a tool as a word. */
function mentions(text: string, name: string): boolean {
  return new RegExp(`(^|[^a-z0-9_])${name}([^a-z0-9_]|$)`).test(text);
}

function without(own: SlipsSlice, role: string, kind: string): SlipsSlice {
  const kinds = own[role];
  if (kinds === undefined || !kinds.some((slip) => slip.kind === kind)) return own;
  return { ...own, [role]: kinds.filter((slip) => slip.kind !== kind) };
}

function withSlip(own: SlipsSlice, role: string, slip: Omit<Slip, "count">): SlipsSlice {
  const kinds = own[role] ?? [];
  const count = (kinds.find((one) => one.kind === slip.kind)?.count ?? 0) + 1;
  const others = kinds.filter((one) => one.kind !== slip.kind);
  const next = { ...slip, wrong: bound(slip.wrong, WRONG_CHARS), fault: bound(slip.fault, FAULT_CHARS), count };
  return { ...own, [role]: [...others, next].slice(-KEPT) };
}
