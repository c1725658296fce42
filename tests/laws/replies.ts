import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Fact } from "../../src/features/fact.ts";
import { INTERPRETER, type Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { inline } from "../../src/kernel/text.ts";
import type { Chance } from "./chance.ts";
import type { Files } from "./disk.ts";
import type { WorldSettings } from "./world_settings.ts";

/** What an answer depends on. */
export interface Answering {
  readonly settings: WorldSettings;
  readonly registry: Registry;
  readonly chance: Chance;
  readonly files: Files;
  readonly mark: () => string;
}

/** The model that a role is played by. */
export function modelOf(registry: Registry, role: string): string {
  return registry.roles[role]?.models[0] ?? "";
}

/** What a model answers to an ask, as the fact that closes it. */
export function replyTo(effect: AskEffect, state: State, asked: Answering): Fact {
  const { settings, registry, chance, files, mark } = asked;
  if (effect.purpose === "interpret") return interpretation(effect, state, asked);
  const { arbiter, specialist, summariser } = settings;
  const player = effect.purpose === "summarise" ? summariser : effect.role === "arbiter" ? arbiter : specialist;
  const reply = player({
    state,
    registry: registry,
    effect,
    chance: chance,
    files: [...files.keys()],
    mark,
  });
  if ("failure" in reply) {
    return {
      type: "effect_failed",
      key: effect.key,
      failure: reply.failure,
      text: `The host failed: ${reply.failure}.`,
      ms: 7,
    };
  }
  const calls = "calls" in reply ? reply.calls : [];
  const estimated = Math.max(1, effect.reserved - effect.answerLimit);
  const { thinking = 0 } = state.placements[effect.key] ?? {};
  const meant = settings.interprets !== null && calls.length === 0 && effect.legal.length > 0 &&
      ["work", "decide"].includes(effect.purpose) && effect.role !== INTERPRETER && !("quality" in reply)
    ? { tools: [...effect.legal].slice(0, 2), excerpt: "It is so.", why: "It names them." }
    : undefined;
  const text = "calls" in reply ? JSON.stringify(calls) : "prose" in reply ? reply.prose : "```\ncode\n```";
  return {
    type: "effect_finished",
    key: effect.key,
    result: {
      kind: "ask",
      text: inline(text),
      calls: calls.map((one) => ({ ...one, arguments: JSON.parse(JSON.stringify(one.arguments)) })),
      fault: "prose" in reply ? `No call was found in: ${reply.prose}` : null,
      step: "constrained",
      content: "quality" in reply ? reply.quality : null,
      ...(effect.purpose === "summarise" && text !== "" ? { summary: inline(text) } : {}),
      ...(meant === undefined ? {} : { meant }),
      way: "constrained",
      host: "fast",
      model: modelOf(registry, effect.role),
      prompt: "blob",
      estimated,
      promptTokens: settings.counted ? Math.ceil(estimated * (0.6 + chance.next() * 0.4)) : null,
      answerTokens: settings.counted ? chance.below(effect.answerLimit + thinking) : null,
      proof: settings.counted ? "proven" : "estimated",
      endedBy: "stop",
      ms: 20,
      loadMs: null,
    },
  };
}

/** The interpreter reads a part of the replies, fails with some, and reads nothing from the others. */
function interpretation(effect: AskEffect, state: State, { settings, chance, files }: Answering): Fact {
  if (chance.happens(settings.trouble)) {
    return { type: "effect_failed", key: effect.key, failure: "crashed", text: "The interpreter is gone.", ms: 2 };
  }
  const reads = chance.happens(settings.interprets ?? 0);
  const name = effect.legal[0]!;
  const phase = effect.turn === null ? { phase: "coding" } : {};
  const args = {
    path: chance.one([...files.keys(), "src/new.ts"]),
    reason: "so",
    query: "what?",
    text: "so",
    ...phase,
  };
  return {
    type: "effect_finished",
    key: effect.key,
    result: {
      kind: "ask",
      text: inline("read"),
      calls: reads ? [{ name, arguments: args }] : [],
      fault: reads ? null : `The interpreter read nothing (${state.seq}).`,
      step: "interpreter",
      content: null,
      way: "native",
      host: "fast",
      model: "interpreter-model",
      prompt: "blob",
      estimated: 10,
      promptTokens: 10,
      answerTokens: 5,
      proof: "proven",
      endedBy: "stop",
      ms: 2,
      loadMs: null,
    },
  };
}
