import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";
import { ScopeFound } from "./scope_found.ts";

/** Executes the project's checks. */
export const CheckEffect = z.object({
  kind: z.literal("check"),
  key: z.string(),
  cause: z.string(),
  /** Whether the run ends by it: what was built meanwhile is put away first. */
  last: z.boolean().optional(),
});

/** Executes the project's checks. */
export type CheckEffect = z.infer<typeof CheckEffect>;

/** One named result of a check, as stored. */
export const CheckFact = z.object({
  name: z.string(),
  passed: z.boolean(),
  evidence: z.string(),
  files: z.array(z.string()),
  /** Whether only tests give it that this run made. */
  added: z.boolean().optional(),
});

/** One named result of a check, as stored. */
export type CheckFact = z.infer<typeof CheckFact>;

/** What one round of checks gave. */
export const CheckRound = z.object({
  kind: z.literal("check"),
  results: z.array(CheckFact),
  commands: z.array(z.string()),
  output: TextFact,
  ms: z.int(),
  /** Whether a command was ended because its time was over. */
  hung: z.boolean().optional(),
  /** Of the first round: files that the checks change though nothing was changed. */
  habits: z.array(z.string()).optional(),
  /** Of the first round: what results have in common whose names differ each time. */
  changing: z.array(z.string()).optional(),
  /** Files that judge the work and that the checks changed meanwhile: they were put back. */
  touched: z.array(z.string()).optional(),
  /** Such files that are not what they were, and too large to be put back: no result counts. */
  lost: z.array(z.string()).optional(),
  /** Such files that changed meanwhile once and not again: they stand as they became, and are to be judged so. */
  unsure: z.array(z.string()).optional(),
  /** Such files that something had changed before, put back for this round. */
  putBack: z.array(z.string()).optional(),
  /** Where the checks were executed in a copy: blob with the hash of each file of the project that it was made of. */
  base: z.string().optional(),
  /** Files of an attempt that were merged with what the project holds now. */
  merged: z.array(
    z.object({
      path: z.string(),
      original: z.string().nullable(),
      current: z.string().nullable(),
      mode: z.int().nullable(),
    }),
  ).optional(),
  /** Tests that this run made. */
  newTests: z.array(z.object({
    path: z.string(),
    hash: z.string(),
    /** Its beginning; absent in older runs. */
    shows: z.string().optional(),
  })).optional(),
  /** Sources that take hold of their own test runner and did not when the run began. */
  holding: z.array(z.object({ path: z.string(), hash: z.string(), line: z.string() })).optional(),
  /** Tests that were there and in which the run changed names that the goal renames: they stand so. */
  renamed: z.array(z.object({ path: z.string(), hash: z.string() })).optional(),
  /** Of an attempt: what it did to definitions. */
  scope: ScopeFound.optional(),
});

/** What one round of checks gave. */
export type CheckRound = z.infer<typeof CheckRound>;
