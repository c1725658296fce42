import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Message } from "../../src/features/messages/message.ts";
import type { State } from "../../src/features/state.ts";
import type { Placement, Thread } from "../../src/features/threads/slice.ts";
import { threadOf } from "../../src/features/threads/slice.ts";
import type { Turn } from "../../src/features/turns/slice.ts";

/** Noon of a day in November, UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

const text = (value: string) => ({ text: value, chars: value.length });

const HEAD = "import re\n\nQUOTE = '\"'\n\n\n";
const TAIL =
  '\n\nclass Node:\n    """A row of fields."""\n\n    def __init__(self, fields):\n        self.fields = fields\n';

/** Texts of files by hash: as the run found them, and as its first try left them. */
export const FILES: Readonly<Record<string, string>> = {
  found: `${HEAD}def parse(text):\n    return text.split(',')\n${TAIL}`,
  tried: `${HEAD}def parse(text):\n    return re.split(r',(?=[^"]*$)', text)\n${TAIL}`,
};

/** A thread that differs from one that was never asked. */
export function thread(role: string, over: Partial<Thread> = {}): Thread {
  return { ...threadOf({}, role), ...over };
}

/** A message that differs from a consult of the coding specialist. */
export function message(id: string, over: Partial<Message>): Message {
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
    changes: [],
    original: null,
    originalTo: null,
    changedBy: null,
    turn: null,
    at: NOON,
    ...over,
  };
}

/** An ask that is open. */
export interface OpenAsk {
  readonly key: string;
  readonly role: string;
  readonly turn?: string;
  readonly openedAt?: number;
  /** Where it was placed, as far as that differs; null while it waits for a slot. */
  readonly placed?: Partial<Placement> | null;
  /** What of the effect differs. */
  readonly effect?: Partial<AskEffect>;
}

/** The state with these effects open, and no others. */
export function withAsks(state: State, ...asks: readonly OpenAsk[]): State {
  const open = asks.map(({ key, role, turn = null, openedAt = NOON + 60_000, effect }) => [key, {
    effect: {
      kind: "ask" as const,
      key,
      role,
      turn,
      purpose: turn === null ? "decide" : "work",
      legal: [],
      temperature: 0.3,
      seed: 1,
      answerLimit: 1024,
      reserved: 4000,
      ...effect,
    },
    openedAt,
  }]);
  const placed = asks.flatMap(({ key, placed = {} }): [string, Placement][] =>
    placed === null ? [] : [[key, {
      host: "strong",
      model: "qwen2.5-coder:32b",
      way: "constrained" as const,
      window: 16384,
      estimated: 6712,
      at: NOON + 61_000,
      reason: "resident",
      ...placed,
    }]]
  );
  return {
    ...state,
    effects: { ...state.effects, open: Object.fromEntries(open) },
    placements: Object.fromEntries(placed),
    ledger: {
      ...state.ledger,
      open: Object.fromEntries(asks.flatMap(({ key, role, turn = null }) => {
        const seat = placed.find(([one]) => one === key)?.[1];
        return seat === undefined ? [] : [[key, {
          thread: role,
          turn,
          host: seat.host,
          model: seat.model,
          loads: false,
          estimated: seat.estimated,
          since: seat.at,
          seen: seat.at,
          area: 0,
        }]];
      })),
    },
  };
}

/** The state with no turn open. */
export function withoutTurns(state: State): State {
  return { ...state, turns: { ...state.turns, open: {} } };
}

/** A turn at work, with a call that failed. */
export const CODING_TURN: Turn = {
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
  seen: {},
  fresh: 0,
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
  faults: 0,
  failures: 0,
  outcomes: [],
  unchecked: [],
  approved: null,
  preview: null,
  judged: null,
  waitsFor: null,
  tokens: 9000,
  outbox: [],
  closing: null,
};
