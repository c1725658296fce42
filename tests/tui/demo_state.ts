import type { Turn } from "../../src/features/turns/slice.ts";
import type { Thread } from "../../src/features/threads/slice.ts";
import type { OpenEffect } from "../../src/kernel/effects.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { Intent } from "../../src/features/intent.ts";
import type { HostStatus, MachineStatus, Signal } from "../../src/ports/host_status.ts";
import type { Message } from "../../src/features/messages/message.ts";
import { type State } from "../../src/features/state.ts";
import type { HistoryEntry, ReplyEvidence, Store } from "../../src/tui/store.ts";

/** Noon of a day in November, UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Roles of the demonstration, the arbiter first. */
export const ROLES = ["arbiter", "coding", "reasoning", "analysis", "interpreter"] as const;

const text = (value: string) => ({ text: value, chars: value.length });

function thread(role: string, over: Partial<Thread> = {}): Thread {
  return {
    role,
    host: null,
    model: null,
    way: null,
    wayReason: null,
    window: null,
    promptTokens: null,
    proof: null,
    past: [],
    asks: 0,
    failures: 0,
    ...over,
  };
}

function message(id: string, over: Partial<Message>): Message {
  return {
    id,
    from: "arbiter",
    to: "coding",
    kind: "consult",
    text: "Fix the parser.",
    cause: "d1",
    answers: null,
    review: false,
    status: "queued",
    original: null,
    originalTo: null,
    changedBy: null,
    turn: null,
    at: NOON,
    ...over,
  };
}

export function ask(
  key: string,
  role: string,
  turn: string | null,
  placed: Partial<NonNullable<OpenEffect["placed"]>> | null,
): OpenEffect {
  return {
    effect: {
      kind: "ask",
      key,
      role,
      turn,
      purpose: turn === null ? "decide" : "work",
      legal: [],
      temperature: 0.3,
      seed: 1,
      answerLimit: 1024,
      reserved: 4000,
    },
    openedAt: NOON + 60_000,
    placed: placed === null ? null : {
      host: "strong",
      model: "qwen2.5-coder:32b",
      way: "constrained",
      window: 16384,
      estimated: 6712,
      at: NOON + 61_000,
      reason: "resident",
      ...placed,
    },
    written: [],
    write: null,
    command: null,
  };
}

const CODING_TURN: Turn = {
  id: "t2",
  role: "coding",
  message: "m2",
  purpose: "work",
  tools: ["read_file", "edit_file", "run_checks", "finish_task"],
  temperature: 0.3,
  seed: 7,
  decision: "d2",
  attempt: "k1.2",
  prepared: null,
  exchange: [
    {
      from: "model",
      text: text(
        '{"reason":"I need to see how the tokens are split.","name":"read_file","arguments":{"path":"src/parser.py"}}',
      ),
      calls: [{
        name: "read_file",
        arguments: { path: "src/parser.py" },
        reason: "I need to see how the tokens are split.",
      }],
      way: "constrained",
    },
    {
      from: "tool",
      name: "read_file",
      ok: true,
      text: text("def parse(text):\n    return text.split(',')\n\nclass Node:\n    pass\n"),
    },
    {
      from: "model",
      text: text(""),
      calls: [{
        name: "edit_file",
        arguments: { path: "src/parser.py", old: "x" },
        reason: "Quoted commas must not split a field.",
      }],
      way: "constrained",
    },
    {
      from: "tool",
      name: "edit_file",
      ok: false,
      text: text("the old text is not in src/parser.py; nearest is line 2:\n    return text.split(',')"),
    },
    { from: "application", text: text("Earlier attempt was taken back: test_quotes failed.") },
  ],
  calls: [],
  content: null,
  asks: 3,
  toolCalls: 2,
  unread: null,
  summary: null,
  summaryAsked: 0,
  faults: 0,
  failures: 0,
  outcomes: [],
  unchecked: [],
  approved: null,
  waitsFor: null,
  tokens: 9000,
  outbox: [],
  closing: null,
};

