import { z } from "zod";
import { WAYS } from "../kernel/call.ts";
import { CallFact, Effect, WriteFact } from "../effects/effect.ts";
import { EnvelopeFact, HoldFact, TaskFact, TextFact } from "./fact_parts.ts";
import { FAILURE_CLASSES } from "../kernel/failure.ts";
import { OutcomeFact } from "./turns/outcome.ts";
import { PHASES } from "../phases/phase.ts";
import { MEASURES } from "../prompt/prompt.ts";
import { PROOFS } from "../prompt/proof.ts";
import { TASK_STATUSES } from "./tasks/task.ts";

/** Limits of a run or of a role. null means none. */
export const Limits = z.object({
  tokens: z.int().nullable(),
  turns: z.int().nullable(),
  /** Wall time in milliseconds. */
  wallMs: z.int().nullable(),
});

/** A specialist or the arbiter as the run knows it. */
export const RoleFact = z.object({
  role: z.string(),
  describes: z.string(),
  /** Models in order of preference, `name` or `name@host`. */
  models: z.array(z.string()),
  /** Context window in tokens. */
  window: z.int(),
  temperature: z.number(),
  /** The model that was to play it when the crew came together, and its billions of parameters where its host says them. */
  plays: z.object({ model: z.string(), billions: z.number().nullable() }).optional(),
});

/** One named result of a check, as stored. */
export const CheckFact = z.object({
  name: z.string(),
  passed: z.boolean(),
  evidence: z.string(),
  files: z.array(z.string()),
});

/** What a reply without a legal call may mean. */
export const Meant = z.object({
  /** Names of the tools that it may mean, likeliest first. */
  tools: z.array(z.string()),
  /** The reply, or the part of it that matters, on one line. */
  excerpt: z.string(),
  why: z.string(),
});

/** A call as it was read from a reply, and why it cannot run. */
export const AttemptedFact = z.object({
  name: z.string(),
  /** The arguments as they were read, as JSON, bounded. */
  arguments: z.string(),
  fault: z.string(),
});

const PreparedFile = z.object({ path: z.string(), text: TextFact, lines: z.int(), from: z.int(), to: z.int() });

/** What a finished effect gave, by its kind. */
export const Result = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ask"),
    text: TextFact,
    thinking: TextFact.optional(),
    calls: z.array(CallFact),
    /** Why no call was read from it, as a sentence the model can act on; null where one was, or none was wanted. */
    fault: z.string().nullable(),
    /** Step of the mediation that read it. */
    step: z.string(),
    /** What had to be mended so that it could be read, one sentence each. */
    repairs: z.array(z.string()).optional(),
    /** Calls that were read and cannot run. */
    attempted: z.array(AttemptedFact).optional(),
    /** What an interpreter may make of it; absent where a call was read, none was wanted, or none is meant. */
    meant: Meant.optional(),
    /** For a text ask: blob of exactly the text that was asked for. */
    content: z.string().nullable(),
    /** For a summary: what was written, without thinking; absent where that was nothing. */
    summary: TextFact.optional(),
    way: z.enum(WAYS),
    host: z.string(),
    model: z.string(),
    prompt: z.string(),
    estimated: z.int(),
    /** What it was estimated by; tokens where absent, as in older runs. */
    measure: z.enum(MEASURES).optional(),
    promptTokens: z.int().nullable(),
    answerTokens: z.int().nullable(),
    /** Proof that the prompt was heard whole. */
    proof: z.enum(PROOFS),
    endedBy: z.enum(["stop", "length"]),
    ms: z.int(),
    loadMs: z.int().nullable(),
    /** Time of the answer alone, where the server says it. */
    answerMs: z.int().nullable().optional(),
  }),
  z.object({
    kind: z.literal("prepare"),
    files: z.array(z.string()),
    texts: z.array(PreparedFile),
    changes: TextFact.nullable(),
    /** Files that were wanted and for which there was no room. */
    unread: z.array(z.string()).optional(),
    /** Standards of the project, a sentence each. */
    standards: z.array(z.string()).optional(),
    /** What a review of these changes looks at, a question each. */
    questions: z.array(z.string()).optional(),
    /** Functions of the sources that are shown, by file. */
    definitions: z.record(z.string(), z.array(z.string())).optional(),
  }),
  z.object({ kind: z.literal("tool"), text: TextFact, outcome: OutcomeFact.nullable(), ms: z.int() }),
  z.object({
    kind: z.literal("check"),
    results: z.array(CheckFact),
    commands: z.array(z.string()),
    output: TextFact,
    ms: z.int(),
    /** Whether a command was ended because its time was over. */
    hung: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal("take_back"),
    restored: z.array(z.string()),
    left: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
]);

