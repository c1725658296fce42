import { variantOf } from "../../prompt/variant_of.ts";
import { byRules } from "../../features/arbiter/by_rules.ts";
import { allDecisions, legalDecisions } from "../../features/decisions/kinds.ts";
import { decisionAtWork } from "../../features/decisions/slice.ts";
import { promptOfRole } from "../../features/prompt_of_role.ts";
import type { AskKind } from "../../features/registry.ts";
import { arbiterBrief } from "../../prompt/arbiter_brief.ts";
import { decisionComplexity } from "../../prompt/complexity.ts";
import { charsOfDecision } from "../../prompt/expected_chars.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { reminderTail } from "../../prompt/reminder.ts";
import { systemSections } from "../../prompt/system_sections.ts";
import { readCalls } from "../read_calls.ts";

/** The arbiter's next step. */
export const decide: AskKind = {
  purpose: "decide",
  ability: "decision",
  prompt(state, registry, ask, frame) {
    const variant = variantOf(frame.billions ?? null);
    const declared = allDecisions(registry);
    const legal = legalDecisions(state, registry).filter((tool) => ask.legal.includes(tool.name));
    const illegal = declared.filter((tool) => !legal.some((one) => one.name === tool.name)).map(({ name }) => name);
    const examples = promptOfRole(registry, ask.role)?.examples ?? [];
    const system = systemSections(state, registry, frame, { ask, rules: null, examples, declared, variant, known: {} });
    return layOut(ask, registry, frame, meterOf(frame), {
      system,
      brief: arbiterBrief(state, registry, ask, illegal, frame.way),
      exchange: null,
      summary: null,
      tail: reminderTail(state, registry, ask.role, legal, frame.way),
      declared,
      legal,
      complexity: decisionComplexity(state),
      variant,
    });
  },
  chars: charsOfDecision,
  read: (answer) => readCalls(answer),
  denied: (state, registry, _ask, over) => decisionAtWork(state) === null ? [byRules(state, registry, over.text)] : [],
};
