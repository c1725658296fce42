import * as z from "zod";

/** Facts about accepted work in version control. */
export const commitFacts = {
  /** Accepted work is to be committed on a branch of its own. */
  branch_wanted: z.object({
    branch: z.string(),
    /** Id of the commit that the branch begins at. */
    base: z.string(),
    /** Whether the project keeps the work, too; else it is taken back there once it is committed. */
    kept: z.boolean(),
  }),
  /** Accepted work stands on the branch, a commit for each task, oldest first. */
  work_committed: z.object({
    branch: z.string(),
    /** Id of the commit that the branch ends at. */
    tip: z.string(),
    commits: z.array(z.object({ task: z.string(), commit: z.string() })),
  }),
  /** Accepted work could not be committed; it stands in the project. */
  work_uncommitted: z.object({ branch: z.string(), why: z.string() }),
};
