import { type Line, lineCells, type Look, type Span, span, type Style } from "./line.ts";
import { placesIn, rowText, type Stretch, wantedOf } from "./matches.ts";
import { cut } from "./text.ts";
import type { Find } from "./ui.ts";

/** A stretch of a row that is marked. */
export interface Mark extends Pick<Stretch, "from" | "to"> {
  /** Whether it is the match that a person is at. */
  readonly isAt: boolean;
}

/**
 * Marks stretches of a row: by styles that show without colours, and by brackets where nothing but text shows.
 *
 * @param line the row
 * @param marks stretches in their order
 * @param look styles
 */
export function markedLine(line: Line, marks: readonly Mark[], look: Look): Line {
  if (marks.length === 0) return line;
  const isPlain = look.palette.selected === "";
  const shown: Span[] = [];
  let at = 0;
  for (const { text, style } of line) {
    let done = 0;
    for (const { from, to, isAt } of marks) {
      const [first, last] = [Math.max(from - at, done), Math.min(to - at, text.length)];
      if (last <= first) continue;
      if (first > done) shown.push(span(text.slice(done, first), style));
      const stretch = text.slice(first, last);
      // In a row that is selected, and so stands out as a whole, the stretch stands out from that.
      const marked: Style = isAt && style !== "selected" ? "selected" : "found";
      shown.push(isPlain ? span(`[${stretch}]`) : span(stretch, marked));
      done = last;
    }
    if (done < text.length) shown.push(span(text.slice(done), style));
    at += text.length;
  }
  return shown;
}

/** Marks where a row has what is looked for. */
export function marksIn(line: Line, typed: string): readonly Mark[] {
  const wanted = wantedOf(typed);
  return placesIn(rowText(line), wanted).map((from) => ({ from, to: from + wanted.text.length, isAt: false }));
}

/** How far a search is. */
export interface FindCount {
  readonly at: number;
  readonly of: number;
  /** Whether all was looked through; a number of rows where no more are. */
  readonly isDone: boolean;
  /** Rows that were looked through, where older ones were not; 0 else. */
  readonly onlyIn: number;
}

/**
 * Lays out the last row of a pane in which something is looked for: the text, and how many there are.
 *
 * @param find what is looked for
 * @param count how far that is
 * @param width cells
 * @param look signs and styles
 */
export function findLine(
  { editor: { text, cursor }, typing }: Find,
  count: FindCount,
  width: number,
  look: Look,
): Line {
  const said = text === "" ? "" : sayCount(count);
  const end: Line = [span(`  ${said}`, count.of === 0 && count.isDone ? "warned" : "strong")];
  const room = Math.max(4, width - lineCells(end) - 1);
  const written = writtenLine(text, cursor, typing, room, look);
  return [span("/", "key"), ...written, ...end];
}

/** What was typed with the cursor in it; where it is too long its end. */
function writtenLine(text: string, cursor: number, typing: boolean, room: number, look: Look): Line {
  if (!typing) return [span(cut(text, room), "strong")];
  const before = text.slice(0, cursor);
  const [under = ""] = Array.from(text.slice(cursor));
  const kept = before.slice(Math.max(0, before.length - room + 2));
  const sign = look.palette.selected === "" ? `_${under}` : under || " ";
  return [span(kept), span(sign, "selected"), span(text.slice(cursor + under.length))];
}

function sayCount({ at, of, isDone, onlyIn }: FindCount): string {
  const some = onlyIn === 0 ? "" : ` in the last ${onlyIn} rows`;
  if (of === 0) return isDone ? `not found${some}` : "looking …";
  const all = `${of}${isDone ? "" : "…"}`;
  return `${at === 0 ? `${all} found` : `${at} of ${all}`}${some}`;
}
