import { bucketsOf } from "../features/buckets_of.ts";
import { EMPTY } from "../../src/features/features.ts";
import { NOTHING_DONE } from "../../src/features/ledger/ledger.ts";
import type { ModelLedger } from "../../src/features/ledger/slice.ts";
import { newDecision } from "../../src/features/decisions/slice.ts";
import type { State } from "../../src/features/state.ts";
import { CODING_TURN, message, NOON, thread, withAsks, withoutTurns } from "./demo_parts.ts";

/** Roles of the demonstration, the arbiter first. */
export const ROLES = ["arbiter", "coding", "reasoning", "analysis", "interpreter"] as const;

const AT_WORK: State = {
  ...EMPTY,
  seq: 120,
  at: NOON + 62_000,
  run: {
    ...EMPTY.run,
    info: {
      id: "r-7f3a",
      project: "/home/person/csv-tools",
      goal: "Make the parser accept quoted fields and bring the tests to green",
      mode: "driver",
      headless: false,
      label: "REHEARSAL",
      dirty: [],
    },
    phase: "coding",
    crew: ROLES.map((role) => ({
      role,
      describes: role,
      models: ["qwen2.5:14b@fast"],
      window: role === "coding" ? 16384 : 8192,
      temperature: 0.3,
    })),
  },
  clock: { startedAt: NOON, idleMs: 0 },
  people: { ...EMPTY.people, trusted: true },
  tasks: {
    ...EMPTY.tasks,
    list: [
      {
        id: "k1",
        kind: "work",
        description: "Make parse() keep quoted commas together",
        target: "src/parser.py",
        checks: ["test_quotes"],
        after: [],
        status: "in_progress",
        reason: "",
      },
      {
        id: "k2",
        kind: "work",
        description: "Reject unbalanced quotes with a clear error",
        target: "src/parser.py",
        checks: [],
        after: ["k1"],
        status: "ready",
        reason: "",
      },
      {
        id: "k3",
        kind: "work",
        description: "Document the dialect in README.md",
        target: "README.md",
        checks: [],
        after: [],
        status: "done",
        reason: "",
      },
      {
        id: "k4",
        kind: "issue",
        description: "Writer drops the last newline",
        target: null,
        checks: [],
        after: [],
        status: "parked",
        reason: "five attempts did not do it",
      },
    ],
  },
  attempts: {
    open: {
      "k1.2": {
        decision: null,
        pastBefore: 1,
        task: "k1",
        number: 2,
        role: "coding",
        temperature: 0.5,
        seed: 7,
        elsewhere: false,
        workspace: null,
        base: null,
        applied: [],
        isApplied: false,
        moved: 0,
        conflict: null,
        preferred: {},
        isDeclined: false,
        stuck: null,
        before: [],
        keptBefore: 0,
        writes: [],
        turn: "t2",
        after: null,
        takenBack: false,
        pieces: [],
        texts: 0,
        reasons: "",
        summary: "",
      },
    },
    past: bucketsOf({
      k1: [{
        number: 1,
        role: "coding",
        verdict: "refuted",
        seq: 0,
        summary: "Split by a regular expression. Still failing: test_quotes.",
        writes: [{
          path: "src/parser.py",
          before: "found",
          after: "tried",
          modeBefore: 0o100644,
          modeAfter: 0o100644,
          createdFolders: [],
        }],
        pieces: [],
        texts: 0,
      }],
    }),
  },
  workspaces: {
    offered: { tier: "bubblewrap", why: null, network: false },
    proof: { holds: true, why: "", network: false },
    isOld: false,
  },
  decisions: {
    ...EMPTY.decisions,
    past: [
      {
        id: "d1",
        name: "continue_current_phase",
        arguments: { reason: "The goal is clear." },
        reason: "No tasks exist yet, so planning comes first.",
        by: "arbiter",
        fingerprint: "f1",
        at: NOON + 2_000,
        phase: "planning",
        races: false,
        assigned: null,
        outcome: "4 tasks planned",
        ok: true,
      },
    ],
    open: {
      d2: {
        ...newDecision({
          id: "d2",
          name: "consult_coding_specialist",
          arguments: { query: "Fix parse() so that quoted commas stay together." },
          reason: "The first task has a failing test that shows the fault.",
          by: "arbiter",
          fingerprint: "f2",
          at: NOON + 40_000,
          phase: "coding",
        }),
        assigned: { task: "k1", role: "coding" },
        task: "k1",
        attempts: 2,
        message: "m2",
        turn: "t2",
      },
    },
    count: 2,
  },
  turns: { open: { t2: CODING_TURN }, count: 2 },
  threads: {
    arbiter: thread("arbiter", {
      host: "fast",
      model: "qwen2.5:14b",
      way: "constrained",
      window: 8192,
      promptTokens: 2310,
      proof: "proven",
      asks: 4,
    }),
    coding: thread("coding", {
      host: "strong",
      model: "qwen2.5-coder:32b",
      way: "constrained",
      window: 16384,
      promptTokens: 6690,
      proof: "proven",
      asks: 9,
      failures: 2,
    }),
    reasoning: thread("reasoning", {
      host: "strong",
      model: "qwen2.5:32b",
      way: "constrained",
      window: 16384,
      promptTokens: 15100,
      proof: "estimated",
      past: [{ purpose: "plan", ending: "finished", text: "Planned four tasks." }],
      asks: 2,
    }),
    analysis: thread("analysis", {
      host: "fast",
      model: "qwen2.5:14b",
      way: "prompted",
      window: 8192,
      promptTokens: 900,
      proof: "mismatch",
      past: [{ purpose: "document", ending: "no_call", text: "three replies without a call" }],
      asks: 3,
      failures: 3,
    }),
  },
  messages: {
    ...EMPTY.messages,
    list: [
      message("m1", {
        to: "reasoning",
        kind: "assignment",
        text: "Plan the work.",
        status: "answered",
        at: NOON + 3_000,
      }),
      message("m2", {
        text: "Fix parse() so that quoted commas stay together.\nThe test is tests/test_parser.py.",
        status: "in_prompt",
        turn: "t2",
        at: NOON + 41_000,
      }),
      message("m3", {
        from: "coding",
        to: "analysis",
        kind: "note",
        text: "The writer has the same fault, please look at it when you can.",
        status: "queued",
        review: true,
        at: NOON + 50_000,
      }),
      message("m4", {
        from: "coding",
        to: "reasoning",
        kind: "question",
        text: "Should an empty field be None or the empty text?",
        status: "held",
        at: NOON + 52_000,
      }),
    ],
    count: 4,
  },
  effects: { open: {}, count: 12 },
  checks: {
    first: [],
    latest: [
      { name: "test_plain", passed: true, evidence: "", files: [] },
      { name: "test_quotes", passed: false, evidence: "assert 3 == 2", files: [] },
    ],
    changing: [],
    course: [{ passed: 1, of: 2 }],
    stale: false,
    commands: ["python -m pytest"],
    ms: 900,
  },
  failures: [{ at: NOON + 55_000, where: "coding", failure: "refuted", text: "test_quotes: assert 3 == 2" }],
  ledger: {
    past: [],
    open: {},
    hosts: {
      fast: { "qwen2.5:14b": written(41) },
      strong: { "qwen2.5-coder:32b": written(18) },
    },
  },
  spending: {
    ...EMPTY.spending,
    limits: { tokens: 400_000, turns: 60, wallMs: 3_600_000 },
    run: { tokens: 31_400, reserved: 8_000, turns: 2 },
  },
  files: {
    ...EMPTY.files,
    byPath: { "src/parser.py": { original: "a", current: "b" }, "README.md": { original: null, current: "c" } },
  },
};

