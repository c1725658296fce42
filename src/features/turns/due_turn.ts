import type { Call } from "../../kernel/call.ts";
import { type Due, effects, facts, NOTHING } from "../../kernel/due.ts";
import type { AskEffect, PrepareEffect, ToolEffect } from "../../effects/effect.ts";
import type { Fact } from "../fact.ts";
import { dueInterpretation } from "../../asks/interpret.ts";
import { failedWrites, fruitless } from "./fruitless.ts";
import { isSatisfied, judge } from "../checks/judge.ts";
import { isTalkedOut, legalTools, TALKS } from "../../strategies/legal_tools.ts";
import type { Registry, Verdict } from "../registry.ts";
import { givenCall } from "../../strategies/repair.ts";
import type { State, Turn } from "../state.ts";
import { dueAsk } from "../../asks/summarise.ts";
import { bound } from "../../kernel/text.ts";

/** Checks slower than this are executed once an attempt is over, not after each write. */
const QUICK_CHECK_MS = 60_000;
/** Replies without a legal call that a turn survives: the reply itself and one corrective ask. */
const FAULTS = 2;
/** How a turn is told what the checks say. */
const CHECKED = "The checks were executed after your write";
/** Temperature after a write that failed: asked in the same way a model writes the same again. */
const WARM = 0.8;

/**
 * Says what a specialist's turn owes: its files, its next ask, its next call, a check after a write, or its end.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn
 * @returns what is due
 */
export function dueTurn(state: State, registry: Registry, turn: Turn): Due {
  if (Object.values(state.effects).some(({ effect }) => belongs(effect, turn))) return NOTHING;
  const sent = turn.outbox[0];
  if (sent !== undefined) return sendFromOutbox(state, registry, turn, sent);
  if (turn.waitsFor !== null) return NOTHING;
  if (turn.prepared === null) return effects(prepare(state, registry, turn));
  if (turn.closing !== null) return close(state, turn, turn.closing.ending, turn.closing.text);
  const checked = dueCheck(state, registry, turn);
  if (checked !== null) return checked;
  const call = turn.calls[0];
  if (call !== undefined) return dueCall(state, registry, turn, call);
  if (turn.unread !== null) return dueInterpretation(state, registry, turn.unread, { role: turn.role, turn: turn.id });
  if (turn.faults >= FAULTS) return close(state, turn, "no_call", lastWord(turn));
  if (turn.failures >= registry.bounds.tries) {
    return close(state, turn, "failed", state.failures.at(-1)?.text ?? "The model could not be reached.");
  }
  if (turn.asks >= stepsOf(registry, turn)) {
    return close(state, turn, "capped", `No closing tool was called in ${turn.asks} replies.`);
  }
  const nowhere = fruitless(registry, turn);
  if (nowhere !== null) return close(state, turn, "capped", nowhere);
  const only = givenCall(state, registry, turn);
  if (only !== null) {
    return facts({ type: "call_given", turn: turn.id, call: { ...only, arguments: { ...only.arguments } } });
  }
  return dueAsk(state, registry, turn, askWork(state, registry, turn));
}

function belongs(
  effect: { readonly kind: string; readonly turn?: string | null; readonly cause?: string },
  turn: Turn,
): boolean {
  return effect.turn === turn.id || effect.cause === turn.id;
}

/**
 * Closes a turn; a turn that replies sends its answer back to who asked.
 *
 * @param state what is so
 * @param turn the turn
 * @param ending how it ends
 * @param text its result, or why there is none
 * @returns the facts, in order
 */
export function closeTurn(state: State, turn: Turn, ending: Ending, text: string): Fact[] {
  const closed: Fact = { type: "turn_closed", id: turn.id, ending, text: bound(text, 1500) };
  if (turn.purpose !== "reply") return [closed];
  const asked = state.messages.find((one) => one.id === turn.message);
  const answer = ending === "finished" ? text : `No answer: ${text}`;
  const answered: Fact = { type: "message_answered", id: turn.message };
  if (asked === undefined) return [closed];
  if (asked.from === "person") return [closed, answered, { type: "person_told", text: answer, cause: turn.id }];
  const message = {
    id: `m${state.messageCount + 1}`,
    from: turn.role,
    to: asked.from,
    kind: "answer" as const,
    text: bound(answer, 3000),
    cause: turn.id,
    answers: asked.id,
    review: false,
  };
  return [closed, answered, { type: "message_sent", message }];
}

function close(state: State, turn: Turn, ending: Ending, text: string): Due {
  return facts(...closeTurn(state, turn, ending, text));
}

type Ending = Extract<Fact, { type: "turn_closed" }>["ending"];

/** Asks that a turn may make: one that replies to another gets a quarter, so that asking each other stays cheap. */
function stepsOf(registry: Registry, turn: Turn): number {
  return turn.purpose === "reply" ? Math.ceil(registry.bounds.steps / 4) : registry.bounds.steps;
}

function lastWord(turn: Turn): string {
  const last = turn.exchange.findLast((entry) => entry.from === "application");
  return last === undefined ? "The model made no legal call." : last.text.text;
}

