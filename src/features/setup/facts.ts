import * as z from "zod";

/** How a new project is set up; paths are relative to it. */
export const PlanFact = z.object({
  /** The language as people call it. */
  called: z.string(),
  /** Whose choice it was: the goal names it, the person answered so, or nobody chose one and it is the proposal. */
  by: z.enum(["goal", "person", "proposal"]),
  name: z.string(),
  /** Commands of the language's own tool, each left out where what it makes is there. */
  commands: z.array(z.object({ words: z.array(z.string()), makes: z.string().optional() })),
  /** Samples of these commands that are taken away. */
  drops: z.array(z.string()),
  /** Texts of files that are written where no command made them. */
  files: z.record(z.string(), z.string()),
  /** Where the code begins, and the file that is run. */
  source: z.string(),
  main: z.string(),
  test: z.string(),
  /** What tests are written with. */
  runner: z.string(),
  starts: z.array(z.array(z.string())),
  /** Whether test and source share their names. */
  sharesNames: z.boolean(),
});

/** How a new project is set up. */
export type PlanFact = z.infer<typeof PlanFact>;

/** What happens to a folder that holds no project yet. */
export const setupFacts = {
  /** The folder holds next to nothing. */
  project_missing: z.object({
    /** Its entries. */
    entries: z.array(z.string()),
    /** Languages whose tools are there, in the order in which they are proposed, each with the way of setting a project up. */
    able: z.array(z.object({ called: z.string(), way: z.string() })),
  }),
  setup_planned: z.object({ plan: PlanFact }),
};
