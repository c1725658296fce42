import * as z from "zod";

/** Facts about where attempts work. */
export const workspaceFacts = {
  /** Attempts may work in copies of the project: what of a sandbox there is around their commands. */
  workspaces_offered: z.object({
    /** Tier of the sandbox. */
    tier: z.string(),
    /** Why there is no better one, in a sentence; null for the best. */
    why: z.string().nullable(),
    /** Whether commands may reach the network. */
    network: z.boolean(),
  }),
};