/** A run in the middle of its work. */
export const DEMO: State = {
  ...EMPTY,
  seq: 120,
  at: NOON + 62_000,
  run: {
    id: "r-7f3a",
    project: "/home/person/csv-tools",
    goal: "Make the parser accept quoted fields and bring the tests to green",
    mode: "driver",
    headless: false,
    label: "REHEARSAL",
    startedAt: NOON,
    limits: { tokens: 400_000, turns: 60, wallMs: 3_600_000 },
    roleLimits: {},
    dirty: [],
    idleMs: 0,
  },
  trusted: true,
  phase: "coding",
  crew: ROLES.map((role) => ({
    role,
    describes: role,
    models: ["qwen2.5:14b@fast"],
    window: role === "coding" ? 16384 : 8192,
    temperature: 0.3,
  })),
  tasks: [
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
      reason: "five attempts were refuted",
    },
  ],
  attempts: {
    k1: [{ number: 1, role: "coding", verdict: "refuted", summary: "split by regex", writes: [], pieces: [] }],
  },
  attempt: {
    task: "k1",
    number: 2,
    role: "coding",
    temperature: 0.5,
    seed: 7,
    before: [],
    keptBefore: 0,
    writes: [],
    turn: "t2",
    after: null,
    takenBack: false,
    pieces: [],
    summary: "",
  },
  decisions: [
    {
      id: "d1",
      name: "continue_current_phase",
      arguments: { reason: "The goal is clear." },
      reason: "No tasks exist yet, so planning comes first.",
      by: "arbiter",
      fingerprint: "f1",
      at: NOON + 2_000,
      outcome: "4 tasks planned",
      ok: true,
    },
  ],
  decisionCount: 2,
  decision: {
    id: "d2",
    name: "consult_coding_specialist",
    arguments: { query: "Fix parse() so that quoted commas stay together." },
    reason: "The first task has a failing test that shows the fault.",
    by: "arbiter",
    fingerprint: "f2",
    at: NOON + 40_000,
    outcome: null,
    ok: null,
    task: "k1",
    attempts: 2,
    message: "m2",
    turn: "t2",
    turnsOver: [],
    checked: false,
    question: null,
  },
  turns: { t2: CODING_TURN },
  turnCount: 2,
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
      past: ["plan: finished: Planned four tasks."],
      asks: 2,
    }),
    analysis: thread("analysis", {
      host: "fast",
      model: "qwen2.5:14b",
      way: "prompted",
      window: 8192,
      promptTokens: 900,
      proof: "mismatch",
      past: ["document: no_call: three replies without a call"],
      asks: 3,
      failures: 3,
    }),
  },
  messages: [
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
  messageCount: 4,
  effects: { "t2.ask.3": ask("t2.ask.3", "coding", "t2", {}) },
  effectCount: 12,
  checks: {
    first: [],
    latest: [
      { name: "test_plain", passed: true, evidence: "", files: [] },
      { name: "test_quotes", passed: false, evidence: "assert 3 == 2", files: [] },
    ],
    stale: false,
    commands: ["python -m pytest"],
    ms: 900,
  },
  failures: [{ at: NOON + 55_000, where: "coding", failure: "refuted", text: "test_quotes: assert 3 == 2" }],
  spent: { tokens: 31_400, reserved: 8_000, turns: 2 },
  files: { "src/parser.py": { original: "a", current: "b" }, "README.md": { original: null, current: "c" } },
};

/** The same run, over. */
export const ENDED: State = {
  ...DEMO,
  at: NOON + 180_000,
  ending: { kind: "accepted", cause: "every check passes after the last write", at: NOON + 180_000 },
  effects: {},
  turns: {},
  decision: null,
  attempt: null,
  tasks: DEMO.tasks.list.map((task) => ({ ...task, status: "done" as const, reason: "" })),
};

