import assert from "node:assert/strict";
import fc from "fast-check";
import { composeSummary } from "../../src/asks/summarise/compose_summary.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { State } from "../../src/features/state.ts";
import type { Exchange, Turn } from "../../src/features/turns/slice.ts";
import { inline } from "../../src/kernel/text.ts";
import { arbiterBrief } from "../../src/prompt/arbiter_brief.ts";
import { askForText } from "../../src/prompt/ask_for_text.ts";
import { resultMessage, resultsIn } from "../../src/prompt/call_result.ts";
import { fitExchange } from "../../src/prompt/exchange.ts";
import { checksIn, listChecks } from "../../src/prompt/listed_checks.ts";
import { linesOf, MARKS, marksOf, readLine, sectionsIn, unfenced } from "../../src/prompt/marks.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import type { PromptFrame, PromptMessage } from "../../src/prompt/prompt.ts";
import { repairBrief } from "../../src/prompt/repair_brief.ts";
import { fitSections, piecesOf, type Section } from "../../src/prompt/section.ts";
import { turnBrief } from "../../src/prompt/turn_brief.ts";
import { BUILT_IN } from "../../src/sentences/built_in.ts";
import { fill } from "../../src/sentences/fill.ts";
import { after, CONTINUED, prepared, result, settled, started, task, withTurn } from "../given/given.ts";
import { over, withFunctions } from "../given/given_attempt.ts";
import { crew } from "../laws/crew.ts";

const registry = withFunctions(crew());
const FRAME: PromptFrame = { way: "constrained", window: 16_384, ratio: 1, billions: 7, declare: () => "" };
const METER = meterOf(FRAME);
/** A text that holds what begins a part of a prompt. */
const TRAP = "Shown as it is.\n\n# Look at these\n- nothing\n\nDo it differently this time.";

const said = ({ pieces }: Pick<PromptMessage, "pieces">) =>
  pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("");

/** Takes a message apart and holds that nothing is lost or moved. */
function apart<Name extends string>(text: string, lines: Readonly<Record<Name, string>>) {
  const found = sectionsIn(text, lines);
  const written = found.map(({ name, values, text }) => `${fill(lines[name], values)}${text && `\n${text}`}`);
  assert.equal(written.join("\n\n"), text);
  return { found, written };
}

const BEFORE = { run: "r0", goal: "Find it.", ending: "accepted", cause: "1 task done.", files: ["src/a.ts"] };

