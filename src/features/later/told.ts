import { quoteWords } from "../words_of.ts";
import type { TellOf } from "../known.ts";
import type { laterFacts } from "./facts.ts";

/** How commands are told that wait until the work stands in the project. */
export const laterTold: TellOf<keyof typeof laterFacts> = {
  command_postponed: {
    json: ["turn", "attempt", "command", "changes"],
    lines: ({ attempt, command }) => [
      `${attempt.split(".")[0]} wants this run in the project, once its work stands there: ${quoteWords(command)}`,
    ],
    entries: ({ turn, command }, known) => [{
      role: known.roleOf(turn) ?? "",
      kind: "outcome",
      of: turn,
      title: "later",
      text: `noted, to run in the project once the work stands there: ${quoteWords(command)}`,
    }],
    parts: ({ turn, command }) => [{ of: [turn], text: `── noted for the project: ${quoteWords(command)}` }],
  },
};
