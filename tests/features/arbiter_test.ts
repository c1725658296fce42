import { decisionAtWork } from "../../src/features/decisions/slice.ts";
import { ruleDecision } from "../../src/features/decisions/rule_decision.ts";
import { legalDecisions, refusal } from "../../src/features/decisions/kinds.ts";
import assert from "node:assert/strict";
import { documentation } from "../../src/phases/documentation.ts";
import { debugging } from "../../src/phases/debugging.ts";
import { coding } from "../../src/phases/coding.ts";
import { due } from "../../src/kernel/due.ts";
import type { State } from "../../src/features/state.ts";
import { crew } from "../laws/crew.ts";
import { after, answer, checked, replied, result, settled, started, task, wished } from "../given/given.ts";

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

Deno.test("phases to change to are narrowed to those that have work", () => {
  const state = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const change = legalDecisions(state, registry).find((tool) => tool.name === "change_phase");
  const phase = (change?.parameters.properties as Record<string, { enum: string[] }>).phase;
  assert.deepEqual(phase?.enum, ["coding"]);
});

Deno.test("documents are worked on where the project has some, or where nobody has looked yet", () => {
  const done = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "done", reason: "" },
  );
  const at = (documents: readonly string[] | null) =>
    documentation.hasWork(
      { ...done, files: { ...done.files, kept: 1 }, tasks: { ...done.tasks, documents } },
      registry,
    );
  assert.deepEqual([at(null), at(["README.md"]), at([])], [true, true, false]);
});

Deno.test("a question to the person is no decision where nobody is at the keyboard and there is work", () => {
  const state = started({ headless: true }, FAILING);
  assert.equal(refusal(state, registry, { name: "request_user_input", arguments: {} }), "Nobody is at the keyboard.");
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

Deno.test("consults are few while there is work, each failed attempt allows more, and one that works on a task is no advice", () => {
  const consulted = (state: State, id: string) =>
    after(
      replied(state, [{ name: "consult_analysis_specialist", arguments: { query: "?" } }]),
      { type: "phase_changed", phase: id === "d1" ? "coding" : "debugging", reason: "", by: "rules" },
      {
        type: "decision_made",
        id,
        name: "consult_analysis_specialist",
        arguments: {},
        reason: "",
        by: "arbiter",
        fingerprint: id,
      },
      { type: "decision_closed", id, outcome: "advice", ok: true },
    );
  const begun = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const once = consulted(begun, "d1");
  assert.match(
    refusal(once, registry, { name: "consult_reasoning_specialist", arguments: {} }) ?? "",
    /1 consult was made, and there is work/,
  );
  const coding = after(once, { type: "phase_changed", phase: "coding", reason: "", by: "rules" });
  assert.equal(refusal(coding, registry, { name: "consult_coding_specialist", arguments: {} }), null);
  const tried = (verdict: "kept" | "failed") =>
    after(
      coding,
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      {
        type: "attempt_opened",
        task: "T1",
        number: 1,
        role: "coding",
        temperature: 0,
        seed: 1,
      },
      { type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" },
      {
        type: "task_changed",
        id: "T1",
        status: "ready",
        reason: "",
      },
    );
  const consult = { name: "consult_reasoning_specialist", arguments: {} };
  assert.equal(refusal(tried("failed"), registry, consult), null);
  assert.match(refusal(tried("kept"), registry, consult) ?? "", /1 consult was made/, "success needs no advice");
});

Deno.test("a tiny arbiter consults nobody before there is trouble", () => {
  const tiny = {
    ...registry,
    roles: { ...registry.roles, arbiter: { ...registry.roles.arbiter!, models: ["q:1.5b"] } },
  };
  const begun = after(started({}, FAILING, tiny), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const consult = { name: "consult_reasoning_specialist", arguments: {} };
  assert.match(refusal(begun, tiny, consult) ?? "", /No consult was made, and there is work/);
  assert.equal(refusal(begun, registry, consult), null);
  const asked = settled(wished(begun, { kind: "say", to: "arbiter", text: "Ask somebody" }), tiny);
  assert.equal(refusal(asked, tiny, consult), null, "a word of the person allows it");
});

Deno.test("a parked task returns once something was written since, and not before", () => {
  const parked = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: ["t: a"] })], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "parked", reason: "five attempts did not do it" },
  );
  assert.equal(debugging.nextTask!(parked, registry), null);
  assert.equal(debugging.hasWork(parked, registry), false);
  const write = { path: "src/b.ts", before: "1", after: "2", modeBefore: null, modeAfter: null, createdFolders: [] };
  const call = { name: "rewrite_file", arguments: { path: "src/b.ts" } };
  const wrote = after(
    parked,
    {
      type: "effect_opened",
      effect: { kind: "tool", key: "w", turn: "t1", role: "coding", access: "writes", call },
    },
    { type: "write_opened", key: "w", write },
    { type: "write_closed", key: "w", write, done: true },
  );
  assert.equal(debugging.nextTask!(wrote, registry)?.id, "T1");
});

