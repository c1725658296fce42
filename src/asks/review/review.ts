import { variantOf } from "../../prompt/variant_of.ts";
import { promptOfRole } from "../../features/prompt_of_role.ts";
import type { AskKind } from "../../features/registry.ts";
import { decisionComplexity } from "../../prompt/complexity.ts";
import { charsOfReminder, charsOfSystem, charsOfTools } from "../../prompt/expected_chars.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { reminderTail } from "../../prompt/reminder.ts";
import { systemSections } from "../../prompt/system_sections.ts";
import { readCalls } from "../read_calls.ts";
import { charsOfReview, reviewBrief } from "./review_brief.ts";
import { reviewDecisions } from "./review_decisions.ts";
import { verdicts } from "./verdicts.ts";

/** The arbiter's look at a message before it goes on. */
export const review: AskKind = {
  purpose: "review",
  ability: "decision",
  prompt(state, registry, ask, frame) {
    const variant = variantOf(frame.billions ?? null);
    const declared = reviewDecisions(registry);
    const examples = promptOfRole(registry, ask.role)?.examples ?? [];
    const system = systemSections(state, registry, frame, { ask, rules: null, examples, declared, variant, known: {} });
    return layOut(ask, registry, frame, meterOf(frame), {
      system,
      brief: reviewBrief(state, registry, ask.message ?? ""),
      exchange: null,
      summary: null,
      tail: reminderTail(state, registry, ask.role, declared, frame.way),
      declared,
      legal: declared.filter(({ name }) => ask.legal.includes(name)),
      complexity: decisionComplexity(state),
      variant,
    });
  },
  chars: (state, registry, ask) =>
    charsOfSystem(registry, ask, null) + charsOfTools(reviewDecisions(registry)) + charsOfReminder(state, ask.role) +
    charsOfReview(state, ask.message ?? ""),
  read: (answer) => readCalls(answer, false),
  denied: (_state, _registry, ask) => [{
    type: "message_reviewed",
    id: ask.message ?? "",
    verdict: "passed: the arbiter's budget is spent",
    by: "rules",
  }],
  feature: verdicts,
};
