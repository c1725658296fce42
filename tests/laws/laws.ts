import { refusal } from "../../src/features/decisions/kinds.ts";
import type { Spending } from "../../src/kernel/budget.ts";
import type { Exchange, Turn } from "../../src/features/turns/slice.ts";
import type { Limits } from "../../src/kernel/limits.ts";
import { charsUpTo } from "../../src/asks/summarise/chars_up_to.ts";
import { EMPTY, evolve } from "../../src/features/features.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { elapsed } from "../../src/features/run/elapsed.ts";
import assert from "node:assert/strict";
import type { Stamped } from "../../src/features/fact.ts";
import { fingerprint } from "../../src/features/decisions/fingerprint.ts";
import { catches, type MessageStatus } from "../../src/features/messages/message.ts";
import { compose } from "../../src/prompt/compose.ts";
import type { Prompt } from "../../src/prompt/prompt.ts";
import type { Registry } from "../../src/features/registry.ts";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import { summaryOf } from "../../src/asks/summarise/slice.ts";
import { aboutOf, keyOf } from "../../src/features/decisions/kinds.ts";
import type { FilesSlice } from "../../src/features/files/slice.ts";
import { type State } from "../../src/features/state.ts";
import { mayBecome } from "../../src/features/tasks/task.ts";
import { CHARS_PER_TOKEN } from "../../src/kernel/text.ts";

/** A law: is shown every fact with the state before and after it, and throws where it is broken. */
type Law = (before: State, fact: Stamped, after: State) => void;

/**
 * Walks through a log and holds every law against every fact.
 *
 * @param log all facts of a run
 * @param registry its crew
 * @returns the state at the end of the walk
 */
export function uphold(log: readonly Stamped[], registry: Registry): State {
  const laws = LAWS.map((make) => make(registry));
  let state = EMPTY;
  for (const fact of log) {
    const after = evolve(state, fact);
    for (const law of laws) law(state, fact, after);
    state = after;
  }
  return state;
}

/** Every effect opens once under a key of its own and closes once. */
const effectsOpenAndCloseOnce = (): Law => {
  const keys = new Set<string>();
  return (before, fact) => {
    switch (fact.type) {
      case "effect_opened":
        assert.ok(!keys.has(fact.effect.key), `the key ${fact.effect.key} was used before`);
        keys.add(fact.effect.key);
        return;
      case "effect_finished":
      case "effect_failed":
      case "effect_refused":
      case "effect_cancelled":
      case "effect_unknown":
      case "ask_placed":
      case "write_opened":
      case "write_closed":
      case "command_opened":
      case "command_closed":
        assert.ok(Object.hasOwn(before.effects.open, fact.key), `${fact.type} ${fact.key}, which is not open`);
    }
  };
};

/** After the end nothing is opened and nothing changes but what closes. */
const nothingOpensAfterTheEnd = (): Law => (before, fact) => {
  if (before.run.ending === null) return;
  assert.ok(
    /^(effect_(?!opened)|write_closed|command_closed|run_resumed)/.test(fact.type),
    `${fact.type} after the end`,
  );
};

/** An ask opens only inside the budgets of the run and of its role, and what is set aside is what open asks need. */
const budgetsHold = (): Law => (_before, fact, after) => {
  const asks = Object.values(after.effects.open).flatMap(({ effect }) => effect.kind === "ask" ? [effect] : []);
  const sum = (some: readonly AskEffect[]) => some.reduce((total, ask) => total + ask.reserved, 0);
  assert.equal(after.spending.run.reserved, sum(asks), "what is set aside is not what open asks set aside");
  for (const [role, spent] of Object.entries(after.spending.byRole)) {
    assert.equal(
      spent.reserved,
      sum(asks.filter((ask) => ask.role === role)),
      `what is set aside for ${role} is not what its open asks set aside`,
    );
  }
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask") return;
  assert.ok(fact.effect.reserved > 0, `${fact.effect.key} sets nothing aside`);
  within(after.spending.limits!, after.spending.run, "the run");
  const own = after.spending.roleLimits[fact.effect.role];
  if (own !== undefined) within(own, after.spending.byRole[fact.effect.role]!, fact.effect.role);
};

