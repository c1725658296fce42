import assert from "node:assert/strict";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import { declarationsText, replyFormText } from "../../src/mediate/declarations.ts";
import { compose } from "../../src/prompt/compose.ts";
import { reserve } from "../../src/prompt/reserve.ts";
import { after, consulting, CONTINUED, prepared, result, settled, started, task, withTurn } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const registry = crew();
const WINDOW = 16_384;
const words = (chars: number) => "some words ".repeat(chars).slice(0, chars);

/** Tokens that an ask may take: its prompt as it is composed, and the most of its answer. */
function needed(state: State, ask: AskEffect, way: "constrained" | "prompted" | "native" = "prompted"): number {
  const declare = (tools: Parameters<typeof declarationsText>[0]) =>
    `${declarationsText(tools)}\n\n${replyFormText(way)}`;
  return compose(state, registry, ask, { way, window: WINDOW, ratio: 1, declare }).estimate + ask.answerLimit;
}

function askOf(state: State): AskEffect {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask");
  assert.ok(ask?.kind === "ask");
  return ask;
}

/** The first ask of a consult, about so many failing checks. */
function working(failing: number): State {
  const results = Array.from(
    { length: failing },
    (_, index) => result(`${words(150)} ${index}`, false, ["src/a.ts"], words(900)),
  );
  const begun = after(started({ goal: words(600) }, results), consulting("reasoning", words(500)));
  return prepared(settled(begun), [{ path: "src/a.ts", text: words(1_200) }]);
}

Deno.test("an ask sets aside enough for its prompt and its longest answer, and not much more", () => {
  for (const failing of [0, 1, 12, 40]) {
    const state = working(failing);
    const ask = askOf(state);
    const may = needed(state, ask);
    assert.ok(ask.reserved >= may && ask.reserved <= may * 1.6, `${failing} failing: ${ask.reserved} for ${may}`);
  }
});

Deno.test("the fullest brief of the arbiter finds room in what is set aside for it", () => {
  const failing = Array.from({ length: 9 }, (_, index) => result(`${words(200)} ${index}`, false, [], words(1_000)));
  const tasks = Array.from(
    { length: 14 },
    (_, index) =>
      task({ id: `T${index + 1}`, description: words(500), target: `src/${words(80)}.ts`, checks: [failing[0]!.name] }),
  );
  const parked = tasks.flatMap(({ id }): Fact[] => [
    { type: "task_changed", id, status: "in_progress", reason: "" },
    { type: "task_changed", id, status: "parked", reason: words(600) },
  ]);
  const decided = Array.from({ length: 8 }, (_, index): Fact[] => [
    { ...CONTINUED, id: `d${index}`, arguments: { query: words(600) }, fingerprint: `f${index}` } as Fact,
    { type: "decision_closed", id: `d${index}`, outcome: words(1_200), ok: false },
  ]).flat();
  const state = after(
    started({ goal: words(800) }, failing),
    { type: "tasks_planned", tasks, refused: [], by: "rules" },
    ...parked,
    ...decided,
  );
  const full: State = {
    ...state,
    arbiter: {
      ...state.arbiter,
      heard: [words(900)],
      words: [words(700), words(300)],
      fault: words(1_400),
      reply: words(900),
    },
    people: { ...state.people, said: [words(400), words(350), words(380)] },
    slips: { arbiter: [{ kind: "call", tool: null, wrong: words(300), fault: words(500), count: 3 }] },
  };
  const ask = askOf(full);
  assert.equal(ask.purpose, "decide");
  const may = needed(full, ask);
  assert.ok(may > 3_000 && ask.reserved >= may && ask.reserved <= may * 1.6, `${ask.reserved} for ${may}`);
});

Deno.test("the fullest turn finds room in what is set aside for it, unless its window bounds it", () => {
  const state = working(12);
  const [turn] = Object.values(state.turns.open);
  const lines = (count: number, chars: number) => Array.from({ length: count }, () => words(chars));
  const full = withTurn(state, {
    ...turn!,
    prepared: {
      ...turn!.prepared!,
      files: [...turn!.prepared!.files, ...lines(90, 40)],
      unread: lines(8, 60),
      standards: lines(12, 160),
      changes: { text: "", chars: 6_000, blob: "b" },
    },
    exchange: [
      { from: "application", text: { text: words(400), chars: 400 } },
      { from: "tool", name: "search_code", ok: true, text: { text: "", chars: 3_000, blob: "b" } },
    ],
  });
  const ask = askOf(full);
  const may = needed(full, ask);
  assert.ok(may > 5_000 && ask.reserved >= may && ask.reserved <= may * 1.6, `${ask.reserved} for ${may}`);
  const long = withTurn(full, {
    ...full.turns.open[turn!.id]!,
    exchange: Array.from({ length: 9 }, () => ({
      from: "tool",
      name: "read_file",
      ok: true,
      text: { text: "", chars: 15_000, blob: "b" },
    })),
  });
  assert.equal(reserve(long, registry, ask).reserved, WINDOW);
});

Deno.test("a native reply is set aside with its calls, which stand beside an empty text", () => {
  const state = working(1);
  const [turn] = Object.values(state.turns.open);
  const called = withTurn(state, {
    ...turn!,
    exchange: Array.from({ length: 6 }, (_, index) => [
      {
        from: "model" as const,
        text: { text: "", chars: 0 },
        calls: [{ name: "read_file", arguments: { path: `${words(400)}${index}` } }],
        way: "native" as const,
      },
      { from: "tool" as const, name: "read_file", ok: true, text: { text: "x", chars: 1 } },
    ]).flat(),
  });
  const ask = askOf(called);
  assert.ok(ask.reserved >= needed(called, ask, "native"), `${ask.reserved} for ${needed(called, ask, "native")}`);
});
