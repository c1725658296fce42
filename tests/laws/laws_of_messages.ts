import assert from "node:assert/strict";
import { catches, type MessageStatus } from "../../src/features/messages/message.ts";
import type { Registry } from "../../src/features/registry.ts";
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

/** Messages only move forward, each stands in at most one prompt, and none that is held, dropped or unreviewed stands in any. */
export const messagesMoveForward = (): Law => {
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
