import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";
import { WriteFact } from "../write_fact.ts";

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

/** Reads the files that a turn starts with. */
export type PrepareEffect = z.infer<typeof PrepareEffect>;

/** A file as a turn starts with it: lines `from` to `to` of `lines`. */
const PreparedFile = z.object({
  path: z.string(),
  text: TextFact,
  lines: z.int(),
  from: z.int(),
  to: z.int(),
  /** SHA-256 of the whole file; absent in older runs. */
  hash: z.string().optional(),
});

/** A file as a turn starts with it: lines `from` to `to` of `lines`. */
export type PreparedFile = z.infer<typeof PreparedFile>;

/** What a turn starts with. */
export const PrepareResult = z.object({
  kind: z.literal("prepare"),
  files: z.array(z.string()),
  texts: z.array(PreparedFile),
  changes: TextFact.nullable(),
  /** Files that were wanted and for which there was no room. */
  unread: z.array(z.string()).optional(),
  /** Blob with the hash of each file of the project by path, as JSON: what a turn writes unseen is meant for that. */
  base: z.string().optional(),
  /** Standards of the project, a sentence each. */
  standards: z.array(z.string()).optional(),
  /** What a review of these changes looks at, a question each. */
  questions: z.array(z.string()).optional(),
  /** Functions of the sources that are shown, by file. */
  definitions: z.record(z.string(), z.array(z.string())).optional(),
  /** Those of the definitions of the task's file to which the failing tests can lead; absent where nobody knows. */
  reached: z.array(z.string()).optional(),
});

/** What a turn starts with. */
export type PrepareResult = z.infer<typeof PrepareResult>;
