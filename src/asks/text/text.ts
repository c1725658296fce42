import { variantOf } from "../../prompt/variant_of.ts";
import { stepOf } from "../../features/attempts/strategy_of.ts";
import type { AskKind, TextForm } from "../../features/registry.ts";
import { askForText } from "../../prompt/ask_for_text.ts";
import { complexityOf } from "../../prompt/complexity.ts";
import { charsOfBrief, charsOfReminder, charsOfTurn } from "../../prompt/expected_chars.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { promptText } from "../../prompt/prompt_text.ts";
import { textReminderOf } from "../../prompt/reminder.ts";
import { charsOfTold, repairBrief } from "../../prompt/repair_brief.ts";
import { turnParts } from "../../prompt/turn_parts.ts";
import { endsTurn, isOver, turnOf } from "../work/work.ts";
import { readContent } from "./read_content.ts";

/** Files in `prompts/` for a text that is asked for by itself. */
const BY_ITSELF = {
  repair: "repair.md",
  anew: "repair.md",
  test: "new_test.md",
  wish: "new_code.md",
} as const satisfies Record<TextForm, string>;
/** Characters of the words that ask for it. */
const WORDS = 700;

/** The code or prose of a call that was just made. */
export const text: AskKind = {
  purpose: "text",
  ability: "work",
  isText: true,
  prompt(state, registry, ask, frame) {
    const turn = turnOf(state, ask);
    const variant = variantOf(frame.billions ?? null);
    const meter = meterOf(frame);
    const { form } = stepOf(state, registry, turn);
    const again = textReminderOf(state, registry, ask.role);
    const message = askForText(state, registry, turn, form);
    const tail = [again === null ? message : { ...message, pieces: [`${again}\n`, ...message.pieces] }];
    const parts = turnParts(state, registry, ask, turn, frame, variant);
    if (form === null) return layOut(ask, registry, frame, meter, { ...parts, tail, legal: [] });
    // A small model is asked for such a text by itself: declarations and calls before it make it copy what it saw.
    return layOut(ask, registry, frame, meter, {
      system: [{
        name: "role",
        priority: 0,
        pieces: [promptText(state, registry, BY_ITSELF[form], ask.role, variant)],
      }],
      brief: repairBrief(state, registry, turn, form, meter),
      exchange: [],
      summary: null,
      tail,
      declared: parts.declared,
      legal: [],
      complexity: complexityOf(state, turn),
      variant,
    });
  },
  chars(state, registry, ask) {
    const turn = turnOf(state, ask);
    const { form } = stepOf(state, registry, turn);
    if (form === null) return charsOfTurn(state, registry, ask) + WORDS;
    const role = registry.prompts[BY_ITSELF[form]]?.text.length ?? 0;
    return role + charsOfBrief(state, turn) + charsOfTold(turn) + charsOfReminder(state, ask.role) + WORDS;
  },
  read: readContent,
  orphan: isOver,
  denied: endsTurn,
};
