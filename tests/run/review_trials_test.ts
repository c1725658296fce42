import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { type ModelRecord, NO_TALLY, reviewsHelp } from "../../src/fleet/model_record.ts";
import { ReviewTrials } from "../../src/run/review_trials.ts";

const WRITER = { digest: "d", model: "arbiter-model" };

const sent = (
  id: string,
  kind: "answer" | "consult",
  text: string,
  some: { review?: boolean; answers?: string } = {},
) =>
  ({
    type: "message_sent",
    message: {
      id,
      from: "analysis",
      to: "arbiter",
      kind,
      text,
      cause: "t1",
      answers: some.answers ?? null,
      review: some.review ?? false,
    },
  }) satisfies Fact;

const closed = (verdict: "kept" | "refuted" | "cancelled") =>
  ({ type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" }) satisfies Fact;

/** Outcomes of the reviews of a run in which an answer was sent back and another one came. */
function outcomes(second: string, ...after: readonly Fact[]): readonly string[] {
  const trials = new ReviewTrials();
  const take = (...facts: readonly Fact[]) => facts.flatMap((fact) => trials.of(fact));
  take(sent("m2", "answer", "Some file.", { review: true, answers: "m1" }));
  trials.reviewed("m2", WRITER);
  const found = take(
    { type: "message_reviewed", id: "m2", verdict: "sent back", by: "arbiter" },
    { type: "message_sent_back", id: "m2", question: "Which?", by: "arbiter" },
    sent("m3", "consult", "Which?"),
    sent("m4", "answer", second, { answers: "m3" }),
    ...after,
  );
  assert.ok(found.every(({ model, what }) => model === WRITER.model && what.kind === "review"));
  return found.map(({ outcome }) => outcome);
}

Deno.test("a review of an answer helped where its question brought another answer and the next work was kept", () => {
  assert.deepEqual(outcomes("src/a.ts.", closed("cancelled"), closed("kept"), closed("kept")), ["right"]);
  assert.deepEqual(outcomes("src/a.ts.", closed("refuted")), ["failed"]);
  assert.deepEqual(outcomes("src/a.ts."), [], "nothing is known before work is judged");
  assert.deepEqual(outcomes("Some file.", closed("kept")), ["failed"], "the same answer again");
});

Deno.test("a review that let an answer go on changed nothing; one that nobody gave says nothing of a model", () => {
  const trials = new ReviewTrials();
  trials.of(sent("m2", "answer", "Some file.", { review: true }));
  trials.reviewed("m2", WRITER);
  const approved = { type: "message_reviewed", id: "m2", verdict: "approved", by: "arbiter" } as const;
  assert.deepEqual(trials.of(approved).map(({ outcome }) => outcome), ["failed"]);
  trials.of(sent("m5", "answer", "It is.", { review: true }));
  assert.deepEqual(trials.of({ ...approved, id: "m5", by: "rules" }), []);
});

Deno.test("reviews of answers are known to help from four on, where a quarter did", () => {
  const record = (right: number, asks: number): ModelRecord => ({
    digest: "d",
    model: "m",
    probedAt: null,
    ways: {},
    edits: {},
    reviews: { ...NO_TALLY, asks, right, failed: asks - right },
  });
  assert.deepEqual([record(0, 0), record(3, 3), record(1, 4), record(1, 5)].map(reviewsHelp), [
    false,
    false,
    true,
    false,
  ]);
});
