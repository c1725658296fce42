import { attemptAtWork } from "./attempt_at_work.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { crew } from "../laws/crew.ts";
import { after, answer, CONTINUED, opening, result, settled, started, task } from "./given.ts";

/** The crew of these tests. */
export const registry = crew();
/** Results of the checks when the run began. */
export const FAILING = [
  result("t: a", false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2"),
  result("t: b", false),
];
/** What a turn is prepared with. */
export const FILES = [{ path: "src/a.ts", text: "export const a = 2;\n" }];

/** A write of the task's file. */
export const WRITTEN = {
  path: "src/a.ts",
  before: "1",
  after: "2",
  modeBefore: null,
  modeAfter: null,
  createdFolders: [],
};

/** The work of a decision on T1, as far as it goes without the world. */
export function atWork(state: State, able: Registry = registry): State {
  return settled(
    after(state, CONTINUED),
    able,
  );
}

/** A run with the one task T1, in coding. */
export function planned(checks: readonly string[] = ["t: a"], target: string | null = "src/a.ts"): State {
  return after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: [...checks], target })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
}

/** The ask of the open turn that is due. */
export function askOf(state: State): AskEffect {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask");
  return ask;
}

/** The facts that close the open attempt with a verdict. */
export function over(state: State, verdict: "kept" | "refuted"): Fact[] {
  const [turn] = Object.values(state.turns.open);
  const number = attemptAtWork(state)?.number ?? 0;
  return [
    { type: "turn_closed", id: turn!.id, ending: "checked", text: "" },
    { type: "attempt_closed", task: "T1", number, verdict, passed: [], broke: [], summary: verdict },
  ];
}

/** The fact that closes an ask for a text. */
export function textFor(key: string): Fact {
  const fact = answer(key, []);
  assert.ok(fact.type === "effect_finished" && fact.result.kind === "ask");
  return { ...fact, result: { ...fact.result, content: "blob", step: "text" } };
}

/** The state after a tool of the open turn wrote a file. */
export function wrote(state: State, path: string): State {
  const [turn] = Object.values(state.turns.open);
  const key = `w${state.seq}`;
  const write = { ...WRITTEN, path };
  return after(
    state,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key,
        turn: turn!.id,
        role: turn!.role,
        access: "writes",
        call: { name: "rewrite_file", arguments: { path } },
      },
    },
    { type: "write_opened", key, write },
    { type: "write_closed", key, write, done: true },
    {
      type: "effect_finished",
      key,
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
  );
}

/** A crew whose writers have a tool, too, that writes one function anew. */
export function withFunctions(able: Registry = registry): Registry {
  const whole = able.tools.rewrite_file!;
  const declaration = { ...whole.declaration, name: "rewrite_function" };
  const tools = { ...able.tools, rewrite_function: { ...whole, declaration, traits: { edits: "function" as const } } };
  const roles = Object.fromEntries(
    Object.entries(able.roles).map(([name, one]) => [
      name,
      one.tools.includes("rewrite_file") ? { ...one, tools: [...one.tools, "rewrite_function"] } : one,
    ]),
  );
  return { ...able, tools, roles };
}

/** The state after the files of the open turn were read, with the functions that were found in them. */
export function defined(
  state: State,
  definitions: Readonly<Record<string, readonly string[]>>,
  able: Registry = registry,
  code = "function a() {\n  return 2;\n}",
): State {
  const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
  assert.ok(effect !== undefined, "No preparation is due.");
  const lines = code.split("\n").length;
  const text = { text: { text: code, chars: code.length }, lines, from: 1, to: lines };
  const paths = Object.keys(definitions);
  return after(state, opening(effect), {
    type: "effect_finished",
    key: effect.key,
    result: {
      kind: "prepare",
      files: paths,
      texts: paths.map((path) => ({ path, ...text })),
      changes: null,
      definitions: Object.fromEntries(paths.map((path) => [path, [...definitions[path]!]])),
    },
  });
}
