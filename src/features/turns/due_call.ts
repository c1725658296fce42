import { dueAsk } from "../../asks/summarise/due_ask.ts";
import type { ToolEffect } from "../../effects/tool/tool_effect.ts";
import type { Call } from "../../kernel/call.ts";
import { effects, facts } from "../../kernel/owed.ts";
import { strictest, type Verdict } from "../../kernel/rule.ts";
import { bound } from "../../kernel/text.ts";
import type { Fact } from "../fact.ts";
import { postponed } from "../later/postponed.ts";
import type { Due, Registry, Rule } from "../registry.ts";
import type { State } from "../state.ts";
import { answersOf } from "./answers_of.ts";
import { askTool } from "./ask_tool.ts";
import { askText } from "./ask_work.ts";
import { closeTurn } from "./close_turn.ts";
import { knownAnswer } from "./known_answer.ts";
import { FAULTS, stepsOf, unclosed, whatFailed } from "./limits.ts";
import type { Turn } from "./slice.ts";
import { isTalkedOut, mostTalk } from "./talk.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Says what the first call of a turn owes: its text, its run, a question to the person, or the reason why it is refused. */
export function dueCall(state: State, registry: Registry, turn: Turn, call: Call): Due {
  const tool = registry.tools[call.name];
  const refuse = (reason: string) => facts<Fact>({ type: "call_refused", turn: turn.id, name: call.name, reason });
  if (tool === undefined || !turn.tools.includes(call.name)) {
    return refuse(say(registry, "calls.no_tool", { tool: call.name, tools: turn.tools.join(", ") }));
  }
  if (isTalkedOut(registry, turn, call.name)) {
    return refuse(say(registry, "calls.talked_out", { tool: call.name, count: mostTalk(registry, call.name) }));
  }
  const effect: ToolEffect = {
    kind: "tool",
    key: `${turn.id}.call${turn.toolCalls + 1}.${state.effects.count}`,
    turn: turn.id,
    role: turn.role,
    access: tool.access,
    call: { ...call, arguments: { ...call.arguments } },
    text: turn.content ?? undefined,
    ...(tool.version === undefined ? {} : { version: tool.version }),
  };
  const judged: Rule = () => turn.judged;
  const verdict = strictest([...registry.rules, judged], state, effect, registry);
  // What is refused anyway, by a rule or for want of a person, needs no text.
  const isVain = verdict.verdict === "refuse" ||
    verdict.verdict === "confirm" && state.run.info?.headless === true && turn.approved !== true;
  const asText = answersOf(state, registry, turn)?.tool === call.name ? undefined : tool.declaration.asText;
  const lacksText = asText !== undefined && call.arguments[asText] === undefined && turn.content === null;
  // What is known already is told at once: it runs nothing that a rule could be asked about.
  const known = verdict.verdict === "allow" && !lacksText ? knownAnswer(registry, turn, call) : null;
  if (known !== null) return facts(known);
  const isUnasked = turn.judged === null && (registry.judges ?? []).length > 0 && verdict.verdict !== "refuse";
  if (isUnasked && !(lacksText && !isVain)) return dueVerdict(state, effect);
  // What is only noted is asked about once, when it is to run.
  const later = verdict.verdict === "refuse" ? null : postponed(state, effect, registry.languages);
  if (later !== null) return effects({ ...effect, later });
  if (lacksText && !isVain) return dueText(state, registry, turn, call, asText);
  const carriedOut = () =>
    effects(tool.asks === undefined ? effect : askTool(state, registry, turn, effect, tool.asks));
  switch (verdict.verdict) {
    case "allow":
      return carriedOut();
    case "refuse":
      return facts({
        type: "call_refused",
        turn: turn.id,
        name: call.name,
        reason: verdict.reason,
        ...(verdict.path === undefined ? {} : { path: verdict.path }),
      });
    case "confirm":
      if (turn.approved === true && tool.asks !== undefined) return carriedOut();
      return dueApproval(state, registry, turn, effect, verdict);
  }
}

/** A call about which rules that run apart are asked first. */
function dueVerdict(state: State, { turn, role, access, call, text }: ToolEffect): Due {
  return effects({ kind: "rule", key: `${turn}.rule${state.effects.count}`, turn, role, access, call, text });
}

/** A call whose text is asked for by itself: the ask, or why there is none. */
function dueText(state: State, registry: Registry, turn: Turn, { name }: Call, asText: string): Due {
  if (turn.faults >= FAULTS) {
    const reason = say(registry, "text.did_not_come", { argument: asText });
    return facts({ type: "call_refused", turn: turn.id, name, reason });
  }
  if (turn.failures >= registry.bounds.tries) {
    return facts(...closeTurn(state, registry, turn, "failed", whatFailed(state, registry)));
  }
  // The text of the last call that the steps allow may still come; a reply full of calls gets no further.
  if (turn.asks > stepsOf(state, registry, turn)) {
    return facts(...closeTurn(state, registry, turn, "capped", unclosed(registry, turn)));
  }
  return dueAsk(state, registry, turn, askText(state, registry, turn));
}

/** A call that a person has to approve. */
function dueApproval(
  state: State,
  from: Wording,
  turn: Turn,
  effect: ToolEffect,
  { question }: Extract<Verdict, { verdict: "confirm" }>,
): Due {
  const { name, reason: why } = effect.call;
  const refuse = (reason: string) => facts<Fact>({ type: "call_refused", turn: turn.id, name, reason });
  if (turn.approved === true) return effects({ ...effect, approved: turn.preview ?? undefined });
  if (turn.approved === false) return refuse(say(from, "calls.denied"));
  if (state.run.info?.headless === true) return refuse(say(from, "calls.nobody", { question }));
  if (turn.preview === null) {
    const { turn: id, role, call, text } = effect;
    return effects({ kind: "preview", key: `${id}.preview${state.effects.count}`, turn: id, role, call, text });
  }
  return facts({
    type: "question_asked",
    id: `q${state.effects.count}.${turn.id}`,
    kind: "call",
    text: question,
    context: bound(`${turn.role} wants ${name}${why === undefined ? "" : `: ${why}`}`, 800),
    turn: turn.id,
    shows: turn.preview,
  });
}
