import type { Limits } from "../../src/kernel/limits.ts";
import type { Turn } from "../../src/features/turns/slice.ts";
import type { Intent } from "../../src/features/intent.ts";
import type { CheckFact } from "../../src/effects/check/check_effect.ts";
import { EMPTY, evolve } from "../../src/features/features.ts";
import { wish } from "../../src/features/wish.ts";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { ANALYSIS, type Registry } from "../../src/features/registry.ts";
import { type State } from "../../src/features/state.ts";
import type { Task } from "../../src/features/tasks/task.ts";
import { inline, type Text } from "../../src/kernel/text.ts";
import { crew } from "../laws/crew.ts";

/** A state by the facts that lead to it; each takes a millisecond. */
export function after(state: State, ...facts: readonly Fact[]): State {
  return facts.reduce((now, fact) => evolve(now, { ...parseFact(fact), seq: now.seq + 1, at: now.at + 1 }), state);
}

/** A run that has just begun, its checks taken. */
export function started(
  some: Partial<Extract<Fact, { type: "run_started" }>> = {},
  checks: readonly CheckFact[] = [],
  registry: Registry = crew(),
): State {
  const begun = after(EMPTY, {
    type: "run_started",
    run: "r1",
    project: "/project",
    goal: "Make the tests pass",
    mode: "driver",
    headless: false,
    label: "",
    trusted: true,
    limits: { tokens: null, turns: null, wallMs: null },
    roleLimits: {},
    version: "0",
    dirty: [],
    ...some,
  }, {
    type: "crew_assembled",
    roles: Object.values(registry.roles).map(({ role, describes, models, window, temperature }) => ({
      role,
      describes,
      models: [...models],
      window,
      temperature,
    })),
    tools: Object.keys(registry.tools),
    reason: "the run starts",
  });
  return checked(begun, checks);
}

/** The state after its checks gave these results. */
export function checked(state: State, results: readonly CheckFact[]): State {
  const key = `check${state.effects.count}`;
  return after(
    state,
    { type: "effect_opened", effect: { kind: "check", key, cause: "test" } },
    {
      type: "effect_finished",
      key,
      result: { kind: "check", results: [...results], commands: ["npm test"], output: inline(""), ms: 1 },
    },
  );
}

/** A crew without the specialist that summarises. */
export function withoutAnalysis(registry: Registry): Registry {
  const { [ANALYSIS]: _gone, ...roles } = registry.roles;
  return { ...registry, roles };
}

/** The arbiter continues the phase. */
export const CONTINUED: Fact = {
  type: "decision_made",
  id: "d1",
  name: "continue_current_phase",
  arguments: {},
  reason: "",
  by: "arbiter",
  fingerprint: "f",
};

/** The arbiter consults a role. */
export function consulting(role: string, query = "Why?"): Fact {
  return {
    type: "decision_made",
    id: "d1",
    name: `consult_${role}_specialist`,
    arguments: { query },
    reason: "",
    by: "arbiter",
    fingerprint: "f",
  };
}

/** A result of a check. */
export function result(name: string, passed: boolean, files: readonly string[] = [], evidence = ""): CheckFact {
  return { name, passed, evidence, files: [...files] };
}

/** A task of a run. */
export function task(some: Partial<Task> = {}): Task {
  return {
    id: "T1",
    kind: "work",
    description: "Repair it",
    target: "src/a.ts",
    checks: [],
    after: [],
    status: "ready",
    reason: "",
    ...some,
  };
}

/** The state once all facts are committed that are due without the world. */
export function settled(state: State, registry: Registry = crew()): State {
  let now = state;
  for (let round = 0; round < 50; round++) {
    const { facts } = due(now, registry, now.at);
    if (facts.length === 0) return now;
    now = after(now, ...facts);
  }
  throw new Error("It does not settle.");
}

/** The state after a wish that is granted. */
export function wished(state: State, intent: Intent): State {
  const decided = wish(state, intent);
  if ("refused" in decided) throw new Error(decided.refused);
  return after(state, ...decided.facts);
}

/** The reason why a wish is refused. */
export function refusedWish(state: State, intent: Intent): string {
  const decided = wish(state, intent);
  if ("facts" in decided) throw new Error("It is granted.");
  return decided.refused;
}

/** The state after an effect that is due was opened and an ask of it gave these calls. */
export function replied(
  state: State,
  calls: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[],
  registry: Registry = crew(),
): State {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask");
  if (ask === undefined) throw new Error("No ask is due.");
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(ask)) }, answer(ask.key, calls));
}

/** The fact that closes an ask with calls; prose where there are none. */
export function answer(
  key: string,
  calls: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[],
  some: { fault?: string; step?: string; promptTokens?: number | null; summary?: Text } = {},
): Fact {
  return {
    type: "effect_finished",
    key,
    result: {
      kind: "ask",
      text: inline(JSON.stringify(calls)),
      calls: calls.map((call) => ({ ...call })),
      fault: some.fault ?? null,
      step: some.step ?? "constrained",
      content: null,
      ...(some.summary === undefined ? {} : { summary: some.summary }),
      way: "constrained",
      host: "fast",
      model: "m",
      prompt: "blob",
      estimated: 100,
      promptTokens: some.promptTokens === undefined ? 90 : some.promptTokens,
      answerTokens: 10,
      proof: "proven",
      endedBy: "stop",
      ms: 5,
      loadMs: null,
    },
  };
}

/** The state after every effect that is due and is no ask was opened and closed as it would where all is well. */
export function prepared(
  state: State,
  files: readonly { readonly path: string; readonly text: string }[],
  registry: Registry = crew(),
): State {
  const effect = due(state, registry, state.at).effects.find((one) => one.kind === "prepare");
  if (effect === undefined) throw new Error("No preparation is due.");
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
    type: "effect_finished",
    key: effect.key,
    result: {
      kind: "prepare",
      files: files.map((file) => file.path),
      texts: files.map((file) => ({ path: file.path, text: inline(file.text), lines: 1, from: 1, to: 1 })),
      changes: null,
    },
  });
}

/** The state with one turn of it as it is given. */
export function withTurn(state: State, turn: Turn): State {
  return { ...state, turns: { ...state.turns, open: { ...state.turns.open, [turn.id]: turn } } };
}

/** The state with other limits of single roles. */
export function withRoleLimits(state: State, roleLimits: Readonly<Record<string, Limits>>): State {
  return { ...state, spending: { ...state.spending, roleLimits } };
}
