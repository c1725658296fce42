import { BLANK } from "./editor.ts";
import type { Aim, Ui } from "./ui.ts";

/** What the draft of a goal belongs to. */
const GOAL = addressOf({ kind: "goal" });

/** What a draft belongs to: another thread, another question or another message has one of its own. */
function addressOf(aim: Aim): string {
  switch (aim.kind) {
    case "say":
      return `say ${aim.to}`;
    case "answer":
      return `answer ${aim.question}`;
    case "edit":
      return `edit ${aim.message}`;
    default:
      return aim.kind;
  }
}

/**
 * Goes to the input line, to what was written there for that address before: no draft goes to another one.
 *
 * @param ui the screen's own state
 * @param aim what the text is for
 */
export function writing(ui: Ui, aim: Aim): Ui {
  const address = addressOf(aim);
  const last = ui.writtenFor === null ? null : addressOf(ui.writtenFor);
  const isHere = last === null ? ui.editor.text !== "" : last === address;
  if (isHere) return { ...ui, aim, writtenFor: aim };
  const { [address]: known = BLANK, ...others } = ui.drafts;
  const drafts = last === null || ui.editor.text === "" ? others : { ...others, [last]: ui.editor };
  return { ...ui, aim, writtenFor: aim, editor: known, drafts, recalled: null };
}

/** Leaves of all that was written and not sent the next goal alone: that is of no run. */
export function withGoalAlone(ui: Ui): Ui {
  const { aim, writtenFor } = ui;
  const hasMadeRoom = aim?.kind === "edit" || aim?.kind === "command" || aim?.kind === "history";
  const last = hasMadeRoom ? ui.draft : ui.editor;
  const goal = writtenFor?.kind === "goal" ? last : ui.drafts[GOAL] ?? BLANK;
  const drafts = goal.text === "" ? {} : { [GOAL]: goal };
  return { ...ui, editor: BLANK, draft: BLANK, writtenFor: null, recalled: null, drafts };
}

/** Goes to the text of a message, as it was left there where that was not kept yet; the draft from before comes back behind it. */
export function editing(ui: Ui, { id, text }: { readonly id: string; readonly text: string }): Ui {
  const aim: Aim = { kind: "edit", message: id, began: text };
  const editor = ui.drafts[addressOf(aim)] ?? { text, cursor: text.length };
  return { ...ui, aim, editor, draft: ui.editor, recalled: null };
}

/**
 * Gives the keys back to the panels. What was being written stays; the edit of a message and the palette make room for the draft from
 * before, and what is different of the message waits for its next edit.
 */
export function leaveInput(ui: Ui): Ui {
  const { aim, editor } = ui;
  if (aim?.kind !== "edit" && aim?.kind !== "command") return { ...ui, aim: null };
  const left = { ...ui, aim: null, editor: ui.draft, draft: BLANK, recalled: null };
  if (aim.kind === "command") return left;
  const address = addressOf(aim);
  const { [address]: _before, ...others } = ui.drafts;
  const isKept = editor.text.trim() !== "" && editor.text !== aim.began;
  return { ...left, drafts: isKept ? { ...others, [address]: editor } : others };
}
