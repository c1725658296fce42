import type { Panel, Room } from "./panel.ts";
import type { View } from "./ui.ts";

/** A rectangle of terminal cells; the top left cell is 0, 0. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of the screen with the panel that it holds. */
export interface Box {
  /** Id of the panel. */
  readonly id: string;
  /** Its first row is its edge with the title; where it does not stand at the left, its first column parts it from its neighbour. */
  readonly rect: Rect;
}

/** Where everything stands. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly boxes: readonly Box[];
  /** Row that stands for the crew; null where its rail or every thread is visible. */
  readonly crew: number | null;
  /** Row below the panels, which names those that have no room; null where there is none for it. */
  readonly base: number | null;
  readonly question: Rect | null;
  /** Rows of what waits at the gate; null while it is open. */
  readonly gate: Rect | null;
  /** Rows of the commands that fit what is typed, above the input line; null where none is typed. */
  readonly commands: Rect | null;
  readonly input: Rect;
  readonly hint: number;
}

/** What of a panel a layout depends on. */
export type Placed = Pick<Panel, "id" | "role" | "rail" | "room" | "guest">;

/** What a layout depends on. */
export interface Wanted {
  readonly columns: number;
  readonly rows: number;
  /** The threads, the arbiter's first, then the panels beside them. */
  readonly panels: readonly Placed[];
  readonly hosts: number;
  /** Id of the panel that the keys go to. */
  readonly focus: string;
  /** Ids of the threads that the stage is for, in the order of the crew. */
  readonly stage: readonly string[];
  readonly view: View;
  readonly questionRows: number;
  readonly gateRows: number;
  readonly commandRows: number;
  readonly inputRows: number;
}

/** Smallest screen that is of use. */
export const SMALLEST = { columns: 40, rows: 10 };

/** A thread has at least so much room where it is one of several. */
const PANE = { width: 38, height: 8 };

/** A panel of a rail has at least so many rows, its edge included. */
const LEAST_ROWS = 3;

/** Rows that panels need for rails to stand beside the threads. */
const RAIL_ROWS = 19;

/** Columns from which on there is one rail, and two. */
const RAILS_FROM = [110, 140] as const;

/** Content of a frame: inside it, with a cell of air at both sides. */
export function inside(rect: Rect): Rect {
  return { x: rect.x + 2, y: rect.y + 1, width: Math.max(1, rect.width - 4), height: Math.max(0, rect.height - 2) };
}

/** Content of a box: below its edge, with a cell of air at both sides. */
export function contentOf({ x, y, width, height }: Rect): Rect {
  const left = x === 0 ? 1 : 2;
  return { x: x + left, y: y + 1, width: Math.max(1, width - left - 1), height: Math.max(0, height - 1) };
}

/** Of some threads the page that holds a focused one. */
function pageOf(ids: readonly string[], focus: string, capacity: number): readonly string[] {
  if (ids.length <= capacity) return ids;
  const page = Math.max(0, Math.floor(ids.indexOf(focus) / capacity));
  const start = Math.min(page * capacity, ids.length - capacity);
  return ids.slice(start, start + capacity);
}

/** Divides a length into parts as equal as can be. */
function parts(length: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => Math.floor(length * (index + 1) / count) - Math.floor(length * index / count),
  );
}

function grid(ids: readonly string[], area: Rect, across: number): Box[] {
  const lines = Math.ceil(ids.length / across);
  const perLine = parts(ids.length, lines).sort((a, b) => b - a);
  const boxes: Box[] = [];
  let y = area.y;
  let next = 0;
  for (const [line, height] of parts(area.height, lines).entries()) {
    let x = area.x;
    for (const width of parts(area.width, perLine[line]!)) {
      boxes.push({ id: ids[next++]!, rect: { x, y, width, height } });
      x += width;
    }
    y += height;
  }
  return boxes;
}

/** Fewest rows of a panel in a rail of so many rows. */
function leastOf(room: Room | undefined, hosts: number, height: number): number {
  if (room === undefined) return LEAST_ROWS;
  return "share" in room ? room.least ?? LEAST_ROWS : Math.min(room.rows(hosts), Math.floor(height / 3));
}

