import { isFurtherSeat, roleOfSeat } from "../../features/seats/seat.ts";
import { type Line, lineCells, type Look, type Span, span } from "../line.ts";
import type { Panel, Scene } from "../panel.ts";
import { activityOf } from "./activity.ts";

/** Cells of the edge before the first words of the row below the panels. */
const LEAD = 2;

/**
 * Lays out the line that stands for the crew: each thread with its key, its name and a sign of what it does; as much of the names as there is
 * room for.
 *
 * @param scene the run and the screen's own state
 * @param width cells
 */
export function crewLine(scene: Scene, width: number): Line {
  const { state, store, ui, panels, shown } = scene;
  const threads = panels.filter(({ role }) => role !== undefined);
  const line = (most: number): Line =>
    threads.flatMap(({ id, key, role = "" }): Span[] => {
      const { sign, style } = activityOf(state, role, store.signals());
      const isFocused = id === ui.focus;
      // A seat stands behind its role, whose name it need not repeat.
      const own = isFurtherSeat(role) ? role.slice(roleOfSeat(role).length) : role;
      const name = isFocused
        ? role
        : own.length <= Math.max(2, most)
        ? own
        : most === 0
        ? ""
        : `${own.slice(0, most)}.`;
      const words = [key ?? "", name].filter((word) => word !== "").join(" ");
      return [
        span(words, isFocused ? "focus" : shown.includes(id) ? "strong" : "plain"),
        span(` ${sign}  `, style),
      ];
    });
  const follows: Line = ui.pinned === null ? [] : [span("0", "key"), span(": follow", "dim")];
  const lines = [Infinity, 8, 5, 3, 0].map((most): Line => [span(" "), ...line(most), ...follows]);
  return lines.find((one) => lineCells(one) <= width) ?? [span(" "), ...line(0)];
}

/**
 * Lays out the row below the panels: it names those that have no room, each in a few words, the last at the right end; those of plugins
 * where they fit whole.
 *
 * @param scene the run and the screen's own state
 * @param width cells
 */
export function baseLine(scene: Scene, width: number): Line {
  const { panels, shown, look } = scene;
  const unseen = panels.filter(({ id, brief }) => brief !== undefined && !shown.includes(id));
  const briefsOf = (some: readonly Panel[]) =>
    some.flatMap(({ brief }) => brief === undefined ? [] : [brief(scene)]).filter((line) => line.length > 0);
  const own = briefsOf(unseen.filter(({ guest }) => guest === undefined));
  const guests = briefsOf(unseen.filter(({ guest }) => guest !== undefined));
  const right = own.length > 1 ? own.at(-1)! : [];
  const kept: Line[] = [];
  let room = width - LEAD * 2 - (right.length === 0 ? 0 : lineCells(right) + LEAD);
  for (const line of [...right.length === 0 ? own : own.slice(0, -1), ...guests]) {
    if (lineCells(line) + LEAD + 1 > room && kept.length > 0) continue;
    room -= lineCells(line) + LEAD + 2;
    kept.push(line);
  }
  const left = kept.flatMap((line): Line => [rule(LEAD, look), span(" "), ...line, span(" ")]);
  const end: Line = right.length === 0 ? [] : [span(" "), ...right, span(" "), rule(LEAD, look)];
  return [...left, rule(Math.max(0, width - lineCells(left) - lineCells(end)), look), ...end];
}

function rule(width: number, { signs }: Look): Span {
  return span(signs.across.repeat(width), "dim");
}