/** A run in the middle of its work. */
export const DEMO = withAsks(AT_WORK, { key: "t2.ask.3", role: "coding", turn: "t2" });

/** The same run, with nothing open. */
export const IDLE = withAsks(DEMO);

/** The same run, over. */
export const ENDED: State = {
  ...withoutTurns(IDLE),
  at: NOON + 180_000,
  run: {
    ...IDLE.run,
    ending: { kind: "accepted", cause: "every check passes after the last write", at: NOON + 180_000 },
  },
  decisions: { ...IDLE.decisions, open: {} },
  attempts: { ...IDLE.attempts, open: {} },
  tasks: {
    ...IDLE.tasks,
    list: IDLE.tasks.list.map((task) => ({ ...task, status: "done" as const, reason: "" })),
  },
};

/** The same run, with a command that waits for approval. */
export const ASKING: State = {
  ...IDLE,
  turns: { ...IDLE.turns, open: { t2: { ...CODING_TURN, waitsFor: "q1" } } },
  people: {
    ...IDLE.people,
    questions: [{
      id: "q1",
      kind: "call",
      text: "May coding run `pip install regex`?",
      context: "It is not on the list of allowed commands. What it does outside the project cannot be undone.",
      turn: "t2",
      at: NOON + 62_000,
    }],
  },
};

/** The same run, paused. */
export function paused(at: number): State {
  return { ...DEMO, at, run: { ...DEMO.run, paused: true } };
}

/** What a model did on its host that writes so many tokens per second, alone, and was there before the run. */
function written(tokensPerSecond: number): ModelLedger {
  return { ...NOTHING_DONE, replies: 4, writes: { 1: { replies: 4, tokens: tokensPerSecond * 60, ms: 60_000 } } };
}