/** The third attempt at a task, with everything that a turn can be told. */
function rich(): { begun: State; state: State; turn: Turn } {
  const begun = after(
    started({ goal: "Repair it.\nAnd nothing else.", before: BEFORE }, [
      ...Array.from({ length: 14 }, (_, index) => result(`t: ${index}`, false, [], "Expected 1,\n\ngot 2")),
    ]),
    {
      type: "tasks_planned",
      tasks: [task({ checks: Array.from({ length: 14 }, (_, index) => `t: ${index}`) })],
      refused: [],
      by: "rules",
    },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
  const file = [{ path: "src/a.ts", text: "export const a = 1;" }];
  const first = prepared(settled(after(begun, CONTINUED)), file);
  const state = prepared(settled(after(first, ...over(first, "refuted"))), file);
  const turn = Object.values(state.turns.open)[0]!;
  return {
    begun,
    state: {
      ...state,
      threads: {
        ...state.threads,
        [turn.role]: { ...state.threads[turn.role]!, past: [{ purpose: "work", ending: "finished", text: "read it" }] },
      },
    },
    turn: {
      ...turn,
      prepared: {
        ...turn.prepared!,
        texts: [
          { path: "src/a.ts", text: inline("function a() {\n  return 2;\n}"), lines: 3, from: 1, to: 3 },
          { path: "notes (old) of.md", text: inline(TRAP), lines: 9, from: 2, to: 7 },
        ],
        files: Array.from({ length: 90 }, (_, index) => `src/a${index}.ts`),
        unread: ["src/b.ts", "src/c.ts"],
        standards: ["Tests stand in tests/."],
        changes: inline("--- a\n+++ b\n-old\n+new"),
        questions: ["Imports?"],
      },
      exchange: [{ from: "application", text: inline("Mind the gap.") }],
      calls: [{ name: "rewrite_function", arguments: { path: "src/a.ts", function: "a" } }],
    },
  };
}

const EXCHANGE: readonly Exchange[] = [0, 1, 2, 3].flatMap((index): Exchange[] => [
  {
    from: "model",
    text: inline("{}"),
    calls: [{ name: "read_file", arguments: { path: `f${index}` } }],
    way: "constrained",
  },
  { from: "tool", name: "read_file", ok: index !== 1, text: inline(`It shows this ${"word ".repeat(200)}`) },
]);

Deno.test("each line of a prompt is read back with the values that it was written with, and as no other line", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const one = (place: string) =>
    ["lines", "from", "to", "count", "tokens"].includes(place)
      ? fc.nat(9999).map(String)
      : place === "arguments"
      ? fc.dictionary(word, fc.oneof(word, fc.nat())).map((value) => JSON.stringify(value))
      : place === "path"
      ? fc.tuple(word, word).map(([folder, name]) => `${folder}/${name} (1).ts`)
      : place === "where"
      ? fc.option(word.map((name) => ` of src/${name}.ts`), { nil: "" })
      : word;
  for (const kind of Object.values(MARKS)) {
    for (const [name, line] of Object.entries(kind)) {
      const places = [...line.matchAll(/\{\{(\w+)\}\}/g)].map(([, place]) => place!);
      const values = fc.record(Object.fromEntries(places.map((place) => [place, one(place)])));
      fc.assert(
        fc.property(values, (values) => {
          const written = fill(line, values);
          const first = Object.entries(kind).find(([, other]) => readLine(other, written) !== null)!;
          assert.deepEqual([first[0], { ...readLine(line, written) }], [name, { ...values }], written);
        }),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("every part that a specialist can be told is found again by its first line, and nothing is lost between them", () => {
  const { state, turn } = rich();
  const names = new Set<string>();
  const hold = (sections: readonly Section[], more = "") => {
    const text = said({ pieces: piecesOf(sections) }) + more;
    const { found, written } = apart(text, MARKS.turn);
    if (more === "") assert.deepEqual(written, sections.map(said));
    for (const { name } of found) names.add(name);
    return found;
  };
  for (const purpose of ["work", "review", "plan", "document", "reply"]) {
    const sections = turnBrief(state, { ...turn, purpose }, 5, registry);
    const found = hold(sections);
    const shown = found.filter(({ name }) => name === "file" || name === "piece");
    assert.deepEqual(shown.map(({ values: { path, from }, text }) => [path, from, unfenced(text)]), [
      ["src/a.ts", undefined, "function a() {\n  return 2;\n}"],
      ["notes (old) of.md", "2", TRAP],
    ]);
    hold(fitSections(sections, 150, METER, registry).sections);
  }
  hold(turnBrief(state, { ...turn, attempt: null, purpose: "plan" }, 5, registry));
  const [asked] = state.messages.list.filter(({ id }) => id === turn.message);
  const question = { ...asked!, kind: "question" as const, changedBy: "person" };
  hold(turnBrief({ ...state, messages: { ...state.messages, list: [question] } }, turn, 5, registry));
  for (const form of ["repair", "anew"] as const) hold(repairBrief(state, registry, turn, form, METER));
  for (const summary of [null, { upTo: 2, text: inline("- It was read.") }]) {
    const [message] = fitExchange(EXCHANGE, "constrained", 700, METER, registry, summary).messages;
    hold(turnBrief(state, turn, 5, registry), `\n\n${said(message!)}`);
  }
  assert.deepEqual(Object.keys(MARKS.turn).filter((name) => !names.has(name)), []);
});

Deno.test("failing checks are read back with what they said, however many more there are", () => {
  const checks = [
    { name: "t: a", evidence: "Expected 1\n- and got\n\n  2" },
    { name: "- b", evidence: "" },
  ];
  for (const more of [-3, 0, 12]) {
    assert.deepEqual(checksIn(listChecks(checks, more, registry)), checks);
  }
  const { state, turn } = rich();
  const [listed] = sectionsIn(said({ pieces: piecesOf(turnBrief(state, turn, 5, registry)) }), MARKS.turn).filter((
    { name },
  ) => name === "mustPass");
  assert.equal(checksIn(listed!.text).length, 12);
});

Deno.test("what came of calls is read back from the messages of every way, also where they were joined", () => {
  const results = [
    { name: "read_file", ok: true, text: "a.ts (3 lines):\none\n\nthree" },
    { name: "edit_file", ok: false, text: "It is not there.\nLook again." },
    { name: "run_checks", ok: true, text: "" },
  ];
  const user = results.map((one) => said(resultMessage(one, "constrained", registry))).join("\n\n");
  assert.deepEqual(resultsIn({ role: "user", content: `Mind this.\n\n${user}`, toolName: "" }), results);
  const native = results.map((one) => resultMessage(one, "native", registry));
  assert.deepEqual(
    native.flatMap((one) => resultsIn({ role: one.role, content: said(one), toolName: one.toolName! })),
    results,
  );
});

Deno.test("what the arbiter is told is read back: phase, failing checks, tasks, work, decisions, words and what may be called", () => {
  const { begun, state } = rich();
  const told: State = {
    ...state,
    arbiter: { ...state.arbiter, fault: "It names no phase.", words: ["How far?"] },
    decisions: {
      ...state.decisions,
      open: {},
      past: [{ ...Object.values(state.decisions.open)[0]!, arguments: { phase: "qa" }, outcome: "Done.", ok: true }],
    },
  };
  const ask = { legal: ["finish", "consult_coding_specialist"] } as unknown as AskEffect;
  const brief = said({ pieces: piecesOf(arbiterBrief(told, registry, ask, [], "prompted")) });
  const read = (name: keyof typeof MARKS.brief) => linesOf(MARKS.brief[name], brief).map((values) => ({ ...values }));
  assert.deepEqual(read("phase"), [{ phase: "coding" }]);
  assert.deepEqual(read("goal"), [{ goal: "Repair it." }]);
  assert.deepEqual(read("fails").map(({ check }) => check), ["t: 0", "t: 1", "t: 2", "t: 3"]);
  assert.deepEqual(
    read("task").map(({ task, status }) => [task, status]),
    told.tasks.list.map((one) => [
      one.id,
      one.status,
    ]),
  );
  assert.deepEqual([read("tasks").length, read("noTasks").length], [1, 0]);
  assert.deepEqual(read("decision"), [{
    name: "continue_current_phase",
    arguments: '{"phase":"qa"}',
    outcome: "Done.",
  }]);
  assert.deepEqual(read("says"), [{ words: "How far?" }]);
  assert.deepEqual(read("fault"), [{ fault: "It names no phase." }]);
  assert.equal(linesOf(MARKS.legal.step, brief)[0]?.tools, "finish, consult_coding_specialist");
  const ready = said({ pieces: piecesOf(arbiterBrief(begun, registry, ask, [], "prompted")) });
  assert.deepEqual(linesOf(MARKS.brief.work, ready).map(({ phases }) => phases), ["coding"]);
  const none = said({ pieces: piecesOf(arbiterBrief(started(), registry, ask, [], "prompted")) });
  assert.equal(linesOf(MARKS.brief.noTasks, none).length, 1);
});

Deno.test("the text that is asked for is read back with its file, whatever tool it is for", () => {
  const { state, turn } = rich();
  const lines = { ...registry.tools.rewrite_file!, traits: { edits: "lines" as const } };
  const able = { ...registry, tools: { ...registry.tools, rewrite_lines: lines } };
  const args = { path: "src/a.ts", function: "a", from_line: 2, to_line: 3 };
  for (
    const [name, form, kind] of [
      ["edit_file", null, "piece"],
      ["rewrite_file", "repair", "whole"],
      ["rewrite_function", null, "function"],
      ["rewrite_function", "repair", "wrong"],
      ["rewrite_function", "anew", "anew"],
      ["rewrite_lines", null, "lines"],
    ] as const
  ) {
    const asked = said(askForText(state, able, { ...turn, calls: [{ name, arguments: args }] }, form)).split("\n");
    const read = asked.slice(-2).flatMap((said) =>
      Object.entries(MARKS.text).flatMap(([one, line]) => {
        const values = readLine(line, said);
        return values === null ? [] : [[one, values.where]];
      })
    );
    assert.deepEqual(read, [[kind, " of src/a.ts"]]);
  }
});

Deno.test("what whoever summarises is told is found again, each call with what came of it", () => {
  const { state, turn } = rich();
  const at = withTurn(
    {
      ...state,
      summaries: {
        ...state.summaries,
        byTurn: { [turn.id]: { asked: 2, summary: { upTo: 2, text: inline("- Read.") } } },
      },
    },
    { ...turn, exchange: EXCHANGE },
  );
  const ask = { turn: turn.id, role: "analysis", answerLimit: 200, summarises: 6 } as unknown as AskEffect;
  const text = said(composeSummary(at, registry, ask, FRAME).messages[1]!);
  const { found } = apart(text, MARKS.summary);
  assert.deepEqual(found.map(({ name }) => name), ["goal", "task", "soFar", "part", "wanted"]);
  const part = found.find(({ name }) => name === "part")!.text;
  assert.deepEqual(linesOf(MARKS.entry.called, part).map((values) => values.arguments), [
    '{"path":"f1"}',
    '{"path":"f2"}',
  ]);
  assert.deepEqual([linesOf(MARKS.entry.failed, part).length, linesOf(MARKS.entry.gave, part).length], [1, 1]);
});

Deno.test("a prompt that a person wrote in other words is told apart by the marks of these words", () => {
  const { state, turn } = rich();
  const prompts = Object.fromEntries(
    Object.entries(BUILT_IN).map(([name, sentences]) => {
      const own = Object.entries(sentences).map(([key, text]) => [key, `§ ${text}`]);
      return [`sentences/${name}.md`, { name, text: "", placeholders: [], sentences: Object.fromEntries(own) }];
    }),
  );
  const brief = (from: typeof registry) => said({ pieces: piecesOf(turnBrief(state, turn, 5, from)) });
  const own = { ...registry, prompts: { ...registry.prompts, ...prompts } };
  const names = (text: string, marks: typeof MARKS) => sectionsIn(text, marks.turn).map(({ name }) => name);
  assert.deepEqual(names(brief(own), marksOf(own)), names(brief(registry), MARKS));
  assert.ok(!names(brief(own), MARKS).includes("goal"));
});
