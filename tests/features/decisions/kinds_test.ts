import assert from "node:assert/strict";
import { allDecisions, kindOf, legalDecisions, refusal } from "../../../src/features/decisions/kinds.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, replied, result, settled, started, task, wished } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

const names = (state: Parameters<typeof legalDecisions>[0]) => legalDecisions(state, registry).map((tool) => tool.name);

const CONSULTS = ["coding", "reasoning", "analysis", "interpreter"].map((role) => `consult_${role}_specialist`);

Deno.test("without tasks there is only planning: the run cannot finish, nor go to a phase that has no work", () => {
  const state = started({}, FAILING);
  assert.deepEqual(names(state), [...CONSULTS, "request_user_input", "continue_current_phase"]);
  assert.equal(
    refusal(state, registry, { name: "finish", arguments: {} }),
    "There is still something to plan or to do.",
  );
  assert.equal(
    refusal(state, registry, { name: "change_phase", arguments: { phase: "coding" } }),
    "There is nothing to do in coding now.",
  );
  assert.equal(
    refusal(state, registry, { name: "change_phase", arguments: { phase: "planning" } }),
    "The phase is planning already.",
  );
  assert.match(
    refusal(state, registry, { name: "change_phase", arguments: { phase: "lunch" } }) ?? "",
    /no phase "lunch"; phases are planning, coding/,
  );
  assert.equal(
    refusal(state, registry, { name: "answer_user", arguments: {} }),
    "The person said nothing that is not answered.",
  );
  assert.equal(
    refusal(state, registry, { name: "consult_sales_specialist", arguments: {} }),
    "There is no decision consult_sales_specialist.",
  );
  assert.equal(refusal(state, registry, { name: "dance", arguments: {} }), "There is no decision dance.");
});

Deno.test("a decision that was made as often as it may be in one situation is not legal, until the situation changes", () => {
  let state = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  for (const id of ["d1", "d2"]) {
    state = replied(state, [{ name: "request_user_input", arguments: { question: "?" } }]);
    state = after(state, ...due(state, registry, state.at).facts.slice(0, 1), {
      type: "decision_closed",
      id,
      outcome: "nothing",
      ok: false,
    });
  }
  assert.ok(!names(state).includes("request_user_input"));
  assert.match(
    refusal(state, registry, { name: "request_user_input", arguments: {} }) ?? "",
    /2 times in this very situation/,
  );
  const heard = settled(wished(state, { kind: "say", to: "arbiter", text: "Look again" }));
  assert.ok(names(heard).includes("request_user_input"));
});

Deno.test("what a registry declares is composed once, and anew where its prompts change", () => {
  let composed = 0;
  const [first, ...others] = registry.decisions;
  const counting = {
    ...first!,
    declare: (from: typeof registry) => {
      composed += 1;
      return first!.declare(from);
    },
  };
  const own = { ...registry, decisions: [counting, ...others] };
  allDecisions(own);
  assert.equal(kindOf(own, "consult_coding_specialist")?.name, "consult");
  assert.equal(kindOf(own, "finish")?.name, "finish");
  assert.equal(composed, 1);
  const sentences = { consult_query: "What you want to know." };
  const reworded = { ...own, prompts: { ...own.prompts, "sentences/decisions.md": fileOf(sentences) } };
  assert.match(JSON.stringify(allDecisions(reworded)), /What you want to know\./);
  assert.equal(composed, 2);
  assert.doesNotMatch(JSON.stringify(allDecisions(own)), /What you want to know\./);
});

function fileOf(sentences: Readonly<Record<string, string>>) {
  return { name: "sentences/decisions.md", text: "", placeholders: [], sentences };
}
