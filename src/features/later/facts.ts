import * as z from "zod";

/** Facts about commands that change the project itself. */
export const laterFacts = {
  /** A command was not run in a copy of the project: it is to run in the project once the work of its attempt stands there. */
  command_postponed: z.object({
    turn: z.string(),
    /** `task.number`. */
    attempt: z.string(),
    command: z.array(z.string()),
    changes: z.enum(["dependencies", "repository"]),
  }),
};