/** Files that a turn starts with: its task's target, what its checks name, what its message mentions. */
function prepare(state: State, registry: Registry, turn: Turn): PrepareEffect {
  const message = state.messages.find((one) => one.id === turn.message);
  const task = turn.attempt === null ? undefined : state.tasks.find((one) => one.id === state.attempt?.task);
  const wanted = (state.checks.latest ?? []).filter((result) =>
    !result.passed && (task === undefined || task.checks.length === 0 || task.checks.includes(result.name))
  );
  const paths = new Set<string>();
  if (task?.target) paths.add(task.target);
  for (const result of wanted) for (const path of result.files) paths.add(path);
  const window = registry.roles[turn.role]?.window ?? 8192;
  const changed = turn.purpose === "review" || turn.purpose === "document";
  const past = task === undefined ? [] : state.attempts[task.id] ?? [];
  return {
    kind: "prepare",
    key: `${turn.id}.prepare${state.effectCount}`,
    turn: turn.id,
    paths: [...paths].slice(0, turn.purpose === "plan" ? 4 : 6),
    target: task?.target ?? undefined,
    mentions: `${message?.text ?? ""}\n${state.run?.goal ?? ""}`.slice(0, 4000),
    changes: changed,
    ...(turn.purpose === "consult" || turn.purpose === "reply" ? { asked: true } : {}),
    tried: past.filter((one) => one.writes.length > 0).slice(-2).map((one) => ({
      number: one.number,
      writes: [...one.writes],
    })),
    // Half of the window for files, at three characters a token: the rest is for declarations, evidence and the answer.
    room: Math.floor(window * 3 * (turn.purpose === "plan" ? 0.25 : 0.4)),
  };
}

/** After a write within an attempt the checks say at once how it stands, where they are quick. */
function dueCheck(state: State, registry: Registry, turn: Turn): Due | null {
  const attempt = state.attempt;
  if (turn.attempt === null || attempt === null || attempt.turn !== turn.id) return null;
  const task = state.tasks.find((one) => one.id === attempt.task);
  if (task === undefined || task.checks.length === 0 || state.checks.ms > QUICK_CHECK_MS) return null;
  if (turn.calls.length > 0) return null;
  if (turn.unchecked.length > 0) {
    return effects({ kind: "check", key: `${turn.id}.check${state.effectCount}`, cause: turn.id });
  }
  if (attempt.after === null || isTold(registry, turn)) return null;
  const verdict = judge(attempt.before, attempt.after, task);
  if (!verdict.refuted && verdict.left.length === 0 && isSatisfied(task, attempt.after)) {
    return close(state, turn, "checked", `The checks of ${task.id} pass.`);
  }
  if (!verdict.refuted) {
    return close(
      state,
      turn,
      "checked",
      `${verdict.passed.length} more pass, still failing: ${verdict.left.join("; ")}`,
    );
  }
  const wrote = attempt.writes.map((write) => write.path);
  const text = verdict.broke.length > 0
    ? `broken now: ${verdict.broke.join("; ")}`
    : `still failing: ${verdict.left.join("; ")}`;
  // A write to the task's own file that the checks refute ends the attempt: the next one starts afresh and knows it.
  if (task.target === null || wrote.includes(task.target)) {
    return close(state, turn, "checked", `The checks refute it, ${text}`);
  }
  return facts({ type: "turn_told", turn: turn.id, text: `${CHECKED}, ${bound(text, 600)}` });
}

/** Whether the turn was told what the checks say of its last write; a message may have come in between. */
function isTold(registry: Registry, turn: Turn): boolean {
  const wrote = turn.exchange.findLastIndex((entry) =>
    entry.from === "tool" && ["writes", "runs"].includes(registry.tools[entry.name]?.access ?? "")
  );
  return turn.exchange.slice(wrote + 1).some((entry) =>
    entry.from === "application" && entry.text.text.startsWith(CHECKED)
  );
}

