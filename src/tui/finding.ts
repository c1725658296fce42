import { Finder, type Going, type Piece } from "./finder.ts";
import { foundRows } from "./find.ts";
import { type FindCount, type Mark, marksIn } from "./find_marks.ts";
import { rowText, wantedOf } from "./matches.ts";
import type { Finds, Scene } from "./panel.ts";
import type { PaneRows } from "./pane_rows.ts";
import type { Line } from "./line.ts";
import type { Find } from "./ui.ts";

/** Rows of a thread that are looked through at most: what is older is not read for it. */
const MOST_ROWS = 50_000;

/** Rows of what is scrolled from its top that are looked through together. */
const PIECE_ROWS = 200;

/** What was found of a pane, as it stands now. */
export interface Findings {
  readonly count: FindCount;
  /**
   * Marks of a row.
   *
   * @param row its number among all
   * @param line the row itself, where it is one of a list
   */
  marksOf(row: number, line?: Line): readonly Mark[];
}

/** Where a person reads in rows that are scrolled from their top. */
export interface Scrolled {
  readonly lines: readonly Line[];
  /** The first row that is seen. */
  readonly top: number;
  /** Has a row seen. */
  show(row: number): void;
}

/** A search that goes on: of one text, in one pane. */
interface Open {
  readonly in: string;
  readonly text: string;
  readonly finder: Finder;
}

/** Looks for what a person typed in the rows of a pane, a piece at a time, and leads them to it. */
export class Finding {
  readonly #again: () => void;
  #open: Open | null = null;
  /** Where a person read before, and in what; null where nothing is looked for. */
  #origin: { readonly in: string; readonly place: number } | null = null;
  #textOf: (() => string | null) | null = null;
  #cut: { readonly lines: readonly Line[]; readonly pieces: readonly Piece[] } | null = null;

  /** @param again has the rows asked for again soon, where there is more to be looked through */
  constructor(again: () => void) {
    this.#again = again;
  }

  /** The whole text in which a person is at a match; null where they are at none. */
  get text(): string | null {
    return this.#textOf?.() ?? null;
  }

  /** Goes to another match. */
  go(going: Going): void {
    this.#open?.finder.go(going);
  }

  /** Where a person read in a pane before they looked for something there; null where they did not. */
  originOf(where: string): number | null {
    return this.#origin?.in === where ? this.#origin.place : null;
  }

  /** Forgets what was looked for. */
  end(): void {
    this.#open = null;
    this.#textOf = null;
    this.#origin = null;
    this.#cut = null;
  }

  #finderOf({ in: where, editor: { text } }: Find, place: number, isUpwards: boolean): Finder {
    if (this.#origin?.in !== where) this.#origin = { in: where, place };
    if (this.#open?.in !== where || this.#open.text !== text) {
      this.#open = { in: where, text, finder: new Finder(wantedOf(text), isUpwards) };
    }
    return this.#open.finder;
  }

  /**
   * Looks through a thread, upwards from its newest row, and further back in the journal once all that is loaded was looked through.
   *
   * @param find what is looked for
   * @param rows the thread's; the place where a person reads moves to what is found
   * @param height rows that are seen
   * @param readOlder reads more of the journal, where there is more
   */
  inThread(find: Find, rows: PaneRows, height: number, readOlder: () => void): Findings {
    const finder = this.#finderOf(find, rows.back, true);
    this.#textOf = null;
    if (find.editor.text === "") return NOTHING;
    const hasMore = () => !rows.complete && rows.total < MOST_ROWS;
    if (finder.isDone && finder.hasLooked && hasMore()) readOlder();
    finder.look(rows.pieces);
    const goesOn = !finder.isDone || hasMore();
    const place = finder.went(rows.total - 1 - (this.#origin?.place ?? 0), goesOn);
    if (place !== null) rows.show(place.row, height);
    this.#textOf = () => rows.textOf(finder.at?.key ?? "");
    if (goesOn) this.#again();
    return findingsOf(finder, !goesOn, rows.complete ? 0 : rows.total, rows.firstOf(height), height);
  }

  /**
   * Looks through rows that are scrolled from their top.
   *
   * @param find what is looked for
   * @param scrolled the rows, and where a person reads
   */
  inRows(find: Find, { lines, top, show }: Scrolled): Findings {
    const finder = this.#finderOf(find, top, false);
    this.#textOf = null;
    if (find.editor.text === "") return NOTHING;
    if (this.#cut?.lines !== lines) this.#cut = { lines, pieces: piecesOf(lines) };
    finder.look(this.#cut.pieces);
    const place = finder.went(this.#origin?.place ?? 0, false);
    if (place !== null) show(place.row);
    this.#textOf = () =>
      finder.at === null ? null : finder.at.rows.map((row) => rowText(lines[row] ?? []).trim()).join("\n");
    if (!finder.isDone) this.#again();
    return findingsOf(finder, finder.isDone, 0, 0, lines.length);
  }
}

const NOTHING: Findings = { count: { at: 0, of: 0, isDone: true, onlyIn: 0 }, marksOf: () => [] };

function piecesOf(lines: readonly Line[]): readonly Piece[] {
  return Array.from({ length: Math.ceil(lines.length / PIECE_ROWS) }, (_, index): Piece => ({
    key: String(index),
    lines: lines.slice(index * PIECE_ROWS, (index + 1) * PIECE_ROWS),
    isRows: true,
  }));
}

function findingsOf(finder: Finder, isDone: boolean, onlyIn: number, from: number, rows: number): Findings {
  const byRow = new Map<number, Mark[]>();
  for (const { place: { match, first }, isAt } of finder.within(from, from + rows)) {
    for (const { row, from, to } of match) {
      byRow.set(first + row, [...byRow.get(first + row) ?? [], { from, to, isAt }]);
    }
  }
  return {
    count: { ...finder.count, isDone, onlyIn: isDone ? onlyIn : 0 },
    marksOf: (row) => (byRow.get(row) ?? []).toSorted((one, other) => one.from - other.from),
  };
}

/**
 * Says what is found of a list, whose rows are gone to by what is selected in it.
 *
 * @param find what is looked for
 * @param finds rows of the list
 * @param scene the run and the screen's own state
 */
export function findingsInList({ editor: { text } }: Find, { rows, at }: Finds, scene: Scene): Findings {
  const found = foundRows(rows(scene), text);
  const index = found.indexOf(at(scene) ?? "");
  return {
    count: { at: index + 1, of: found.length, isDone: true, onlyIn: 0 },
    marksOf: (_row, line) => line === undefined ? [] : marksIn(line, text),
  };
}
