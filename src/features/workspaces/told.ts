import type { TellOf } from "../known.ts";
import type { workspaceFacts } from "./facts.ts";

/** How the place of attempts is told. */
export const workspacesTold: TellOf<keyof typeof workspaceFacts> = {
  workspaces_offered: {
    json: ["tier", "why", "network"],
    lines: ({ tier, why }) => [why === null ? `sandbox: ${tier}` : `sandbox: ${tier} (${why})`],
  },
};