/** What a finished effect gave. */
export type Result = z.infer<typeof Result>;

/** Ways a run ends; the exit codes follow from them. */
export const ENDINGS = ["accepted", "partial", "failed", "blocked", "budget", "no_host", "cancelled"] as const;

/** Kind of an ending. */
export type EndingKind = typeof ENDINGS[number];

/** Everything that can have happened in a run. */
export const Fact = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run_started"),
    run: z.string(),
    project: z.string(),
    goal: z.string(),
    mode: z.enum(["driver", "observer", "off"]),
    headless: z.boolean(),
    /** Word for the title bar; empty for ordinary runs. */
    label: z.string(),
    trusted: z.boolean(),
    limits: Limits,
    roleLimits: z.record(z.string(), Limits),
    version: z.string(),
    /** Files that were changed against version control before the run began. */
    dirty: z.array(z.string()),
  }),
  z.object({ type: z.literal("run_resumed"), headless: z.boolean() }),
  z.object({
    type: z.literal("crew_assembled"),
    roles: z.array(RoleFact),
    tools: z.array(z.string()),
    reason: z.string(),
  }),
  z.object({ type: z.literal("run_paused") }),
  z.object({ type: z.literal("run_unpaused") }),
  z.object({ type: z.literal("run_ended"), kind: z.enum(ENDINGS), cause: z.string() }),
  z.object({ type: z.literal("limits_raised"), limits: Limits }),
  z.object({ type: z.literal("phase_changed"), phase: z.enum(PHASES), reason: z.string(), by: z.string() }),

  z.object({ type: z.literal("effect_opened"), effect: Effect }),
  z.object({ type: z.literal("effect_finished"), key: z.string(), result: Result }),
  z.object({
    type: z.literal("effect_failed"),
    key: z.string(),
    failure: z.enum(FAILURE_CLASSES),
    text: z.string(),
    host: z.string().optional(),
    model: z.string().optional(),
    partial: TextFact.optional(),
    ms: z.int(),
    promptTokens: z.int().nullable().optional(),
    answerTokens: z.int().nullable().optional(),
  }),
  z.object({ type: z.literal("effect_refused"), key: z.string(), reason: z.string() }),
  z.object({
    type: z.literal("effect_cancelled"),
    key: z.string(),
    by: z.string(),
    partial: TextFact.optional(),
    ms: z.int(),
  }),
  z.object({ type: z.literal("effect_unknown"), key: z.string(), text: z.string() }),

  z.object({
    type: z.literal("ask_placed"),
    key: z.string(),
    host: z.string(),
    model: z.string(),
    way: z.enum(WAYS),
    window: z.int(),
    estimated: z.int(),
    reason: z.string(),
    /** What was left out of the prompt so that it fits, in words. */
    leftOut: z.array(z.string()).optional(),
    /** Where the way of calling comes from, and why: `record: 9 of 9 right so far`. Absent in older runs. */
    wayReason: z.string().optional(),
    /** Digest of the model; empty where its host gives none. */
    digest: z.string().optional(),
    /** Billions of parameters of the model; null where nobody knows. */
    billions: z.number().nullable().optional(),
  }),
  /** Prompt files changed while the run was at work: they are in use, or, with faults, those from before are. */
  z.object({
    type: z.literal("prompts_changed"),
    files: z.array(z.string()),
    faults: z.array(z.object({ place: z.string(), text: z.string() })),
  }),
  /** A prompt was not heard as it was sent, or a count of it cannot be believed. */
  z.object({
    type: z.literal("prompt_doubted"),
    key: z.string(),
    host: z.string(),
    model: z.string(),
    window: z.int(),
    estimated: z.int(),
    counted: z.int().nullable(),
    /** cut: the server cut it silently; refused: it said that it does not fit; miscounted: its counts are wrong. */
    finding: z.enum(["cut", "refused", "miscounted"]),
    /** Tokens of prompts that this model holds on this host from now on; null where it is not known to be fewer than its window. */
    holds: z.int().nullable(),
    /** Counted tokens per estimated token, where the server counted exactly. */
    ratio: z.number().nullable(),
    /** What was estimated by; tokens where absent, as in older runs. */
    measure: z.enum(MEASURES).optional(),
    /** Tokens that were spent on a reply that does not count. */
    tokens: z.int(),
    text: z.string(),
  }),
  /** A way of calling failed at a place, and the ask goes on in another. */
  z.object({
    type: z.literal("way_refused"),
    key: z.string(),
    host: z.string(),
    model: z.string(),
    way: z.enum(WAYS),
    other: z.enum(WAYS),
    /** Tokens that were spent on a reply that did not arrive. */
    tokens: z.int(),
    text: z.string(),
  }),
  /** What is remembered of models could not be written: the run goes on without it. */
  z.object({ type: z.literal("memory_failed"), text: z.string() }),
  /** A model that nobody knew was asked a few short questions, to find the way in which it calls best. */
  z.object({
    type: z.literal("model_probed"),
    host: z.string(),
    model: z.string(),
    digest: z.string(),
    /** What was tried, and what came of it: `decision constrained: right`. */
    tried: z.array(z.string()),
    tokens: z.int(),
    ms: z.int(),
  }),
  z.object({
    type: z.literal("model_audited"),
    host: z.string(),
    model: z.string(),
    digest: z.string(),
    version: z.string(),
    finding: z.enum(["shown", "broken", "not_rendered", "built_in"]),
    reason: z.string(),
  }),
  /** Which model plays the interpreter now; null where no host that answers has one of its models. */
  z.object({
    type: z.literal("interpreter_changed"),
    host: z.string().nullable(),
    model: z.string().nullable(),
    reason: z.string(),
  }),
  /** A reply that may mean a call is not given to the interpreter. */
  z.object({
    type: z.literal("interpretation_skipped"),
    turn: z.string().nullable(),
    ask: z.string(),
    reason: z.string(),
  }),
  z.object({ type: z.literal("write_opened"), key: z.string(), write: WriteFact }),
  z.object({ type: z.literal("write_closed"), key: z.string(), write: WriteFact, done: z.boolean() }),
  /** A command is about to run; the blob names the project's files before it, so that its changes are known also after a crash. */
  z.object({ type: z.literal("command_opened"), key: z.string(), command: z.array(z.string()), snapshot: z.string() }),
  z.object({
    type: z.literal("command_closed"),
    key: z.string(),
    writes: z.array(WriteFact),
    /** Files it changed whose content before is not kept. */
    excepted: z.array(z.string()),
  }),

  z.object({
    type: z.literal("decision_made"),
    id: z.string(),
    name: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    reason: z.string(),
    /** arbiter, rules or person. */
    by: z.string(),
    fingerprint: z.string(),
  }),
  z.object({ type: z.literal("decision_refused"), name: z.string(), reason: z.string(), by: z.string() }),
  z.object({ type: z.literal("decision_closed"), id: z.string(), outcome: z.string(), ok: z.boolean() }),

  z.object({
    type: z.literal("tasks_planned"),
    tasks: z.array(TaskFact),
    refused: z.array(z.object({ description: z.string(), reason: z.string() })),
    by: z.string(),
  }),
  z.object({ type: z.literal("task_changed"), id: z.string(), status: z.enum(TASK_STATUSES), reason: z.string() }),
  z.object({
    type: z.literal("attempt_opened"),
    task: z.string(),
    number: z.int(),
    role: z.string(),
    temperature: z.number(),
    seed: z.int(),
  }),
  z.object({
    type: z.literal("attempt_closed"),
    task: z.string(),
    number: z.int(),
    verdict: z.enum(["kept", "refuted", "empty", "failed"]),
    passed: z.array(z.string()),
    broke: z.array(z.string()),
    summary: z.string(),
  }),

  z.object({
    type: z.literal("turn_opened"),
    id: z.string(),
    role: z.string(),
    message: z.string(),
    purpose: z.enum(["plan", "work", "review", "consult", "document", "reply"]),
    tools: z.array(z.string()),
    temperature: z.number(),
    seed: z.int(),
  }),
  z.object({
    type: z.literal("turn_closed"),
    id: z.string(),
    /** finished: by a closing tool; checked: by green checks; others name what went wrong. */
    ending: z.enum(["finished", "checked", "capped", "no_call", "failed", "refused", "cancelled", "budget"]),
    text: z.string(),
  }),
  /** A call that was decided already, made without asking a model; its reason says why. */
  z.object({ type: z.literal("call_given"), turn: z.string(), call: CallFact }),
  z.object({ type: z.literal("call_refused"), turn: z.string(), name: z.string(), reason: z.string() }),
  z.object({ type: z.literal("turn_told"), turn: z.string(), text: z.string() }),

  z.object({ type: z.literal("message_sent"), message: EnvelopeFact }),
  z.object({ type: z.literal("message_released"), id: z.string() }),
  z.object({ type: z.literal("message_edited"), id: z.string(), text: z.string(), by: z.string() }),
  z.object({ type: z.literal("message_redirected"), id: z.string(), to: z.string(), by: z.string() }),
  z.object({ type: z.literal("message_reviewed"), id: z.string(), verdict: z.string(), by: z.string() }),
  z.object({ type: z.literal("message_in_prompt"), id: z.string(), turn: z.string() }),
  z.object({ type: z.literal("message_answered"), id: z.string() }),
  z.object({ type: z.literal("message_dropped"), id: z.string(), by: z.string(), reason: z.string() }),
  z.object({ type: z.literal("message_expired"), id: z.string() }),
  z.object({ type: z.literal("hold_placed"), hold: HoldFact }),
  z.object({ type: z.literal("hold_lifted"), id: z.string() }),

  z.object({
    type: z.literal("question_asked"),
    id: z.string(),
    /** trust: may this project's code run; call: may this call run; input: what the arbiter wants to know. */
    kind: z.enum(["trust", "call", "input"]),
    text: z.string(),
    context: z.string(),
    turn: z.string().nullable(),
  }),
  z.object({ type: z.literal("question_answered"), id: z.string(), approved: z.boolean(), text: z.string() }),
  z.object({ type: z.literal("person_told"), text: z.string(), cause: z.string() }),
]);

/** Something that happened. */
export type Fact = z.infer<typeof Fact>;

/** A fact with its place and time. */
export type Stamped = Fact & { readonly seq: number; readonly at: number };

/** Limits of a run or of a role. */
export type Limits = z.infer<typeof Limits>;
/** A specialist or the arbiter as the run knows it. */
export type RoleFact = z.infer<typeof RoleFact>;
/** What a reply without a legal call may mean. */
export type Meant = z.infer<typeof Meant>;
/** A call as it was read from a reply, and why it cannot run. */
export type AttemptedFact = z.infer<typeof AttemptedFact>;
/** One named result of a check, as stored. */
export type CheckFact = z.infer<typeof CheckFact>;
/** A file as a turn starts with it: lines `from` to `to` of `lines`. */
export type PreparedFile = z.infer<typeof PreparedFile>;