function dueCall(state: State, registry: Registry, turn: Turn, call: Call): Due {
  const tool = registry.tools[call.name];
  if (tool === undefined || !turn.tools.includes(call.name)) {
    return facts({
      type: "call_refused",
      turn: turn.id,
      name: call.name,
      reason: `There is no tool ${call.name} here. Tools are: ${turn.tools.join(", ")}.`,
    });
  }
  if (isTalkedOut(turn, call.name)) {
    const reason = `${call.name} was called ${
      TALKS[call.name]
    } times in this turn, and no more is possible. Go on alone.`;
    return facts({ type: "call_refused", turn: turn.id, name: call.name, reason });
  }
  const effect: ToolEffect = {
    kind: "tool",
    key: `${turn.id}.call${turn.toolCalls + 1}.${state.effectCount}`,
    turn: turn.id,
    role: turn.role,
    access: tool.access,
    call: { ...call, arguments: { ...call.arguments } },
    text: turn.content ?? undefined,
  };
  const verdict = rule(state, registry, effect);
  const asText = tool.declaration.asText;
  // What is refused anyway, by a rule or for want of a person, needs no text.
  const asked = verdict.verdict === "confirm" && state.run?.headless === true && turn.approved !== true;
  if (
    verdict.verdict !== "refuse" && !asked && asText !== undefined && call.arguments[asText] === undefined &&
    turn.content === null
  ) {
    if (turn.faults >= FAULTS) {
      return facts({
        type: "call_refused",
        turn: turn.id,
        name: call.name,
        reason: `The ${asText} that was asked for did not come.`,
      });
    }
    if (turn.failures >= registry.bounds.tries) {
      return close(state, turn, "failed", state.failures.at(-1)?.text ?? "The model could not be reached.");
    }
    // The text of the last call that the steps allow may still come; a reply full of calls gets no further.
    if (turn.asks > stepsOf(registry, turn)) {
      return close(state, turn, "capped", `No closing tool was called in ${turn.asks} replies.`);
    }
    return dueAsk(state, registry, turn, askText(state, registry, turn));
  }
  switch (verdict.verdict) {
    case "allow":
      return effects(effect);
    case "refuse":
      return facts({ type: "call_refused", turn: turn.id, name: call.name, reason: verdict.reason });
    case "confirm":
      if (turn.approved === true) return effects(effect);
      if (turn.approved === false) {
        return facts({
          type: "call_refused",
          turn: turn.id,
          name: call.name,
          reason: "The person at the keyboard denied it.",
        });
      }
      if (state.run?.headless === true) {
        return facts({
          type: "call_refused",
          turn: turn.id,
          name: call.name,
          reason: `It needs a person's approval and nobody is at the keyboard: ${verdict.question}`,
        });
      }
      return facts({
        type: "question_asked",
        id: `q${state.effectCount}.${turn.id}`,
        kind: "call",
        text: verdict.question,
        context: bound(
          `${turn.role} wants ${call.name} ${JSON.stringify(call.arguments)}${
            call.reason === undefined ? "" : `: ${call.reason}`
          }`,
          800,
        ),
        turn: turn.id,
      });
  }
}

/** The strictest verdict of all rules. */
function rule(state: State, registry: Registry, effect: ToolEffect): Verdict {
  let strictest: Verdict = { verdict: "allow" };
  for (const one of registry.rules) {
    const verdict = one(state, effect);
    if (verdict?.verdict === "refuse") return verdict;
    if (verdict?.verdict === "confirm") strictest = verdict;
  }
  return strictest;
}

function sendFromOutbox(state: State, registry: Registry, turn: Turn, sent: Turn["outbox"][number]): Due {
  const { key, outcome } = sent;
  const question = outcome.kind === "specialist_asked";
  const to = outcome.kind === "specialist_asked" ? outcome.role : outcome.kind === "message_sent" ? outcome.to : "";
  const text = outcome.kind === "specialist_asked"
    ? outcome.question
    : outcome.kind === "message_sent"
    ? outcome.text
    : "";
  return facts({
    type: "message_sent",
    message: {
      id: `m${state.messageCount + 1}`,
      from: turn.role,
      to,
      kind: question ? "question" : "note",
      text,
      cause: key,
      answers: null,
      review: state.run?.mode === "driver" && registry.roles[to] !== undefined && to !== "arbiter",
    },
  });
}

function askWork(state: State, registry: Registry, turn: Turn): AskEffect {
  const legal = legalTools(state, registry, turn);
  return {
    kind: "ask",
    key: `${turn.id}.ask${turn.asks + 1}.${state.effectCount}`,
    role: turn.role,
    turn: turn.id,
    purpose: "work",
    legal: [...legal],
    temperature: failedWrites(registry, turn).length > 0 ? Math.max(WARM, turn.temperature) : turn.temperature,
    seed: turn.seed + turn.asks,
    answerLimit: answerLimit(registry, turn),
    reserved: 0,
  };
}

function answerLimit(registry: Registry, turn: Turn): number {
  const window = registry.roles[turn.role]?.window ?? 8192;
  const wanted = turn.purpose === "plan" ? 1500 : 1200;
  return Math.min(wanted, Math.floor(window / 4));
}

/** The text of a call: room for the whole file that is rewritten, and as much again. */
function askText(state: State, registry: Registry, turn: Turn): AskEffect {
  const window = registry.roles[turn.role]?.window ?? 8192;
  const path = turn.calls[0]?.arguments.path;
  const shown = turn.prepared?.texts.filter((file) => file.path === path) ?? [];
  const whole = shown.length === 1 && shown[0]!.from === 1 && shown[0]!.to >= shown[0]!.lines;
  const chars = shown.reduce((sum, file) => sum + file.text.chars, 0);
  const expected = Math.max(whole ? 0 : 1500, Math.ceil(chars / 3 * 1.5) + 300);
  return {
    kind: "ask",
    key: `${turn.id}.text${turn.asks + 1}.${state.effectCount}`,
    role: turn.role,
    turn: turn.id,
    purpose: "text",
    legal: [],
    temperature: failedWrites(registry, turn).length > 0 ? Math.max(WARM, turn.temperature) : turn.temperature,
    seed: turn.seed + turn.asks,
    answerLimit: Math.max(256, Math.min(expected, Math.floor(window * 0.45))),
    reserved: 0,
  };
}
