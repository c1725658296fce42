import { oneLine } from "../../kernel/say.ts";
import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { criteriaFacts } from "./facts.ts";
import type { Criterion } from "./slice.ts";

/** How criteria are shown, for people. */
const SHOWN: Readonly<Record<Criterion["how"], string>> = {
  test: "a new test shows it",
  command: "what its command prints shows it",
  check: "the checks that are there show it",
  eye: "for the eye",
};

/** Says a criterion to a person, in a line. */
export function criterionLine({ text, how }: Criterion, number: number): string {
  return `criterion ${number}: ${oneLine(text, 300)} (${SHOWN[how]})`;
}

/** How criteria are told. */
export const criteriaTold: TellOf<keyof typeof criteriaFacts> = {
  criteria_made: {
    json: ({ criteria, by }) => ({
      criteria: criteria.map((criterion) => pick(criterion, "text", "how", "examples")),
      by,
    }),
    lines: ({ criteria }) => criteria.map((criterion, index) => criterionLine(criterion, index + 1)),
  },
};
