import { elapsed } from "../../features/run/elapsed.ts";
import type { State } from "../../features/state.ts";
import { sandboxWords } from "../../features/workspaces/sandbox_words.ts";
import { fitted, type Line, lineCells, type Span, span } from "../line.ts";
import { cut, oneLine } from "../text.ts";
import { runActivity, type Surroundings } from "./activity.ts";
import { duration } from "./words.ts";

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
  if (run.label !== "") left.push(span(` ${oneLine(run.label)} `, "label"), span(" "));
  const project = run.project.split("/").filter((part) => part !== "").at(-1) ?? run.project;
  const over = state.run.ending !== null;
  left.push(span(width < 100 ? cut(oneLine(project), width < 60 ? 12 : 24) : oneLine(project), "strong"));
  const head = lineCells(left);
  if (width >= 56) left.push(span("  "), span(oneLine(run.goal), "dim"));
  const going: Line = [
    span(`${shown.sign} ${oneLine(shown.word)}`, shown.style),
    // Nothing is at work yet whose time is counted, and who waits sees for how long.
    span(`  ${duration(around.isComing === true ? around.now - state.at : elapsed(state, around.now))} `),
  ];
  // Before a run begins nobody has looked what encloses its commands.
  const sandbox = over || around.isComing === true ? null : sandboxWords(state);
  const enclosed: Line = sandbox === null
    ? []
    : [span(sandbox.short, sandbox.kind === "held" ? "dim" : "warned"), span("  ")];
  // A run that is over is in no phase any more.
  const [path, phase] = over ? [[], []] : phaseLines(state.run.phase);
  const ends = [[...path, ...enclosed, ...going], [...phase, ...enclosed, ...going], [...phase, ...going]];
  const room = (end: Line) => width - head - lineCells(end);
  const right = ends.find((end, index) => room(end) >= (index === 0 ? LEAST_GOAL : LEAST_GOAL / 2)) ?? going;
  return [...fitted(left, width - lineCells(right) - 1), span(" "), ...right];
}

/** Where the run is among its phases: the whole way, and the phase alone. */
function phaseLines(phase: string): readonly [path: Line, phase: Line] {
  const here = span(phase.toUpperCase(), "strong");
  // What is not among them takes the place of the work.
  const way = PATH.includes(phase) ? PATH : PATH.map((one) => one === "coding" ? phase : one);
  const path = way.flatMap((one, index): Span[] => [
    ...(index === 0 ? [] : [span(" ▸ ", "dim")]),
    one === phase ? here : span(one, "dim"),
  ]);
  return [[...path, span("  ")], [here, span("  ")]];
}
