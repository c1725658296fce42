/** A rectangle of terminal cells; the top left cell is 0, 0. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Panels beside the threads. */
export const PANELS = ["tasks", "fleet", "messages", "run"] as const;

/** A panel beside the threads. */
export type Panel = typeof PANELS[number];

/** What can have the focus: a thread by its role, or a panel. */
export type View = { readonly kind: "thread"; readonly role: string } | {
  readonly kind: "panel";
  readonly panel: Panel;
};

/** A frame on the screen with the view that it holds. */
export interface Box {
  readonly view: View;
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
  readonly input: Rect;
  readonly hint: number;
}

/** What a layout depends on. */
export interface Wanted {
  readonly columns: number;
  readonly rows: number;
  readonly roles: readonly string[];
  readonly hosts: number;
  readonly focus: View;
  /** Thread beside the arbiter where not all fit. */
  readonly beside: string | null;
  readonly zoom: boolean;
  readonly questionRows: number;
  readonly inputRows: number;
}

/** Smallest screen that is of use. */
export const SMALLEST = { columns: 40, rows: 10 };

const PANE = { width: 36, height: 12 };

/** Names a view, uniquely. */
export function viewId(view: View): string {
  return view.kind === "thread" ? `thread:${view.role}` : `panel:${view.panel}`;
}

/** Content of a box: inside its frame, with a cell of air at both sides. */
export function inside(rect: Rect): Rect {
  return { x: rect.x + 2, y: rect.y + 1, width: Math.max(1, rect.width - 4), height: Math.max(0, rect.height - 2) };
}

function chosen(wanted: Wanted, capacity: number): readonly string[] {
  const { roles, focus } = wanted;
  if (roles.length <= capacity) return roles;
  const focused = focus.kind === "thread" ? focus.role : null;
  if (capacity === 1) return [focused ?? wanted.beside ?? roles[0]!];
  const others = roles.slice(1);
  const size = capacity - 1;
  const wish = focused !== null && focused !== roles[0] ? focused : wanted.beside;
  const page = Math.max(0, Math.floor(others.indexOf(wish ?? "") / size));
  const start = Math.min(page * size, others.length - size);
  return [roles[0]!, ...others.slice(start, start + size)];
}

/** Divides a length into parts as equal as can be. */
function parts(length: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => Math.floor(length * (index + 1) / count) - Math.floor(length * index / count),
  );
}

function grid(views: readonly View[], area: Rect, across: number): Box[] {
  const lines = Math.ceil(views.length / across);
  const perLine = parts(views.length, lines).sort((a, b) => b - a);
  const boxes: Box[] = [];
  let y = area.y;
  let next = 0;
  for (const [line, height] of parts(area.height, lines).entries()) {
    let x = area.x;
    for (const width of parts(area.width, perLine[line]!)) {
      boxes.push({ view: views[next++]!, rect: { x, y, width, height } });
      x += width;
    }
    y += height;
  }
  return boxes;
}

function sideBoxes(area: Rect, hosts: number): Box[] {
  const fleet = Math.min(Math.max(6, 3 + hosts * 3), Math.floor(area.height / 3));
  const run = 7;
  const rest = area.height - fleet - run;
  const tasks = Math.ceil(rest * 0.55);
  const heights: readonly (readonly [Panel, number])[] = [
    ["tasks", tasks],
    ["messages", rest - tasks],
    ["fleet", fleet],
    ["run", run],
  ];
  let y = area.y;
  return heights.map(([panel, height]) => {
    const box: Box = { view: { kind: "panel", panel }, rect: { ...area, y, height } };
    y += height;
    return box;
  });
}

/**
 * Arranges the screen: title, threads side by side (the arbiter first, wrapped to rows), panels at the side where there is room,
 * the question to the person, the input line and the hints.
 *
 * @param wanted size, threads, focus
 * @returns where everything stands
 */
export function arrange(wanted: Wanted): Layout {
  const { columns, rows, focus } = wanted;
  const hint = rows - 1;
  const input: Rect = { x: 0, y: hint - wanted.inputRows, width: columns, height: wanted.inputRows };
  const question = wanted.questionRows === 0
    ? null
    : { x: 0, y: input.y - wanted.questionRows, width: columns, height: wanted.questionRows };
  let top = 1;
  let bottom = question?.y ?? input.y;
  const side = !wanted.zoom && columns >= 116 && bottom - top >= 24;
  const sideWidth = side ? Math.min(54, Math.max(40, Math.floor(columns * 0.3))) : 0;
  const summary = !side && rows >= 20 && bottom - top >= 8 ? --bottom : null;
  const across = Math.max(1, Math.floor((columns - sideWidth) / PANE.width));
  const fits = (height: number) => across * Math.max(1, Math.floor(height / PANE.height));
  const crowded = wanted.zoom || wanted.roles.length > fits(bottom - top) || (!side && focus.kind === "panel");
  const tabs = crowded && bottom - top >= 5 ? top++ : null;
  const area: Rect = { x: 0, y: top, width: columns - sideWidth, height: bottom - top };
  const threads = (capacity: number) => chosen(wanted, capacity).map((role): View => ({ kind: "thread", role }));
  let views: readonly View[];
  if (wanted.zoom) views = [focus];
  else if (side || focus.kind === "thread") views = threads(fits(area.height));
  else views = fits(area.height) === 1 ? [focus] : [...threads(1), focus];
  // A question may need the whole of a small screen.
  const boxes = area.height < 4 ? [] : grid(views, area, wanted.zoom ? 1 : across);
  const sideArea: Rect = { x: columns - sideWidth, y: top, width: sideWidth, height: area.height };
  return {
    columns,
    rows,
    boxes: side ? [...boxes, ...sideBoxes(sideArea, wanted.hosts)] : boxes,
    tabs,
    summary,
    question,
    input,
    hint,
  };
}
