import type { Question } from "../features/people/slice.ts";
import { writing } from "./drafts.ts";
import type { Scene } from "./panel.ts";
import { type Pressed, told, type Ui, wished } from "./ui.ts";

/** Goes to the input line to answer, which begins with what is proposed. */
export function answering(ui: Ui, { id, proposes = "" }: Question): Ui {
  const at = writing(ui, { kind: "answer", question: id });
  return at.editor.text === "" ? { ...at, editor: { text: proposes, cursor: proposes.length } } : at;
}

/**
 * Approves or denies what is asked, or agrees to what is proposed, once all of it could be read.
 *
 * @param approved whether it is a yes
 */
export function judgeAsked({ state, ui, asked }: Scene, approved: boolean): Pressed {
  const question = state.people.questions[0];
  if (question === undefined) return told(ui, "Nothing is asked of you now.");
  const isOpen = question.kind === "input" && question.proposes === undefined;
  if (isOpen && approved) return { ui: answering(ui, question) };
  // What nobody could read is not approved: neither the rest of a long one nor one that has just come.
  if (approved && (asked?.id !== question.id || !asked.whole)) {
    const keys = question.kind === "input"
      ? "{pane.approve} agrees, {pane.write} edits"
      : "{pane.approve} approves, {pane.deny} denies";
    return told({ ...ui, overlay: "question" }, `Here is all of it; ${keys}.`);
  }
  const isInput = question.kind === "input";
  const done = approved ? isInput ? "Agreed." : "Approved." : isInput ? "Left unanswered." : "Denied.";
  return wished(ui, { kind: "answer", question: question.id, approved, text: "" }, done);
}