Deno.test("a task waits for what it comes after, and goes on when that was parked or dropped", () => {
  const begun = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task(), task({ id: "T2", after: ["T1"] })], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
  );
  assert.equal(coding.nextTask!(begun, registry), null);
  for (const status of ["parked", "dropped", "in_review"] as const) {
    const over = after(begun, { type: "task_changed", id: "T1", status, reason: "" });
    assert.equal(coding.nextTask!(over, registry)?.id, "T2", status);
  }
});

Deno.test("the arbiter is asked for exactly the decisions that are legal", () => {
  const state = started({}, FAILING);
  const ask = due(state, registry, state.at).effects[0];
  assert.ok(ask?.kind === "ask" && ask.purpose === "decide");
  assert.deepEqual(ask.legal, names(state));
  assert.ok(ask.reserved > ask.answerLimit);
});

Deno.test("all calls of a reply are honoured in order, each when the one before has its outcome", () => {
  const two = [{ name: "change_phase", arguments: { phase: "coding", reason: "work" } }, {
    name: "continue_current_phase",
    arguments: { reason: "go" },
  }];
  const planned = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const state = settled(replied(planned, two));
  assert.equal(state.run.phase, "coding");
  assert.equal(decisionAtWork(state)?.name, "continue_current_phase");
  assert.equal(decisionAtWork(state)?.by, "arbiter");
  assert.equal(state.failures.length, 0);
});

Deno.test("a word of the person while a decision is at work is answered beside it, and the person is told", () => {
  const at = settled(replied(started({}, FAILING), [{ name: "continue_current_phase", arguments: { reason: "go" } }]));
  const said = settled(wished(at, { kind: "say", to: "arbiter", text: "How far are you?" }));
  const ask = due(said, registry, said.at).effects.find((effect) =>
    effect.kind === "ask" && effect.purpose === "decide"
  );
  assert.ok(ask?.kind === "ask");
  assert.deepEqual(ask.legal, ["answer_user"]);
  const open = after(
    said,
    { type: "effect_opened", effect: JSON.parse(JSON.stringify(ask)) },
    answer(ask.key, [{ name: "answer_user", arguments: { text: "Half way" } }]),
  );
  const owed = due(open, registry, open.at).facts;
  assert.deepEqual(owed.map((fact) => fact.type), ["decision_made", "person_told", "decision_closed"]);
  const done = after(open, ...owed);
  assert.equal(decisionAtWork(done)?.name, "continue_current_phase");
  assert.deepEqual(done.decisions.past.map((one) => [one.name, one.ok]), [["answer_user", true]]);
});

Deno.test("words that come while the arbiter thinks are heard before a run finishes, and may lead to another plan", () => {
  const done = after(
    checked(started({}, FAILING), FAILING.map((one) => ({ ...one, passed: true }))),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "tasks_planned", tasks: [task({ id: "T2", target: "src/b.ts" })], refused: [], by: "rules" },
    ...["T1", "T2"].flatMap((id) => [
      { type: "task_changed" as const, id, status: "in_progress" as const, reason: "" },
      { type: "task_changed" as const, id, status: "in_review" as const, reason: "" },
      { type: "task_changed" as const, id, status: "done" as const, reason: "" },
    ]),
  );
  const ask = due(done, registry, done.at).effects[0];
  assert.ok(ask?.kind === "ask" && ask.legal.includes("finish"));
  const thinking = after(done, { type: "effect_opened", effect: JSON.parse(JSON.stringify(ask)) });
  const said = settled(wished(thinking, { kind: "say", to: "arbiter", text: "Also add a --json flag" }));
  const answered = settled(after(said, answer(ask.key, [{ name: "finish", arguments: { summary: "done" } }])));
  assert.equal(answered.run.ending, null);
  const next = due(answered, registry, answered.at).effects.find((effect) => effect.kind === "ask");
  assert.ok(next?.kind === "ask" && next.purpose === "decide" && next.legal.includes("continue_current_phase"));
});

Deno.test("the rules do what has work, issues before all else, and finish when nothing has", () => {
  const planned = after(started({}, FAILING), {
    type: "tasks_planned",
    tasks: [task(), task({ id: "T2", kind: "issue" })],
    refused: [],
    by: "rules",
  });
  assert.deepEqual(ruleDecision(planned, registry).arguments.phase, "debugging");
  const issue = after(planned, { type: "task_changed", id: "T2", status: "dropped", reason: "" });
  assert.deepEqual(ruleDecision(issue, registry).arguments.phase, "coding");
  const review = after(issue, { type: "task_changed", id: "T1", status: "in_progress", reason: "" }, {
    type: "task_changed",
    id: "T1",
    status: "in_review",
    reason: "",
  });
  assert.deepEqual(ruleDecision(review, registry).arguments.phase, "qa");
  const coding = after(issue, { type: "phase_changed", phase: "coding", reason: "", by: "rules" });
  assert.equal(ruleDecision(coding, registry).name, "continue_current_phase");
  const nothing = after(started({}, [result("t: a", true)]), {
    type: "tasks_planned",
    tasks: [task()],
    refused: [],
    by: "rules",
  }, { type: "task_changed", id: "T1", status: "dropped", reason: "" });
  assert.equal(ruleDecision(nothing, registry).name, "finish");
});