function within(limits: Limits, spent: Spending, whose: string): void {
  if (limits.tokens !== null) {
    assert.ok(spent.tokens + spent.reserved <= limits.tokens, `the tokens of ${whose} are overspent`);
  }
  if (limits.turns !== null) assert.ok(spent.turns <= limits.turns, `the asks of ${whose} are overspent`);
}

/** No two turns write the same path at a time. */
const oneWriterForAPath = (): Law => (before, fact) => {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "tool" || fact.effect.access !== "writes") return;
  const { turn, call } = fact.effect;
  for (const { effect } of Object.values(before.effects.open)) {
    const same = effect.kind === "tool" && effect.access === "writes" && effect.turn !== turn &&
      effect.call.arguments.path === call.arguments.path;
    assert.ok(!same, `${String(call.arguments.path)} has two writers`);
  }
};

/** Pending, in a prompt, over: the way of a message, in one direction. */
const STAGE: Readonly<Record<MessageStatus, number>> = {
  queued: 0,
  held: 0,
  reviewed: 0,
  in_prompt: 1,
  answered: 2,
  dropped: 2,
  expired: 2,
};

/** Messages only move forward, each stands in at most one prompt, and none that is held, dropped or unreviewed stands in any. */
const messagesMoveForward = (): Law => {
  const prompted = new Set<string>();
  return (before, fact, after) => {
    for (const message of after.messages.list) {
      const old = before.messages.list.find((one) => one.id === message.id);
      if (old === undefined || old === message) continue;
      assert.ok(
        STAGE[message.status] >= STAGE[old.status],
        `${message.id} went from ${old.status} to ${message.status}`,
      );
      assert.ok(
        STAGE[old.status] < 2 || message.status === old.status,
        `${message.id} is ${old.status} and became ${message.status}`,
      );
      if (STAGE[old.status] > 0) {
        assert.deepEqual([message.text, message.to], [old.text, old.to], `${message.id} changed in its prompt`);
      }
    }
    if (fact.type === "message_sent") {
      const caught = before.messages.holds.some((hold) => catches(hold, fact.message));
      const sent = after.messages.list.find((one) => one.id === fact.message.id);
      assert.equal(sent?.status, caught ? "held" : "queued", `${fact.message.id} slipped past a hold`);
    }
    if (fact.type !== "message_in_prompt") return;
    const message = before.messages.list.find((one) => one.id === fact.id);
    assert.ok(message !== undefined, `${fact.id} is not known`);
    const reader = fact.turn === "arbiter" ? "arbiter" : before.turns.open[fact.turn]?.role;
    assert.equal(reader, message.to, `${fact.id} to ${message.to} got into a prompt of ${reader}`);
    assert.ok(!prompted.has(fact.id), `${fact.id} stands in two prompts`);
    prompted.add(fact.id);
    assert.ok(
      message.status === "queued" && !message.review || message.status === "reviewed",
      `${fact.id} is ${message.status} and got into a prompt`,
    );
  };
};

/** The prompt of an ask holds no text of a message to its role that is not in a prompt, and it fits its window. */
const heldTextsStayOut = (registry: Registry): Law => (before, fact, after) => {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask") return;
  const ask = fact.effect;
  const window = registry.roles[ask.role]?.window ?? 8192;
  const prompt = compose(before, registry, ask, {
    way: "constrained",
    window,
    ratio: 1,
    declare: (tools) => JSON.stringify(tools),
  });
  assert.ok(
    prompt.overflow || prompt.estimate + ask.answerLimit <= window,
    `${ask.key} does not fit and does not say so`,
  );
  const text = prompt.messages.flatMap((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text)
  ).join("");
  for (const message of after.messages.list) {
    if (
      message.to !== ask.role || message.from === ask.role || message.status === "in_prompt" ||
      message.status === "answered"
    ) continue;
    // The words of a task stand in every assignment of it: only what a person wrote into one is its own.
    if ((message.kind === "assignment" || message.kind === "consult") && message.original === null) continue;
    const mark = /MARK\d+\./.exec(message.text)?.[0];
    assert.ok(
      mark === undefined || !text.includes(mark),
      `${message.id}, ${message.status}, stands in the prompt of ${ask.key}`,
    );
  }
};

