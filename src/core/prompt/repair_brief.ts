import { isTestPath } from "../plan.ts";
import type { RepairForm } from "../repair.ts";
import type { State, Turn } from "../state.ts";
import { headOnly } from "./head_only.ts";
import type { Meter } from "./meter.ts";
import type { Section } from "./section.ts";
import { checkSections, fileSections, messageSections, pastSections } from "./turn_brief.ts";

/**
 * Writes what a small model is told when the text of a repair is asked for by itself: the task, what fails, the files, what was tried.
 * For a text that is to be written anew the body of its function is left out, and with it what shows that body in other words.
 *
 * @param state what is so
 * @param turn the turn, the call first among its calls
 * @param form how the text is asked for
 * @param meter reads the files
 * @returns parts of the message
 */
export function repairBrief(state: State, turn: Turn, form: RepairForm, meter: Meter): Section[] {
  const task = state.tasks.find((one) => one.id === state.attempt?.task) ?? null;
  const files = fileSections(turn, task?.target ?? null);
  const message = messageSections(state, turn);
  if (form === "repair") {
    return [...message, ...files, ...checkSections(state, turn, task), ...pastSections(state, turn, task, 1)];
  }
  const { path, function: name } = turn.calls[0]?.arguments ?? {};
  const shown = files.map((section, index) => {
    const file = turn.prepared!.texts[index]!;
    const text = file.path === path ? meter.text(file.text) : null;
    const head = text === null ? null : headOnly(text, String(name));
    return head === null ? section : { ...section, pieces: [`# File ${file.path}\n\`\`\`\n`, head, "\n```"] };
  });
  const told = turn.prepared?.texts.some((file) => isTestPath(file.path)) === true;
  return [...message, ...shown, ...(told ? [] : checkSections(state, turn, task))];
}
