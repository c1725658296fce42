import assert from "node:assert/strict";
import { familyOf } from "../../src/features/messages/duplicates.ts";
import { catches, type Message, type MessageStatus } from "../../src/features/messages/message.ts";
import { ARBITER, type Registry } from "../../src/features/registry.ts";
import { compose } from "../../src/prompt/compose.ts";
import type { Law } from "./law.ts";

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

/** Messages only move forward, but for a drop that is taken back; each stands in at most one prompt, and none that is held, dropped or unreviewed stands in any. */
export const messagesMoveForward = (): Law => {
  const prompted = new Set<string>();
  return (before, fact, after) => {
    for (const message of after.messages.list) {
      const old = before.messages.list.find((one) => one.id === message.id);
      if (old === undefined || old === message) continue;
      const isBack = fact.type === "message_taken_back" && fact.id === message.id && old.status === "dropped";
      assert.ok(
        isBack || STAGE[message.status] >= STAGE[old.status],
        `${message.id} went from ${old.status} to ${message.status}`,
      );
      assert.ok(
        isBack || STAGE[old.status] < 2 || message.status === old.status,
        `${message.id} is ${old.status} and became ${message.status}`,
      );
      assert.ok(!isBack || !prompted.has(message.id), `${message.id} is back from a prompt`);
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

/**
 * No message is lost: one that is on its way stays in the list until it is dropped or expired, or the turn that read it is over; none is on
 * its way when a run comes to its end, and what the arbiter heard waits for its answer whatever begins beside it.
 */
export const messagesAreNotLost = (): Law => (before, fact, after) => {
  for (const message of before.messages.list) {
    const isDelivered = message.status === "in_prompt" && before.turns.open[message.turn ?? ""] === undefined;
    const isOver = STAGE[message.status] === 2 || isDelivered;
    const stays = after.messages.list === before.messages.list ||
      after.messages.list.some(({ id }) => id === message.id);
    assert.ok(isOver || stays, `${message.id}, ${message.status}, is lost by ${fact.type}`);
  }
  if (fact.type === "decision_made" && fact.beside !== undefined) {
    assert.equal(after.arbiter, before.arbiter, `${fact.id}, which begins beside another, is no answer of the arbiter`);
  }
  if (fact.type === "run_ended" && fact.spent !== true && ["accepted", "partial", "failed"].includes(fact.kind)) {
    const left = after.messages.list.filter(({ status }) => STAGE[status] === 0).map(({ id }) => id);
    assert.deepEqual(left, [], `messages are on their way when the run ends as ${fact.kind}`);
  }
};

/** What is taken back is as it was before the last thing that was done, and what is left is what was done before. */
export const takenBackIsAsBefore = (): Law => {
  const past = new Map<string, Message[]>();
  return (before, fact, after) => {
    const done = fact.type === "message_sent" ? fact.message.duplicateOf : "id" in fact ? fact.id : undefined;
    if (done === undefined) return;
    const old = before.messages.list.find(({ id }) => id === done);
    const now = after.messages.list.find(({ id }) => id === done);
    if (old === undefined || now === undefined || old === now) return;
    const stack = past.get(done) ?? [];
    if (now.changes.length > old.changes.length) past.set(done, [...stack, old]);
    if (fact.type !== "message_taken_back") return;
    const was = stack.at(-1);
    past.set(done, stack.slice(0, -1));
    const seen = ({ text, to, original, originalTo, changedBy, changes }: Message) => {
      return { text, to, original, originalTo, changedBy, changes };
    };
    assert.ok(was !== undefined, `${done} was taken back and nothing was done to it`);
    assert.deepEqual(seen(now), seen(was), `${done} is not as it was`);
  };
};

/** While a run is paused nothing enters a prompt: no message, and no ask is opened. */
export const pausedIsStill = (): Law => (before, fact) => {
  if (!before.run.paused) return;
  assert.notEqual(fact.type, "message_in_prompt", "a message came into a prompt of a paused run");
  assert.notEqual(fact.type, "turn_told", "a turn was told something while the run is paused");
  assert.ok(fact.type !== "effect_opened", "something was opened in a paused run");
};

/** The prompt of an ask holds no text of a message to its role that is not in a prompt, and it fits its window. */
export const heldTextsStayOut = (registry: Registry): Law => (before, fact, after) => {
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
    // Whoever reviews an answer reads it before it is delivered, but nothing that is held.
    if (ask.message === message.id && message.status === "queued") continue;
    // The arbiter has read what it sent back: that is the outcome where nothing better comes.
    const isBack = message.status === "dropped" && message.kind === "answer" && message.changes.at(-1)?.by === ARBITER;
    if (isBack && message.to === ARBITER) continue;
    // What goes to two roles may come to both by one of them.
    if (familyOf(after.messages.list, message.id).length > 1 || message.duplicateOf !== undefined) continue;
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