/** A prompt in a window so large that nothing is cut, without what was summarised. */
function wholePrompt(state: State, registry: Registry, ask: AskEffect, turn: Turn, exchange = turn.exchange): Prompt {
  const open = { ...state.turns.open, [turn.id]: { ...turn, exchange } };
  const whole = { ...state, turns: { ...state.turns, open }, summaries: { byTurn: {}, misses: 0 } };
  const declare = (tools: unknown) => JSON.stringify(tools);
  return compose(whole, registry, ask, { way: "constrained", window: 1_000_000, ratio: 1, declare });
}

/** The turn of an ask that works or writes; null for all else. */
function workedTurn(before: State, fact: Stamped): { readonly ask: AskEffect; readonly turn: Turn } | null {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask" || fact.effect.turn === null) return null;
  const ask = fact.effect;
  const turn = before.turns.open[ask.turn!];
  return turn === undefined || ask.purpose === "interpret" || ask.purpose === "summarise" ? null : { ask, turn };
}

/** The head of an attempt's prompts is the same at each of its asks of a form, so that the server's prefix cache holds. */
const headsStayTheSame = (registry: Registry): Law => {
  const heads = new Map<string, readonly unknown[]>();
  return (before, fact) => {
    const worked = workedTurn(before, fact);
    if (worked === null || worked.turn.attempt === null) return;
    const { ask, turn } = worked;
    const form = ask.purpose === "text" ? stepOf(before, registry, turn).form : null;
    // Without the exchange only the last words follow the head, in at most two pieces.
    const { messages } = wholePrompt(before, registry, ask, turn, []);
    const [system, user] = messages.map((message) => message.pieces);
    const head = [JSON.stringify(system), ...(user ?? []).map((piece) => JSON.stringify(piece))];
    const known = heads.get(`${turn.id} ${form}`);
    if (known === undefined) heads.set(`${turn.id} ${form}`, head);
    else {
      const same = Math.max(2, Math.min(known.length, head.length) - 2);
      assert.deepEqual(head.slice(0, same), known.slice(0, same), `the head of ${turn.id} changed before ${ask.key}`);
    }
  };
};

/** What is said to be in the prompt of a turn stands in it, whatever the form of its asks. */
const deliveredWordsAreRead = (registry: Registry): Law => (before, fact) => {
  const worked = workedTurn(before, fact);
  if (worked === null) return;
  const { ask, turn } = worked;
  const marks = before.messages.list.filter((message) => message.turn === turn.id && message.status === "in_prompt")
    .flatMap((message) => /MARK\d+\./.exec(message.text) ?? []);
  if (marks.length === 0) return;
  const text = wholePrompt(before, registry, ask, turn).messages.flatMap((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text)
  ).join("");
  for (const mark of marks) {
    assert.ok(text.includes(mark), `${mark} was delivered and is not in the prompt of ${ask.key}`);
  }
};

/** Tasks begin ready and change by the one table; a change that the table forbids is not even written. */
const tasksFollowTheTable = (): Law => (before, fact) => {
  if (fact.type === "tasks_planned") {
    for (const task of fact.tasks) {
      assert.equal(task.status, "ready");
      assert.ok(!before.tasks.list.some((one) => one.id === task.id), `${task.id} exists already`);
    }
  }
  if (fact.type !== "task_changed") return;
  const task = before.tasks.list.find((one) => one.id === fact.id);
  assert.ok(
    task !== undefined && mayBecome(task.status, fact.status),
    `${fact.id} is ${task?.status} and may not become ${fact.status}`,
  );
};

