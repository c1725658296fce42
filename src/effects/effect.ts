import { z } from "zod";

/** A tool call as facts store it. */
export const CallFact = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
  forced: z.boolean().optional(),
});

/** Asks a model. The prompt is not stored here: it is composed from the state, and its blob is named by the closing fact. */
export const AskEffect = z.object({
  kind: z.literal("ask"),
  key: z.string(),
  role: z.string(),
  /** Turn it belongs to; null for the arbiter. */
  turn: z.string().nullable(),
  /** decide: the arbiter's next step; review: its look at a message; work: a specialist's next call; text: the code or prose of a call; interpret: the call that an unreadable reply means; summarise: the beginning of a turn in few lines. */
  purpose: z.enum(["decide", "review", "work", "text", "interpret", "summarise"]),
  /** Message under review. */
  message: z.string().optional(),
  /** Key of the ask whose reply is interpreted. */
  interprets: z.string().optional(),
  /** Entries at the beginning of the turn's exchange that are summarised. */
  summarises: z.int().optional(),
  /** Names of the tools that are legal now. */
  legal: z.array(z.string()),
  temperature: z.number(),
  seed: z.int(),
  /** Most tokens of the answer. */
  answerLimit: z.int(),
  /** Tokens set aside for prompt and answer. */
  reserved: z.int(),
  /** A model tried before and to be passed over, where a second model is wanted. */
  not: z.string().optional(),
});

/** A change of one file: the hashes before and after name blobs. null means that there is no file. */
export const WriteFact = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Mode bits of the file; null where there was none. */
  modeBefore: z.int().nullable(),
  modeAfter: z.int().nullable(),
  /** Folders made for it. */
  createdFolders: z.array(z.string()),
});

/** A change of one file. */
export type WriteFact = z.infer<typeof WriteFact>;

/** Reads the files that a turn starts with. */
export const PrepareEffect = z.object({
  kind: z.literal("prepare"),
  key: z.string(),
  turn: z.string(),
  /** Files wanted, most important first. */
  paths: z.array(z.string()),
  /** File that the task is to change, where one is known. */
  target: z.string().optional(),
  /** Text in which further file names are looked for. */
  mentions: z.string(),
  /** Whether a source is shown only where `mentions` names it: for a question, which says itself what it is about. */
  asked: z.boolean().optional(),
  /** Whether the changes of the run are wanted as a difference. */
  changes: z.boolean(),
  /** Writes of earlier attempts that were taken back: shown as differences. */
  tried: z.array(z.object({ number: z.int(), writes: z.array(WriteFact) })),
  /** Characters all files together may take. */
  room: z.int(),
});

/** Runs a tool call of a specialist. */
export const ToolEffect = z.object({
  kind: z.literal("tool"),
  key: z.string(),
  turn: z.string(),
  role: z.string(),
  access: z.enum(["reads", "writes", "runs", "concludes"]),
  call: CallFact,
  /** Blob with the text of the argument that came as text. */
  text: z.string().optional(),
});

/** Executes the project's checks. */
export const CheckEffect = z.object({
  kind: z.literal("check"),
  key: z.string(),
  cause: z.string(),
});

/** Takes back what an attempt wrote. */
export const TakeBackEffect = z.object({
  kind: z.literal("take_back"),
  key: z.string(),
  /** `task.number` of the attempt. */
  attempt: z.string(),
});

/** Something the run owes the world. */
export const Effect = z.discriminatedUnion("kind", [AskEffect, PrepareEffect, ToolEffect, CheckEffect, TakeBackEffect]);

/** Something the run owes the world. */
export type Effect = z.infer<typeof Effect>;
/** Asks a model. */
export type AskEffect = z.infer<typeof AskEffect>;
/** Reads the files that a turn starts with. */
export type PrepareEffect = z.infer<typeof PrepareEffect>;
/** Runs a tool call of a specialist. */
export type ToolEffect = z.infer<typeof ToolEffect>;
/** Executes the project's checks. */
export type CheckEffect = z.infer<typeof CheckEffect>;
/** Takes back what an attempt wrote. */
export type TakeBackEffect = z.infer<typeof TakeBackEffect>;
