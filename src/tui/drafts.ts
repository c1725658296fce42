import { BLANK } from "./editor.ts";
import type { Aim, Ui } from "./ui.ts";

/** What a draft belongs to: another thread or another question has one of its own. */
function addressOf(aim: Aim): string {
  return `${aim.kind} ${aim.kind === "say" ? aim.to : aim.kind === "answer" ? aim.question : ""}`;
}

/**
 * Goes to the input line, to what was written there for that address before: no draft goes to another one.
 *
 * @param ui the screen's own state
 * @param aim what the text is for
 */
export function writing(ui: Ui, aim: Aim): Ui {
  const address = addressOf(aim);
  const last = ui.writtenFor === null ? address : addressOf(ui.writtenFor);
  if (last === address) return { ...ui, aim, writtenFor: aim };
  const { [address]: known = BLANK, ...others } = ui.drafts;
  const drafts = ui.editor.text === "" ? others : { ...others, [last]: ui.editor };
  return { ...ui, aim, writtenFor: aim, editor: known, drafts, recalled: null };
}
