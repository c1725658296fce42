import type { Line } from "./line.ts";
import { type Match, matchesIn, matchesInRows, type Wanted } from "./matches.ts";

/** Rows that are looked through at once; they stay the same object for as long as they are the same. */
export interface Piece {
  /** Stands for it, also when its rows are others. */
  readonly key: string;
  readonly lines: readonly Line[];
  /** Whether the rows may be several texts; absent: they are one that was wrapped. */
  readonly isRows?: true;
}

/** A match with its row among all rows, and whose how many it is. */
interface Found {
  readonly match: Match;
  readonly first: number;
  readonly key: string;
  readonly nth: number;
}

/** Where a match stands among all rows. */
export interface FoundPlace {
  /** Row of its begin. */
  readonly row: number;
  readonly match: Match;
  /** What is added to the rows of its stretches. */
  readonly first: number;
}

/** What a person wants of the matches: the first one from where they read, the next, the one before. */
export type Going = "first" | 1 | -1;

/** Characters that are looked through at a time, and matches that are counted. */
const BUDGET = { characters: 150_000, matches: 10_000 };

/** What a piece costs beside its characters: there may be as many as rows. */
const PIECE_COST = 20;

/**
 * Looks through rows for a text, some at a time, and keeps which match is the one that a person is at. Matches are numbered in the order in
 * which they are come by: upwards from the newest row, or downwards.
 */
export class Finder {
  readonly #isUpwards: boolean;
  readonly #wanted: Wanted;
  /** Matches of pieces that were looked through. */
  readonly #known = new WeakMap<readonly Line[], readonly Match[]>();
  #pieces: readonly Piece[] = [];
  #found: Found[] = [];
  #looked = 0;
  /** Rows of the pieces that were looked through. */
  #rows = 0;
  #total = 0;
  #at: { readonly key: string; readonly nth: number } | null = null;
  #index = -1;
  /** What a person wants and is not at yet: so many matches on, or back. */
  #going: "first" | number | null = "first";

  /**
   * @param wanted what is looked for
   * @param isUpwards whether it begins at the last row
   */
  constructor(wanted: Wanted, isUpwards: boolean) {
    this.#wanted = wanted;
    this.#isUpwards = isUpwards;
  }

  /** Says what a person wants of the matches; done once it is known which one that is. */
  go(going: Going): void {
    if (going === "first") this.#going = going;
    else if (this.#going !== "first") this.#going = (this.#going ?? 0) + going;
  }

  /** Looks on, as far as one time reaches. */
  look(pieces: readonly Piece[]): void {
    if (pieces !== this.#pieces) this.#take(pieces);
    let left = BUDGET.characters;
    while (this.#looked < pieces.length && left > 0 && this.#found.length < BUDGET.matches) {
      const { key, lines, isRows } = pieces[this.#isUpwards ? pieces.length - 1 - this.#looked : this.#looked]!;
      let matches = this.#known.get(lines);
      if (matches === undefined) {
        matches = isRows === true ? matchesInRows(lines, this.#wanted) : matchesIn(lines, this.#wanted);
        this.#known.set(lines, matches);
        left -= PIECE_COST + lines.reduce((sum, line) => sum + line.reduce((of, { text }) => of + text.length, 0), 0);
      }
      this.#looked++;
      this.#rows += lines.length;
      this.#add(key, this.#isUpwards ? this.#total - this.#rows : this.#rows - lines.length, matches);
    }
  }

  #take(pieces: readonly Piece[]): void {
    this.#pieces = pieces;
    this.#found = [];
    this.#looked = 0;
    this.#rows = 0;
    this.#index = -1;
    this.#total = pieces.reduce((sum, { lines }) => sum + lines.length, 0);
  }

  #add(key: string, first: number, matches: readonly Match[]): void {
    const count = matches.length;
    for (let index = 0; index < count; index++) {
      const nth = this.#isUpwards ? count - 1 - index : index;
      if (this.#at?.key === key && this.#at.nth === nth) this.#index = this.#found.length;
      this.#found.push({ match: matches[nth]!, first, key, nth });
    }
  }

  /** Whether any rows were looked through. */
  get hasLooked(): boolean {
    return this.#looked > 0;
  }

  /** Whether all rows were looked through, or as many matches found as are counted. */
  get isDone(): boolean {
    return this.#looked === this.#pieces.length || this.#found.length >= BUDGET.matches;
  }

  /** The piece and the rows that a person is at; null where they are at no match. */
  get at(): { readonly key: string; readonly rows: readonly number[] } | null {
    const found = this.#found[this.#index];
    return found === undefined ? null : { key: found.key, rows: found.match.map(({ row }) => found.first + row) };
  }

  /** How many matches were found, and the number of the one that a person is at; 0 where they are at none. */
  get count(): { readonly at: number; readonly of: number } {
    return { at: this.#index + 1, of: this.#found.length };
  }

  /**
   * Goes where a person wants, if that is known already.
   *
   * @param from the row from which on the first is wanted: the last that is seen upwards, the first downwards
   * @param hasMore whether there are rows that are still to come
   * @returns the match that they are at from now on; null where nothing moves
   */
  went(from: number, hasMore: boolean): FoundPlace | null {
    const going = this.#going;
    if (going === null) return null;
    const index = this.#indexOf(going, from, this.isDone && !hasMore);
    if (index === null) return null;
    this.#going = null;
    const found = this.#found[index];
    if (found === undefined) return null;
    this.#index = index;
    this.#at = { key: found.key, nth: found.nth };
    return placeOf(found);
  }

  /** The match that is meant; null while it is still to be found, one beyond all where there is none. */
  #indexOf(going: "first" | number, from: number, isAll: boolean): number | null {
    const found = this.#found;
    if (going === "first") {
      const row = (one: Found) => placeOf(one).row;
      const next = found.findIndex((one) => this.#isUpwards ? row(one) <= from : row(one) >= from);
      if (next !== -1) return next;
      return isAll ? this.#isUpwards ? found.length - 1 : 0 : null;
    }
    const next = this.#index + going;
    if (next >= 0 && next < found.length) return next;
    return isAll ? (next % found.length + found.length) % found.length : null;
  }

  /** Matches that begin in some rows, with whether it is the one that a person is at. */
  within(from: number, to: number): readonly { readonly place: FoundPlace; readonly isAt: boolean }[] {
    return this.#found.flatMap((found, index) => {
      const place = placeOf(found);
      const last = found.first + found.match.at(-1)!.row;
      return place.row >= to || last < from ? [] : [{ place, isAt: index === this.#index }];
    });
  }
}

function placeOf({ match, first }: Found): FoundPlace {
  return { row: first + match[0]!.row, match, first };
}
