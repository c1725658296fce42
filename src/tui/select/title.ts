import { elapsed } from "../../features/run/elapsed.ts";
import type { State } from "../../features/state.ts";
import { sandboxWords } from "../../features/workspaces/sandbox_words.ts";
import { type Line, lineCells, type Span, span, spread } from "../line.ts";
import { cut, oneLine } from "../text.ts";
import { runActivity, type Surroundings } from "./activity.ts";
import { duration, PHASE_WORDS } from "./words.ts";

/** Phases in their natural order, as they are shown on the way of a run. */
const PATH = ["planning", "coding", "qa", "documentation"];

/** Goals are not cut below so many cells for the way through the phases. */
const LEAST_GOAL = 24;

/**
 * Lays out the title bar: label, project, goal; the way through the phases, what goes on, and the time.
 *
 * @param state the run; null before one
 * @param title word for the left edge where no run has begun
 * @param around the time, the hosts and the roles with a thread
 * @param width cells
 */
export function titleLine(state: State | null, title: string, around: Surroundings, width: number): Line {
  const run = state?.run.info ?? null;
  if (state === null || run === null) return [span(` ${oneLine(title)}`, "strong")];
  const shown = runActivity(state, around);
  const left: Span[] = [span(" ")];
  if (run.label !== "") left.push(span(` ${oneLine(run.label)} `, "mark"), span(" "));
  const project = run.project.split("/").filter((part) => part !== "").at(-1) ?? run.project;
  const over = state.run.ending !== null;
  left.push(span(width < 100 ? cut(oneLine(project), width < 60 ? 12 : 24) : oneLine(project), "strong"));
  const head = lineCells(left);
  if (width >= 56) left.push(span("  "), span(oneLine(run.goal), "dim"));
  const right: Span[] = [];
  const sandbox = width < 80 || over ? null : sandboxWords(state);
  if (sandbox !== null) right.push(span(sandbox.short, sandbox.kind === "held" ? "dim" : "warn"), span("  "));
  const time = `  ${duration(elapsed(state, around.now))} `;
  right.push(span(`${shown.sign} ${oneLine(shown.word)}`, shown.style), span(time));
  // A run that is over is in no phase any more.
  if (over || width < 56) return spread(left, right, width);
  const room = width - lineCells(right) - head - LEAST_GOAL;
  return spread(left, [...phaseSpans(state.run.phase, room), span("  "), ...right], width);
}

/** Where the run is among its phases: the whole way where there is room, else the phase alone. */
function phaseSpans(phase: string, room: number): readonly Span[] {
  const word = (one: string) => PHASE_WORDS[one] ?? one;
  const here = span(`${word(phase).toUpperCase()}`, "strong");
  const way = PATH.includes(phase) ? PATH : PATH.map((one) => one === "coding" ? phase : one);
  const path = way.flatMap((one, index): Span[] => [
    ...(index === 0 ? [] : [span(" ▸ ", "dim")]),
    one === phase ? here : span(word(one), "dim"),
  ]);
  return lineCells(path) <= room ? path : [here];
}
