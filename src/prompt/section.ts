import { bound, type Text } from "../kernel/text.ts";
import { charsOf, type Meter, shortened } from "./meter.ts";
import type { Piece, SectionCost } from "./prompt.ts";
import { say, type Wording } from "../sentences/say.ts";

/** A part of a prompt that gives way as one. */
export interface Section {
  /** What it is, as a person and the model are told where it had to give way. */
  readonly name: string;
  /** 0 is pinned: it stands whole or the ask is refused. The higher, the sooner it gives way. */
  readonly priority: number;
  readonly pieces: readonly Piece[];
  /** Tokens to which its longest piece may be shortened before the section is left out; absent where a part says nothing. */
  readonly least?: number;
  /** How the model gets what was left out. */
  readonly instead?: string;
}

/** Sections that fit. */
export interface FittedSections {
  readonly sections: readonly Section[];
  readonly costs: readonly SectionCost[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

/** Characters that a shortened text says of itself. */
const NOTE_CHARS = 80;

/**
 * Makes sections fit: from the least important on, each is shortened in its middle as far as it may be, then left out with a note in
 * its place. Pinned ones stay, whether they fit or not.
 *
 * @param sections parts in the order of the prompt
 * @param room tokens that there are
 * @param meter what they cost
 * @returns the parts, in the same order
 */
export function fitSections(sections: readonly Section[], room: number, meter: Meter, from: Wording): FittedSections {
  const fitted = sections.map((section) => ({ section, tokens: meter.pieces(section.pieces), cut: false }));
  const leftOut: string[] = [];
  let total = fitted.reduce((sum, one) => sum + one.tokens, 0);
  const order = fitted.filter((one) => one.section.priority > 0).toReversed()
    .toSorted((a, b) => b.section.priority - a.section.priority);
  for (const one of order) {
    if (total <= room) break;
    const { section, tokens } = one;
    const wanted = tokens - (total - room);
    const shorter = section.least !== undefined && wanted >= section.least
      ? shorten(section, wanted, meter, from)
      : null;
    const next = shorter ?? { ...section, pieces: [noteOf(section, tokens, from)] };
    const cost = meter.pieces(next.pieces);
    if (cost >= tokens) continue;
    leftOut.push(
      shorter === null ? `${section.name} (about ${tokens} tokens)` : `${tokens - cost} tokens of ${section.name}`,
    );
    total += cost - tokens;
    one.section = next;
    one.tokens = cost;
    one.cut = true;
  }
  return {
    sections: fitted.map((one) => one.section),
    costs: fitted.map(({ section, tokens, cut }) => ({ name: section.name, tokens, priority: section.priority, cut })),
    leftOut,
  };
}

/**
 * Joins sections to the pieces of one message, a blank line between two.
 *
 * @param sections parts in order
 * @returns pieces
 */
export function piecesOf(sections: readonly Section[]): Piece[] {
  return sections.flatMap((section, index) => index === 0 ? section.pieces : ["\n\n", ...section.pieces]);
}

function noteOf({ name: what, instead }: Section, tokens: number, from: Wording): string {
  return instead === undefined
    ? say(from, "turn.left_out", { what, tokens })
    : say(from, "turn.left_out_instead", { what, tokens, instead });
}

/** Shortens the longest piece in its middle; null where nothing is gained. */
function shorten(section: Section, wanted: number, meter: Meter, from: Wording): Section | null {
  const longest = section.pieces.reduce(
    (best, piece, index) => charsOf(piece) > charsOf(section.pieces[best]!) ? index : best,
    0,
  );
  const piece = section.pieces[longest];
  if (piece === undefined) return null;
  const tokens = meter.pieces(section.pieces);
  const own = meter.pieces([piece]);
  const share = (own - (tokens - wanted)) / Math.max(1, own);
  const chars = Math.floor(charsOf(piece) * share) - NOTE_CHARS;
  if (chars < NOTE_CHARS) return null;
  const text = meter.text(piece);
  const cut: Piece = text === null ? shortened(piece as Text, chars) : byLines(text, chars, from);
  const pieces = section.pieces.map((one, index) => index === longest ? cut : one);
  return meter.pieces(pieces) <= wanted ? { ...section, pieces } : null;
}

/** Bounds a text in its middle, at ends of lines where there are some. */
function byLines(text: string, chars: number, from: Wording): string {
  const lines = text.split("\n");
  if (lines.length < 4) return bound(text, Math.max(61, chars));
  let head = 0;
  let tail = 0;
  let used = 0;
  for (;;) {
    const atHead = head <= tail * 2;
    const next = atHead ? lines[head] : lines[lines.length - 1 - tail];
    if (next === undefined || head + tail >= lines.length || used + next.length + 1 > chars) break;
    used += next.length + 1;
    if (atHead) head++;
    else tail++;
  }
  const gone = lines.length - head - tail;
  if (head === 0) return bound(text, Math.max(61, chars));
  const end = tail === 0 ? [] : lines.slice(-tail);
  return [...lines.slice(0, head), say(from, "turn.lines_left_out", { count: gone }), ...end].join("\n");
}