/** The arbiter's decisions are legal when made, and none is made more often in one situation than the bound says. */
const decisionsDoNotRepeat = (registry: Registry): Law => {
  const made = new Map<string, number>();
  const open = new Set<string>();
  return (before, fact, after) => {
    if (fact.type === "decision_closed") {
      assert.ok(open.delete(fact.id), `${fact.id} is not open`);
    }
    if (fact.type === "run_ended" && fact.kind !== "cancelled" && fact.kind !== "budget") {
      assert.equal(open.size, 0, "a decision has no outcome");
    }
    if (fact.type !== "decision_made") return;
    open.add(fact.id);
    assert.equal(fact.fingerprint, fingerprint(before));
    assert.equal(after.decisions.count, before.decisions.count + 1);
    if (fact.by !== "arbiter") return;
    assert.equal(
      refusal(before, registry, { name: fact.name, arguments: fact.arguments }),
      null,
      `${fact.name} is not legal`,
    );
    if (fact.name === "answer_user") return;
    const about = aboutOf(before, registry, { name: fact.name, arguments: fact.arguments });
    assert.equal(fact.about, about, "what a decision is about is what its kind says");
    const key = `${fact.fingerprint} ${keyOf({ name: fact.name, about })}`;
    made.set(key, (made.get(key) ?? 0) + 1);
    assert.ok(
      made.get(key)! <= registry.bounds.repeats,
      `${fact.name} was decided ${made.get(key)} times in one situation`,
    );
  };
};

/** A turn opens and closes once, inside its bounds; there is one turn a role. */
const turnsKeepTheirBounds = (registry: Registry): Law => {
  const seen = new Set<string>();
  return (before, fact) => {
    if (fact.type === "turn_opened") {
      assert.ok(!seen.has(fact.id), `${fact.id} was opened before`);
      seen.add(fact.id);
      assert.ok(
        !Object.values(before.turns.open).some((turn) => turn.role === fact.role),
        `${fact.role} has a turn already`,
      );
    }
    if (fact.type === "turn_closed") {
      const turn = before.turns.open[fact.id];
      assert.ok(turn !== undefined, `${fact.id} is not open`);
      // The last call may need its text asked for.
      assert.ok(turn.asks <= registry.bounds.steps + 1, `${fact.id} made ${turn.asks} asks`);
    }
  };
};

/** While an effect of a turn that is over is open, nothing else is opened: its write could still come. */
const nothingOpensBesideOrphans = (): Law => (before, fact) => {
  if (fact.type !== "effect_opened") return;
  for (const { effect } of Object.values(before.effects.open)) {
    if (!("turn" in effect) || effect.turn === null) continue;
    assert.ok(
      before.turns.open[effect.turn] !== undefined,
      `${fact.effect.key} opens while ${effect.key} of a turn that is over is open`,
    );
  }
};

/** What checks refute is taken back: the files are as they were before the attempt, and nothing counts as kept of it. */
const refutedWorkIsTakenBack = (): Law => {
  let files: FilesSlice["byPath"] = {};
  return (before, fact, after) => {
    assert.ok(after.files.kept >= 0, "fewer than no writes are kept");
    if (fact.type === "attempt_opened") files = before.files.byPath;
    if (fact.type !== "attempt_closed" || fact.verdict === "kept") return;
    for (const [path, file] of Object.entries(before.files.byPath)) {
      assert.equal(
        file.current,
        files[path] === undefined ? file.original : files[path].current,
        `${path} still holds what attempt ${fact.task}.${fact.number} wrote`,
      );
    }
    assert.equal(after.files.kept, before.attempts.open[`${fact.task}.${fact.number}`]?.keptBefore);
  };
};

/** The clock of a run never goes back. */
const timeGoesOn = (): Law => (before, fact, after) => {
  if (before.run.info === null) return;
  const earlier = elapsed(before, before.at);
  const later = elapsed(after, fact.at);
  assert.ok(later >= earlier, `${fact.type} turned the clock back from ${earlier} to ${later}`);
};

