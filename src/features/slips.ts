import type { Stamped } from "./fact.ts";
import type { State } from "./state.ts";
import { bound } from "../kernel/text.ts";

/** Something that a role did wrong, as often as it did so without a success in between. */
export interface Slip {
  /** `call`: no legal call was read; `text`: not the text that was asked for; else the tool that failed. */
  readonly kind: string;
  /** Tool that was meant; null where nobody can tell. */
  readonly tool: string | null;
  /** What was written, bounded. */
  readonly wrong: string;
  /** Why it was wrong, bounded. */
  readonly fault: string;
  readonly count: number;
}

/** Kinds that are remembered of one role. */
const KEPT = 4;
/** Characters of a wrong reply that are kept. */
const WRONG_CHARS = 200;
/** Characters of a fault that are kept. */
const FAULT_CHARS = 300;

/**
 * Counts what goes wrong by role and kind: a second failure of a kind is worth a reminder, a success of the kind ends it.
 *
 * @param state what was so before the fact
 * @param fact what happened
 * @returns slips by role
 */
export function countSlips(state: State, fact: Stamped): State["slips"] {
  switch (fact.type) {
    case "effect_finished": {
      const effect = state.effects[fact.key]?.effect;
      if (effect?.kind === "tool") return without(state, effect.role, effect.call.name);
      if (effect?.kind !== "ask" || fact.result.kind !== "ask") return state.slips;
      // What the interpreter cannot read is no slip of its own, and a summary is no call.
      if (effect.purpose === "interpret" || effect.purpose === "summarise") return state.slips;
      const kind = effect.purpose === "text" ? "text" : "call";
      const { fault, text } = fact.result;
      if (fault === null) return without(state, effect.role, kind);
      const turn = effect.turn === null ? undefined : state.turns[effect.turn];
      const named = kind === "text" ? turn?.calls[0]?.name : effect.legal.find((name) => mentions(fault, name));
      return withSlip(state, effect.role, { kind, tool: named ?? null, wrong: text.text, fault });
    }
    case "effect_failed": {
      const effect = state.effects[fact.key]?.effect;
      if (effect?.kind !== "tool" || fact.failure !== "tool_error") return state.slips;
      const { name, arguments: args } = effect.call;
      return withSlip(state, effect.role, {
        kind: name,
        tool: name,
        wrong: JSON.stringify({ name, arguments: args }),
        fault: fact.text,
      });
    }
    case "call_refused": {
      const turn = state.turns[fact.turn];
      const call = turn?.calls[0];
      if (turn === undefined || call === undefined) return state.slips;
      const wrong = JSON.stringify({ name: call.name, arguments: call.arguments });
      return withSlip(state, turn.role, { kind: call.name, tool: call.name, wrong, fault: fact.reason });
    }
    default:
      return state.slips;
  }
}

/** Whether a sentence names a tool as a word. */
function mentions(text: string, name: string): boolean {
  return new RegExp(`(^|[^a-z0-9_])${name}([^a-z0-9_]|$)`).test(text);
}

function without(state: State, role: string, kind: string): State["slips"] {
  const own = state.slips[role];
  if (own === undefined || !own.some((slip) => slip.kind === kind)) return state.slips;
  return { ...state.slips, [role]: own.filter((slip) => slip.kind !== kind) };
}

function withSlip(state: State, role: string, slip: Omit<Slip, "count">): State["slips"] {
  const own = state.slips[role] ?? [];
  const count = (own.find((one) => one.kind === slip.kind)?.count ?? 0) + 1;
  const kept = own.filter((one) => one.kind !== slip.kind);
  const next = { ...slip, wrong: bound(slip.wrong, WRONG_CHARS), fault: bound(slip.fault, FAULT_CHARS), count };
  return { ...state.slips, [role]: [...kept, next].slice(-KEPT) };
}
