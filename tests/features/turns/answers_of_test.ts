import assert from "node:assert/strict";
import { fieldsOf } from "../../../src/effects/tool/fields_of.ts";
import type { World } from "../../../src/effects/effect_kind.ts";
import type { Registry } from "../../../src/features/registry.ts";
import { answersOf, declarationIn } from "../../../src/features/turns/answers_of.ts";
import type { Turn } from "../../../src/features/turns/slice.ts";
import { relevantTools } from "../../../src/prompt/relevant_tools.ts";
import { atWork, planned, registry } from "../../given/given_attempt.ts";
import { withTurn } from "../../given/given.ts";
import { memoryBlobs } from "../../fakes/plain_workspace.ts";

const answers = {
  type: "object",
  properties: { sure: { type: "boolean" }, why: { type: "string" } },
  required: ["sure", "why"],
};
const formal: Registry = {
  ...registry,
  roles: { ...registry.roles, coding: { ...registry.roles.coding!, answers } },
};

function turnFor(purpose: string, message?: string) {
  const state = atWork(planned([]));
  const [open] = Object.values(state.turns.open);
  const turn: Turn = {
    ...open!,
    purpose,
    role: "coding",
    message: message ?? open!.message,
    tools: ["read_file", "answer", "finish_task"],
  };
  return { state: withTurn(state, turn), turn };
}

Deno.test("a role with a form answers consults and questions in it, and does its other work as ever", () => {
  for (const [purpose, wanted] of [["consult", "answer"], ["reply", "answer"], ["work", undefined]] as const) {
    const { state, turn } = turnFor(purpose);
    assert.equal(answersOf(state, formal, turn)?.tool, wanted, purpose);
    assert.equal(answersOf(state, registry, turn), null);
  }
  const { state, turn } = turnFor("consult");
  const told = relevantTools(state, formal, turn, "small");
  assert.deepEqual(told.find(({ name }) => name === "answer")?.parameters, answers);
  assert.equal(declarationIn(state, formal, turn, "answer"), told.find(({ name }) => name === "answer"));
  assert.equal(declarationIn(state, formal, turn, "read_file"), registry.tools.read_file!.declaration);
});

Deno.test("an answer that does not fit its form is told its faults; one that does is fields and the text of them", () => {
  const { state, turn } = turnFor("consult");
  const world = { state, registry: formal, blobs: memoryBlobs() } as unknown as World;
  const given = (args: Readonly<Record<string, unknown>>) =>
    fieldsOf({ turn: turn.id, call: { name: "answer", arguments: args } }, world);
  assert.throws(() => given({ sure: "perhaps" }), /answer: "sure" must be .*"why" is missing/s);
  assert.deepEqual(given({ sure: "true", why: "Seen." })?.outcome, {
    kind: "answered",
    text: "sure: true\nwhy: Seen.",
    fields: { sure: true, why: "Seen." },
  });
  assert.equal(
    fieldsOf({ turn: turn.id, call: { name: "read_file", arguments: { path: "a" } } }, world),
    null,
  );
});