/** A reply is interpreted at most once, only where there is an interpreter, and by no model that wrote it; then it waits no more. */
const repliesAreInterpretedOnce = (): Law => {
  const asked = new Set<string>();
  const written = new Map<string, string>();
  const waiting = (state: State, ask: string) =>
    state.arbiter.unread?.ask === ask || Object.values(state.turns.open).some((turn) => turn.unread?.ask === ask);
  return (before, fact, after) => {
    if (fact.type === "effect_finished" && fact.result.kind === "ask") {
      const open = before.effects.open[fact.key]?.effect;
      if (open?.kind === "ask" && open.purpose !== "interpret") written.set(fact.key, fact.result.model);
    }
    if (fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "interpret") {
      const of = fact.effect.interprets ?? "";
      assert.ok(before.interpreter !== null, `${fact.effect.key} opens without an interpreter`);
      assert.ok(waiting(before, of), `${fact.effect.key} interprets ${of}, which waits for nobody`);
      assert.ok(!asked.has(of), `${of} is interpreted twice`);
      assert.notEqual(written.get(of), before.interpreter.model, `${of} is interpreted by who wrote it`);
      asked.add(of);
    }
    const closed = "key" in fact && /^effect_(?!opened)/.test(fact.type)
      ? before.effects.open[fact.key]?.effect
      : undefined;
    if (closed?.kind === "ask" && closed.purpose === "interpret") {
      assert.ok(!waiting(after, closed.interprets ?? ""), `${closed.interprets} waits on after ${closed.key}`);
    }
  };
};

/**
 * A part of a turn is summarised once, and each summary stands for more than the last; it costs the turn no ask and calls nothing. No
 * prompt parts a call from what came of it.
 */
const summariesAreBounded = (registry: Registry): Law => {
  const asked = new Map<string, number>();
  return (before, fact, after) => {
    if (fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.turn !== null) {
      const { key, purpose, turn: id, summarises = 0, answerLimit } = fact.effect;
      const turn = before.turns.open[id];
      assert.ok(turn !== undefined, `${key} opens for a turn that is over`);
      if (purpose === "summarise") {
        assert.ok(summarises > (asked.get(id) ?? 0), `${key} summarises once more what was asked about`);
        assert.ok(summarises < turn.exchange.length, `${key} leaves nothing of the turn`);
        assert.ok(
          charsUpTo(turn, summaryOf(before, id).summary, summarises) > answerLimit * CHARS_PER_TOKEN,
          `${key} summarises what is shorter than a summary`,
        );
        assert.equal(after.turns.open[id]!.asks, turn.asks);
        asked.set(id, summarises);
      }
      if (purpose === "work" || purpose === "text") {
        const prompt = compose(before, registry, fact.effect, {
          way: "native",
          window: registry.roles[turn.role]!.window,
          ratio: 1,
          declare: () => "",
        });
        assert.ok(holdsTogether(turn.exchange, prompt.compacted), `${key} parts a call from what came of it`);
      }
    }
    const closed = "key" in fact && /^effect_(?!opened)/.test(fact.type)
      ? before.effects.open[fact.key]?.effect
      : undefined;
    if (closed?.kind !== "ask" || closed.purpose !== "summarise" || closed.turn === null) return;
    const [old, now] = [before.turns.open[closed.turn], after.turns.open[closed.turn]];
    if (old === undefined) return;
    assert.deepEqual([now?.calls, now?.exchange, now?.faults], [old.calls, old.exchange, old.faults]);
    assert.ok((summaryOf(after, closed.turn).summary?.text.chars ?? 0) <= 1_500);
  };
};

/** Whether each call among the first entries of an exchange has its result among them. */
function holdsTogether(entries: readonly Exchange[], upTo: number): boolean {
  let waiting = 0;
  for (const entry of entries.slice(0, upTo)) {
    if (entry.from === "model") waiting += entry.calls.length;
    if (entry.from === "tool") waiting -= 1;
  }
  return waiting === 0;
}

const LAWS: readonly ((registry: Registry) => Law)[] = [
  effectsOpenAndCloseOnce,
  nothingOpensAfterTheEnd,
  budgetsHold,
  oneWriterForAPath,
  messagesMoveForward,
  heldTextsStayOut,
  headsStayTheSame,
  deliveredWordsAreRead,
  tasksFollowTheTable,
  decisionsDoNotRepeat,
  turnsKeepTheirBounds,
  nothingOpensBesideOrphans,
  refutedWorkIsTakenBack,
  timeGoesOn,
  repliesAreInterpretedOnce,
  summariesAreBounded,
];
