import { applyChange } from "./apply_change.ts";
import { type Hunk, readChange } from "./change.ts";
import { withoutLineNumbers } from "./without_line_numbers.ts";
import { say, type Wording } from "../sentences/say.ts";

/** What is known of a text that was written. */
export interface KnownText extends Wording {
  /** Path of the file that it is for. */
  readonly path?: string;
  /** The text whose place it takes, where that is known: the file, or the part of it. */
  readonly original?: string;
  /** Label of the fence that it stood in. */
  readonly label?: string;
}

/** The text as it is to stand in the file, or a fault that a model can act on. */
export type MeantText = { readonly text: string } | { readonly fault: string };

/**
 * Understands a text that was written for a file: the numbers before its lines are taken off, and a change (a diff, SEARCH/REPLACE, a
 * patch) is applied to what it changes. What cannot be understood is refused: it never stands in a file as it is.
 * @param text code or prose
 * @param known the file and the text whose place it takes
 * @returns the text, or the fault
 */
export function textAsMeant(text: string, known: KnownText = {}): MeantText {
  const plain = withoutLineNumbers(text, known);
  const change = readChange(plain, known);
  if (change === null) return { text: plain };
  if ("whole" in change) return { text: change.whole };
  if ("fault" in change) return { fault: refusal(change.form, change.fault, known) };
  return changedText(change.form, change.hunks, known);
}

/** @param form how the change is written @returns the text with a change applied, or the fault */
export function changedText(form: keyof typeof FORMS, hunks: readonly Hunk[], known: KnownText): MeantText {
  if (known.original === undefined) return { fault: refusal(form, "alone", known) };
  const applied = applyChange(known.original, hunks);
  return "text" in applied ? applied : { fault: refusal(form, applied.fault, known) };
}

const FORMS = {
  diff: "text.form_diff",
  search: "text.form_search",
  patch: "text.form_patch",
  edit: "text.form_edit",
} as const;
const REASONS = {
  alone: "text.change_alone",
  unreadable: "text.change_unreadable",
  other_file: "text.change_other_file",
  not_found: "text.change_not_found",
  often: "text.change_often",
  nothing: "text.change_nothing",
} as const;

function refusal(form: keyof typeof FORMS, reason: keyof typeof REASONS, known: KnownText): string {
  const what = known.path === undefined
    ? say(known, "text.asked_for")
    : say(known, "text.asked_for_of", { path: known.path });
  return say(known, "text.change", { form: say(known, FORMS[form]), why: say(known, REASONS[reason]), what });
}