/** Places panels in a rail. Where there is no room for all, the last ones without the focus are left out, those of plugins first. */
function railBoxes(area: Rect, panels: readonly Placed[], { hosts, focus }: Wanted): Box[] {
  const least = ({ room }: Placed) => leastOf(room, hosts, area.height);
  let shown = panels;
  while (shown.length > 1 && shown.reduce((sum, panel) => sum + least(panel), 0) > area.height) {
    const out = shown.findLast(({ id, guest }) => id !== focus && guest !== undefined) ??
      shown.findLast(({ id }) => id !== focus);
    shown = shown.filter((panel) => panel !== out);
  }
  const shareOf = ({ room }: Placed) => room !== undefined && "share" in room ? room.share : 0;
  const shares = shown.reduce((sum, panel) => sum + shareOf(panel), 0);
  const rest = area.height - shown.reduce((sum, panel) => sum + least(panel), 0);
  let shared = 0;
  let y = area.y;
  return shown.map((panel, index) => {
    const before = shares === 0 ? 0 : Math.floor(rest * shared / shares);
    shared += shareOf(panel);
    const more = shares === 0 ? 0 : Math.floor(rest * shared / shares) - before;
    const height = index === shown.length - 1 ? area.y + area.height - y : least(panel) + more;
    const box = { id: panel.id, rect: { ...area, y, height } };
    y += height;
    return box;
  });
}

/** A rail: what stands in it, and its width. */
interface Rail {
  readonly panels: readonly Placed[];
  readonly width: number;
}

const NO_RAIL: Rail = { panels: [], width: 0 };

/** What stands at the left and at the right of the stage. */
function railsOf({ columns, view, panels }: Wanted, height: number): readonly [left: Rail, right: Rail] {
  const beside = panels.filter(({ role }) => role === undefined);
  const [one, two] = RAILS_FROM;
  if (view !== "stage" || height < RAIL_ROWS || columns < one || beside.length === 0) return [NO_RAIL, NO_RAIL];
  if (columns < two) return [{ panels: beside, width: 36 }, NO_RAIL];
  const rail = (of: readonly Placed[], share: number, least: number, most: number): Rail =>
    of.length === 0 ? NO_RAIL : { panels: of, width: Math.min(most, Math.max(least, Math.floor(columns * share))) };
  return [
    rail(beside.filter(({ rail }) => rail === "left"), 0.21, 34, 46),
    rail(beside.filter(({ rail }) => rail !== "left"), 0.24, 37, 64),
  ];
}

/** The threads, and what else stands among them: a panel with the focus that has no room beside them. */
function amongThreads(wanted: Wanted, area: Rect, hasRails: boolean): Box[] {
  const { panels, focus, stage, view } = wanted;
  // A question may need the whole of a small screen.
  if (area.height < 3) return [];
  if (view === "alone") return [{ id: focus, rect: area }];
  const across = Math.max(1, Math.floor(area.width / PANE.width));
  const capacity = across * Math.max(1, Math.floor(area.height / PANE.height));
  const threads = panels.flatMap(({ id, role }) => role === undefined ? [] : [id]);
  const ids = view === "grid" ? threads : stage;
  const isGuest = !hasRails && !threads.includes(focus);
  const shown = isGuest
    ? [...(capacity === 1 ? [] : pageOf(ids, focus, view === "grid" ? capacity - 1 : 1)), focus]
    : pageOf(ids, focus, capacity);
  return grid(shown, area, across);
}

/**
 * Arranges the screen: title, the stage of threads between the rails of the other panels where there is room, else below a line that
 * stands for the crew and above one that stands for the panels; the question to the person, the gate, the commands that fit, the input line
 * and the hints.
 *
 * @param wanted size, panels, focus
 * @returns where everything stands
 */
export function arrange(wanted: Wanted): Layout {
  const { columns, rows, panels } = wanted;
  const hint = rows - 1;
  const input: Rect = { x: 0, y: hint - wanted.inputRows, width: columns, height: wanted.inputRows };
  const above = (rect: Rect, height: number): Rect | null =>
    height === 0 ? null : { x: 0, y: rect.y - height, width: columns, height };
  const commands = above(input, wanted.commandRows);
  const gate = above(commands ?? input, wanted.gateRows);
  const question = above(gate ?? commands ?? input, wanted.questionRows);
  const bottom = (question ?? gate ?? commands ?? input).y;
  const base = rows >= 20 && bottom >= 9 ? bottom - 1 : null;
  const end = base ?? bottom;
  const [left, right] = railsOf(wanted, end - 1);
  const hasRails = left.width + right.width > 0;
  const place = (top: number): Box[] => {
    const height = end - top;
    const stage: Rect = { x: left.width, y: top, width: columns - left.width - right.width, height };
    const railAt = (rail: Rail, x: number) =>
      rail.width === 0 ? [] : railBoxes({ x, y: top, width: rail.width, height }, rail.panels, wanted);
    return [
      ...railAt(left, 0),
      ...amongThreads(wanted, stage, hasRails),
      ...railAt(right, columns - right.width),
    ];
  };
  const whole = place(1);
  const isWhole = panels.every(({ id, role }) => role === undefined || whole.some((box) => box.id === id));
  const crew = hasRails || isWhole || end < 6 ? null : 1;
  return { columns, rows, boxes: crew === null ? whole : place(2), crew, base, question, gate, commands, input, hint };
}