/** The same run, with a command that waits for approval. */
export const ASKING: State = {
  ...DEMO,
  stillSince: NOON + 62_000,
  effects: {},
  turns: { t2: { ...CODING_TURN, waitsFor: "q1" } },
  questions: [{
    id: "q1",
    kind: "call",
    text: "May coding run `pip install regex`?",
    context: "It is not on the list of allowed commands. What it does outside the project cannot be undone.",
    turn: "t2",
    at: NOON + 62_000,
  }],
};

/** Two hosts. */
export const HOSTS: readonly HostStatus[] = [
  {
    name: "fast",
    url: "http://fast:11434",
    kind: "ollama",
    state: "up",
    reason: "",
    version: "0.12.0",
    models: [],
    resident: [{ name: "qwen2.5:14b", bytes: 9.8e9, gpuBytes: 9.8e9, window: 8192 }],
    slots: 1,
    inFlight: [],
    waiting: [],
    tokensPerSecond: 41,
  },
  {
    name: "strong",
    url: "http://strong:11434",
    kind: "ollama",
    state: "up",
    reason: "",
    version: "0.12.0",
    models: [],
    resident: [{ name: "qwen2.5-coder:32b", bytes: 22.4e9, gpuBytes: 15e9, window: 16384 }],
    slots: 1,
    inFlight: ["t2.ask.3"],
    waiting: ["t4.ask.1"],
    tokensPerSecond: 18.4,
  },
];

/** A machine at a third of its power. */
export const MACHINE: MachineStatus = { cpu: 0.34, memoryUsed: 5.1e9, memoryTotal: 24e9 };

/** A store for tests: its state and signals are set from outside, wishes are recorded. */
export class DemoStore implements Store {
  current: State;
  readonly streams = new Map<string, Signal>();
  readonly sent: Intent[] = [];
  time = NOON + 72_000;
  entries: readonly HistoryEntry[] = [];
  crew: readonly string[] = ROLES;
  refusal: string | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(state: State = DEMO) {
    this.current = state;
  }

  state(): State {
    return this.current;
  }

  /** Sets the state and tells, as a commit does. */
  commit(state: State): void {
    this.current = state;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  signals(): ReadonlyMap<string, Signal> {
    return this.streams;
  }

  hosts(): readonly HostStatus[] {
    return HOSTS;
  }

  machine(): MachineStatus {
    return MACHINE;
  }

  now(): number {
    return this.time;
  }

  roles(): readonly string[] {
    return this.crew;
  }

  replies(role: string): number {
    return role === "coding" ? 2 : 0;
  }

  reply(role: string, at: number): ReplyEvidence | null {
    if (role !== "coding" || at > 1) return null;
    const parts = [
      { title: "raw reply", text: at === 0 ? "I will read_file src/parser.py" : "{'name': 'read_file'}", bad: false },
      { title: "fault, as the model is told it", text: "The reply holds no call.", bad: true },
    ];
    return { key: `t2.ask${at + 1}.7`, at: NOON, purpose: "work", where: "qwen2.5-coder:32b@strong, prompted", parts };
  }

  scrollback(role: string, before: number, lines: number): readonly HistoryEntry[] {
    return this.entries.filter((entry) => entry.seq < before && entry.title !== `not ${role}`).slice(-lines);
  }

  send(intent: Intent): string | null {
    if (this.refusal !== null) return this.refusal;
    this.sent.push(intent);
    if (intent.kind === "pause") this.commit({ ...this.current, paused: true, stillSince: this.time });
    if (intent.kind === "unpause") this.commit({ ...this.current, paused: false, stillSince: null });
    if (intent.kind === "answer") {
      this.commit({
        ...this.current,
        questions: this.current.people.questions.filter((question) => question.id !== intent.question),
      });
    }
    return null;
  }
}
