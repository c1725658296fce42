import { elapsed } from "../../features/run/elapsed.ts";
import type { State } from "../../features/state.ts";
import { sandboxWords } from "../../features/workspaces/sandbox_words.ts";
import { type Line, type Span, span, spread } from "../line.ts";
import { cut, oneLine } from "../text.ts";
import { runActivity } from "./activity.ts";
import { duration, PHASE_WORDS } from "./words.ts";

/**
 * Lays out the title bar: label, project, goal; phase, state and time.
 *
 * @param state the run; null before one
 * @param title word for the left edge where no run has begun
 * @param now ms since the epoch
 * @param width cells
 */
export function titleLine(state: State | null, title: string, now: number, width: number): Line {
  const run = state?.run.info ?? null;
  if (state === null || run === null) return [span(` ${oneLine(title)}`, "strong")];
  const shown = runActivity(state);
  const left: Span[] = [span(" ")];
  if (run.label !== "") left.push(span(` ${oneLine(run.label)} `, "mark"), span(" "));
  const project = run.project.split("/").filter((part) => part !== "").at(-1) ?? run.project;
  const over = state.run.ending !== null;
  left.push(span(width < 100 ? cut(oneLine(project), 24) : oneLine(project), "strong"));
  if (width >= 56) left.push(span("  "), span(oneLine(run.goal), "dim"));
  // A run that is over is in no phase any more.
  const right: Span[] = width < 56 || over ? [] : [span(PHASE_WORDS[state.run.phase] ?? state.run.phase), span("  ")];
  const sandbox = width < 80 || over ? null : sandboxWords(state);
  if (sandbox !== null) right.push(span(sandbox.short, sandbox.kind === "held" ? "dim" : "warn"), span("  "));
  right.push(span(`${shown.sign} ${shown.word}`, shown.style), span(`  ${duration(elapsed(state, now))} `));
  return spread(left, right, width);
}
