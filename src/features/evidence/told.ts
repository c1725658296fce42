import type { TellOf } from "../known.ts";
import type { evidenceFacts } from "./facts.ts";

/** How the yes to new tests is told. */
export const evidenceTold: TellOf<keyof typeof evidenceFacts> = {
  tests_accepted: {
    json: ["ahead"],
    lines: ({ ahead }) => [
      ahead ? "yes ahead to new tests that fail on the old code and pass on the new" : "yes to the new tests",
    ],
  },
};
