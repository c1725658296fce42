import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import { windowOf } from "../../prompt/reserve.ts";
import { stepOf } from "../attempts/strategy_of.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** Most tokens of a plan, and of any other call. */
const ANSWER = { plan: 1500, call: 1200 };
/** Tokens of a text of which nothing is known. */
const UNKNOWN_TEXT = 1500;

/** The next ask of a turn: which call comes next. */
export function askWork(state: State, registry: Registry, turn: Turn): AskEffect {
  const { legal, temperature, form } = stepOf(state, registry, turn);
  const wanted = turn.purpose === "plan" ? ANSWER.plan : form === "test" ? NEW_TEST : ANSWER.call;
  return {
    kind: "ask",
    key: `${turn.id}.ask${turn.asks + 1}.${state.effects.count}`,
    role: turn.role,
    turn: turn.id,
    purpose: "work",
    legal: [...legal],
    temperature,
    seed: turn.seed + turn.asks,
    answerLimit: Math.min(wanted, Math.floor(windowOf(registry, turn.role) / 4)),
    reserved: 0,
  };
}

/** Tokens of a new test that a small model writes: one that goes on for longer goes on without end. */
const NEW_TEST = 600;

/** The text of a call: room for the whole file that is rewritten, and as much again. */
export function askText(state: State, registry: Registry, turn: Turn): AskEffect {
  const path = turn.calls[0]?.arguments.path;
  const shown = turn.prepared?.texts.filter((file) => file.path === path) ?? [];
  const whole = shown.length === 1 && shown[0]!.from === 1 && shown[0]!.to >= shown[0]!.lines;
  const chars = shown.reduce((sum, file) => sum + file.text.chars, 0);
  const { form, temperature } = stepOf(state, registry, turn);
  const expected = form === "test" ? NEW_TEST : Math.max(whole ? 0 : UNKNOWN_TEXT, Math.ceil(chars / 3 * 1.5) + 300);
  return {
    kind: "ask",
    key: `${turn.id}.text${turn.asks + 1}.${state.effects.count}`,
    role: turn.role,
    turn: turn.id,
    purpose: "text",
    legal: [],
    temperature,
    seed: turn.seed + turn.asks,
    answerLimit: Math.max(256, Math.min(expected, Math.floor(windowOf(registry, turn.role) * 0.45))),
    reserved: 0,
  };
}
