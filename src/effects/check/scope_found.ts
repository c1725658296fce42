import * as z from "zod";

/** A definition that was there before an attempt and is not as it was. */
const ChangedDefinition = z.object({
  /** `Class.method` for one inside a class. */
  name: z.string(),
  how: z.enum(["changed", "removed"]),
  /** Names that matter and that stand in its text, before or after: those that the goal or the task names, those of other changed ones. */
  uses: z.array(z.string()),
  /** Whether a test names it that this run made. */
  tested: z.boolean(),
});

/** What an attempt did to the definitions of a file. */
const ChangedFile = z.object({
  path: z.string(),
  changed: z.array(ChangedDefinition),
  added: z.array(z.string()),
  /** Names that the goal or the task holds and that were defined here. */
  held: z.array(z.string()),
  /** Names of changed definitions that stand in the text of those. */
  helpers: z.array(z.string()),
  /** Names that it offered to other files, and does not any more. */
  unexported: z.array(z.string()),
  /** Definitions whose parameters changed. */
  signatures: z.array(z.string()),
  /** Lines of it before and after. */
  lines: z.tuple([z.int(), z.int()]),
  /** Whether nothing that failing checks name leads to it. */
  apart: z.boolean().optional(),
});

/** What an attempt did to what is defined in the project, as far as it can be told. */
export const ScopeFound = z.object({
  files: z.array(ChangedFile),
  /** Names that the goal or the task holds: whether they were there before the attempt, and are there now; null where too much was to be looked at. */
  wanted: z.array(z.object({ name: z.string(), before: z.boolean(), after: z.boolean().nullable() })),
});

/** What an attempt did to what is defined in the project. */
export type ScopeFound = z.infer<typeof ScopeFound>;

/** What an attempt did to the definitions of a file. */
export type ChangedFile = z.infer<typeof ChangedFile>;
