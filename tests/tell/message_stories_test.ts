import assert from "node:assert/strict";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { Earlier } from "../../src/tell/earlier.ts";
import { MessageStories } from "../../src/tell/message_stories.ts";
import { tellingOf } from "../../src/tell/telling.ts";

const sent = (
  id: string,
  from: string,
  to: string,
  more: { readonly cause: string; readonly answers?: string; readonly duplicateOf?: string },
): Fact => ({
  type: "message_sent",
  message: { id, from, to, kind: "consult", text: `Words of ${id}.`, answers: null, review: false, ...more },
});

const turn = (id: string, role: string, message: string): Fact => ({
  ...{ type: "turn_opened", id, role, message, purpose: "work", tools: [], temperature: 0, seed: 1 },
});

/** Stories of some facts, to which more may come. */
function storiesOf(facts: readonly Fact[]) {
  const stamped = facts.map((fact, index) => ({ ...fact, seq: index + 1, at: 0 }) as Stamped);
  const stored = {
    read: (from = 1) => stamped.slice(from - 1),
    last: () => stamped.length,
  };
  const words = (id: string) => id === "d1" ? "T1 ▸ coding" : null;
  const stories = new MessageStories(stored, tellingOf(BUILT_IN), new Earlier(BUILT_IN), words);
  return { stories, more: (fact: Fact) => stamped.push({ ...fact, seq: stamped.length + 1, at: 0 } as Stamped) };
}

Deno.test("a message stands between what sent it and what came of it, with each of its receipts", () => {
  const { stories, more } = storiesOf([
    sent("m1", "arbiter", "coding", { cause: "d1" }),
    { type: "message_edited", id: "m1", text: "Other words.", by: "person" },
    turn("t1", "coding", "m1"),
    { type: "message_in_prompt", id: "m1", turn: "t1" },
    sent("m2", "coding", "analysis", { cause: "t1.call2.1" }),
    sent("m3", "arbiter", "reasoning", { cause: "d1", duplicateOf: "m1" }),
  ]);
  const story = stories.story("m1")!;
  assert.deepEqual(story.before, { id: "d1", says: "T1 ▸ coding" });
  assert.deepEqual(story.after.map(({ id }) => id), ["m2", "m3"]);
  assert.match(story.told.join("\n"), /^Message m1: [^]*edited by person\nOther words\.[^]*stands in the prompt/);
  assert.deepEqual(stories.story("m2")!.before?.id, "m1", "the message of the turn in which it was sent");
  assert.deepEqual(stories.story("m3")!.before?.id, "m1");
  more(sent("m4", "coding", "arbiter", { cause: "t1", answers: "m1" }));
  assert.deepEqual(stories.after("m1").map(({ id }) => id), ["m2", "m3", "m4"]);
  assert.match(stories.story("m1")!.told.at(-1)!, /answered by message m4 from coding/);
  assert.deepEqual(stories.after("d1").map(({ id }) => id), ["m1"]);
});

Deno.test("what a person says has no cause, and a message that is not there no story", () => {
  const { stories } = storiesOf([sent("m1", "person", "coding", { cause: "person" })]);
  assert.equal(stories.story("m1")!.before, null);
  assert.equal(stories.story("m9"), null);
});
