import type { Panel, Room } from "./panel.ts";

/** A rectangle of terminal cells; the top left cell is 0, 0. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A frame on the screen with the panel that it holds. */
export interface Box {
  /** Id of the panel. */
  readonly id: string;
  /** Its frame; the content is one cell smaller on each side, two at the left and right. */
  readonly rect: Rect;
}

/** Where everything stands. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly boxes: readonly Box[];
  /** Row of the tabs; null when every thread is visible. */
  readonly tabs: number | null;
  /** Row that stands for the side panels; null when there is no room, or when they are visible. */
  readonly summary: number | null;
  readonly question: Rect | null;
  /** Row of what waits at the gate; null while it is open. */
  readonly gate: Rect | null;
  /** Rows of the commands that fit what is typed, above the input line; null where none is typed. */
  readonly commands: Rect | null;
  readonly input: Rect;
  readonly hint: number;
}

/** What of a panel a layout depends on. */
export type Placed = Pick<Panel, "id" | "role" | "room" | "guest">;

/** What a layout depends on. */
export interface Wanted {
  readonly columns: number;
  readonly rows: number;
  /** The threads, the arbiter's first, then the panels beside them. */
  readonly panels: readonly Placed[];
  readonly hosts: number;
  /** Id of the panel that the keys go to. */
  readonly focus: string;
  /** Id of the thread beside the arbiter's where not all fit. */
  readonly beside: string | null;
  readonly zoom: boolean;
  readonly questionRows: number;
  readonly gateRows: number;
  readonly commandRows: number;
  readonly inputRows: number;
}

/** Smallest screen that is of use. */
export const SMALLEST = { columns: 40, rows: 10 };

const PANE = { width: 36, height: 12 };

/** A panel of the column has at least so many rows, its frame included. */
const LEAST_ROWS = 4;

/** Content of a box: inside its frame, with a cell of air at both sides. */
export function inside(rect: Rect): Rect {
  return { x: rect.x + 2, y: rect.y + 1, width: Math.max(1, rect.width - 4), height: Math.max(0, rect.height - 2) };
}

/** The threads that are shown where not all fit: the first and a page of the others, which holds the focused one. */
function chosen(threads: readonly string[], { focus, beside }: Wanted, capacity: number): readonly string[] {
  if (threads.length <= capacity) return threads;
  const focused = threads.includes(focus) ? focus : null;
  if (capacity === 1) return [focused ?? beside ?? threads[0]!];
  const others = threads.slice(1);
  const size = capacity - 1;
  const wish = focused !== null && focused !== threads[0] ? focused : beside;
  const page = Math.max(0, Math.floor(others.indexOf(wish ?? "") / size));
  const start = Math.min(page * size, others.length - size);
  return [threads[0]!, ...others.slice(start, start + size)];
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

function isShared(room: Room | undefined): room is { readonly share: number } {
  return room !== undefined && "share" in room;
}

/**
 * Orders the panels of the column beside the threads.
 *
 * @param panels threads and others
 * @returns the others: first those that share the column's height, then those that want so many rows
 */
export function inColumn<P extends Placed>(panels: readonly P[]): readonly P[] {
  const beside = panels.filter(({ role }) => role === undefined);
  return [...beside.filter(({ room }) => isShared(room)), ...beside.filter(({ room }) => !isShared(room))];
}

/** Places the panels of the column. Where there is no room for all, the last ones without the focus are left out, those of plugins first. */
function sideBoxes(area: Rect, { panels, hosts, focus }: Wanted): Box[] {
  const most = Math.floor(area.height / 3);
  const rowsOf = (room: Room | undefined): number =>
    room === undefined || isShared(room) ? LEAST_ROWS : Math.min(room.rows(hosts), most);
  let shown = inColumn(panels);
  while (shown.length > 1 && shown.reduce((sum, { room }) => sum + rowsOf(room), 0) > area.height) {
    const out = shown.findLast(({ id, guest }) => id !== focus && guest !== undefined) ??
      shown.findLast(({ id }) => id !== focus);
    shown = shown.filter((panel) => panel !== out);
  }
  const taken = shown.reduce((sum, { room }) => isShared(room) ? sum : sum + rowsOf(room), 0);
  const shares = shown.reduce((sum, { room }) => isShared(room) ? sum + room.share : sum, 0);
  const rest = area.height - taken;
  let shared = 0;
  let y = 0;
  return shown.map(({ id, room }, index) => {
    if (isShared(room)) shared += room.share;
    const wanted = isShared(room) ? Math.ceil(rest * shared / shares) - y : rowsOf(room);
    const height = index === shown.length - 1 ? area.height - y : wanted;
    const box = { id, rect: { ...area, y: area.y + y, height } };
    y += height;
    return box;
  });
}

/**
 * Arranges the screen: title, threads side by side (the arbiter's first, wrapped to rows), the other panels in a column beside them
 * where there is room, the question to the person, the gate, the commands that fit, the input line and the hints.
 *
 * @param wanted size, panels, focus
 * @returns where everything stands
 */
export function arrange(wanted: Wanted): Layout {
  const { columns, rows, focus, panels, zoom } = wanted;
  const threads = panels.flatMap(({ id, role }) => role === undefined ? [] : [id]);
  const onThread = !panels.some(({ id, role }) => id === focus && role === undefined);
  const hint = rows - 1;
  const input: Rect = { x: 0, y: hint - wanted.inputRows, width: columns, height: wanted.inputRows };
  const above = (rect: Rect, height: number): Rect | null =>
    height === 0 ? null : { x: 0, y: rect.y - height, width: columns, height };
  const commands = above(input, wanted.commandRows);
  const gate = above(commands ?? input, wanted.gateRows);
  const question = above(gate ?? commands ?? input, wanted.questionRows);
  let top = 1;
  let bottom = (question ?? gate ?? commands ?? input).y;
  const side = !zoom && columns >= 116 && bottom - top >= 24;
  const sideWidth = side ? Math.min(54, Math.max(40, Math.floor(columns * 0.3))) : 0;
  const summary = !side && rows >= 20 && bottom - top >= 8 ? --bottom : null;
  const across = Math.max(1, Math.floor((columns - sideWidth) / PANE.width));
  const fits = (height: number) => across * Math.max(1, Math.floor(height / PANE.height));
  const crowded = zoom || threads.length > fits(bottom - top) || (!side && !onThread);
  const tabs = crowded && bottom - top >= 5 ? top++ : null;
  const area: Rect = { x: 0, y: top, width: columns - sideWidth, height: bottom - top };
  const shown = (capacity: number) => chosen(threads, wanted, capacity);
  const ids = zoom
    ? [focus]
    : side || onThread
    ? shown(fits(area.height))
    : fits(area.height) === 1
    ? [focus]
    : [...shown(1), focus];
  // A question may need the whole of a small screen.
  const boxes = area.height < 4 ? [] : grid(ids, area, zoom ? 1 : across);
  const sideArea: Rect = { x: columns - sideWidth, y: top, width: sideWidth, height: area.height };
  return {
    columns,
    rows,
    boxes: side ? [...boxes, ...sideBoxes(sideArea, wanted)] : boxes,
    tabs,
    summary,
    question,
    gate,
    commands,
    input,
    hint,
  };
}
