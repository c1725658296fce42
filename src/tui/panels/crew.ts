import { type Line, span } from "../line.ts";
import type { Panel, Scene, Size } from "../panel.ts";
import { cardLines } from "../select/header.ts";
import { rolesAtWork } from "../stage.ts";

/** Rows of a card: of a thread at work, of the others where there is room, and of all where there is none. */
const ROWS = { atWork: 3, resting: 2, least: 1 };

/** Every thread of the crew with a card: those at work have the most rows, whatever room the others leave. */
export const crew: Panel = {
  id: "crew",
  key: null,
  rail: "left",
  room: { share: 1, least: 8 },
  title: () => "crew",
  note: ({ ui }) => [span(ui.pinned === null ? "follows" : "0: follow", ui.pinned === null ? "dim" : "warned")],
  lines: crewLines,
};

function crewLines(scene: Scene, { width, height }: Size): readonly Line[] {
  const threads = scene.panels.filter(({ role }) => role !== undefined);
  const working = rolesAtWork(scene.state, threads.flatMap(({ role }) => role ?? []));
  const isAtWork = (role: string | undefined) => working.includes(role ?? "");
  const cards = (atWork: number, resting: number): Line[] =>
    threads.flatMap((panel) => cardLines(scene, panel, width, isAtWork(panel.role) ? atWork : resting));
  const { atWork, resting, least } = ROWS;
  const some = [cards(atWork, resting), cards(atWork, least), cards(resting, least), cards(least, least)];
  return some.find((lines) => lines.length <= height) ?? some.at(-1)!;
}
