import * as z from "zod";

/** A command and what it prints: the proof of what a person can type and see. */
export const CommandProof = z.object({
  words: z.array(z.string()),
  /** One line of what it prints, or all of it. */
  prints: z.string(),
  /** Whether it may end with another exit code than 0. */
  mayFail: z.boolean(),
});

/** A command and what it prints. */
export type CommandProof = z.infer<typeof CommandProof>;

/** What shall be true once a wish is fulfilled, and how that can be shown. */
export const CriterionFact = z.object({
  /** A sentence; where it was given, word for word. */
  text: z.string(),
  /** test: a new test shows it; command: a command and what it prints; check: the checks that are there show it; eye: only a person can see it. */
  how: z.enum(["test", "command", "check", "eye"]),
  /** What it is about: a function, an option, a new name or a file that is to be there, or what the code does. */
  kind: z.enum(["function", "option", "rename", "file", "behaviour"]),
  /** Names that it speaks of and that are to be there: a test of it names one of them. */
  names: z.array(z.string()),
  /** Examples of calls and what they give, word for word. */
  examples: z.array(z.string()),
  /** Commands that show it by what they print; absent where none does. */
  commands: z.array(CommandProof).optional(),
});

/** What shall be true once a wish is fulfilled. */
export type CriterionFact = z.infer<typeof CriterionFact>;

/** What a goal was understood as. */
export const criteriaFacts = {
  criteria_made: z.object({
    criteria: z.array(CriterionFact),
    /** Whose they are: `given` by the person, the goal itself read by `rules`, or a role. */
    by: z.string(),
    /** Whether they are what was proposed, since the goal leaves open what shall be true and nobody said it. */
    proposed: z.boolean().optional(),
  }),
};
