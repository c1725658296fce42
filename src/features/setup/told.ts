import { oneLine } from "../../kernel/say.ts";
import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { setupFacts } from "./facts.ts";
import type { Plan } from "./slice.ts";

/** Whose choice a language was. */
export const CHOSEN_BY: Readonly<Record<Plan["by"], string>> = {
  goal: "as the goal says",
  person: "as you said",
  proposal: "as proposed, since nobody chose one",
};

/** How a new project is told. */
export const setupTold: TellOf<keyof typeof setupFacts> = {
  project_missing: { json: ["entries", "able"], lines: () => ["the folder holds no project yet"] },
  setup_planned: {
    json: ({ plan }) => pick(plan, "called", "by", "name", "source", "test"),
    lines: ({ plan: { called, by, source, test } }) => [
      `a new project in ${called}, ${CHOSEN_BY[by]}: ${oneLine(source)}, tested by ${oneLine(test)}`,
    ],
  },
};
