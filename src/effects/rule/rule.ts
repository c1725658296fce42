import type { Judge } from "../../features/registry.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { strictest, type Verdict } from "../../kernel/rule.ts";
import { clip } from "../../kernel/text.ts";
import { say } from "../../sentences/say.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { isOfClosedTurn } from "../of_closed_turn.ts";
import { readText } from "../stored_text.ts";
import { RuleEffect, RuleResult } from "./rule_effect.ts";

/** Time that the rules of a plugin have for a verdict, ms: one that comes late is none. */
const JUDGING_MS = 5_000;
/** Characters of a reason and of a question. */
const WORDS_CHARS = 600;

/** Asks the rules of a person's plugins, which run apart, whether a call may run. What gives no verdict in time refuses. */
export const rule: EffectKind<RuleEffect, RuleResult> = {
  schema: RuleEffect,
  result: RuleResult,
  orphan: isOfClosedTurn,
  says: ({ call: { name } }) => `asking the rules whether ${name} may run`,
  tell: {
    started: ["key", "turn"],
    finished: ({ verdict }: RuleResult) => ({ ...verdict }),
  },
  async perform(effect, world, signal) {
    const judges = world.registry.judges ?? [];
    const whole = { ...effect, call: { ...effect.call, arguments: argumentsOf(effect, world) } };
    const verdicts = await Promise.all(judges.map((judge) => verdictOf(judge, whole, world, signal)));
    return { kind: "rule", verdict: strictest(verdicts.map((verdict) => () => verdict), null, null, null) };
  },
};

/** The arguments of a call, that which came as text among them. */
function argumentsOf({ call, text }: RuleEffect, { tools, blobs }: World): RuleEffect["call"]["arguments"] {
  const asText = tools.get(call.name)?.declaration.asText;
  return asText === undefined || text === undefined
    ? call.arguments
    : { ...call.arguments, [asText]: readText({ text: "", chars: 0, blob: text }, blobs) };
}

async function verdictOf(judge: Judge, effect: RuleEffect, world: World, signal: AbortSignal): Promise<Verdict> {
  const late = Promise.withResolvers<never>();
  const controller = new AbortController();
  const ends = AbortSignal.any([signal, controller.signal]);
  const ms = world.judgingMs ?? JUDGING_MS;
  const timer = setTimeout(() => controller.abort(new Error(`none came in ${ms / 1000} s`)), ms);
  const abort = () => late.reject(ends.reason);
  ends.addEventListener("abort", abort, { once: true });
  try {
    const verdict = await Promise.race([judge.judge(world.state, effect, ends), late.promise]);
    switch (verdict.verdict) {
      case "refuse":
        return { ...verdict, reason: clip(verdict.reason, WORDS_CHARS) };
      case "confirm":
        return { ...verdict, question: clip(verdict.question, WORDS_CHARS) };
      default:
        return verdict;
    }
  } catch (error) {
    signal.throwIfAborted();
    const said = { plugin: judge.plugin, tool: effect.call.name, reason: clip(reasonOf(error), WORDS_CHARS) };
    return { verdict: "refuse", reason: say(world.registry, "rules.unasked", said) };
  } finally {
    clearTimeout(timer);
    ends.removeEventListener("abort", abort);
  }
}
