import { codeOf, languageOfFence } from "./code.ts";
import { type Line, lineCells, type Look, type Span, span, type Style, wrapLine } from "./line.ts";
import { cut } from "./text.ts";

/** Code that stands fenced off in a text. */
interface Fenced {
  readonly kind: "code";
  /** What the fence calls the language. */
  readonly word: string;
  readonly lines: readonly string[];
}

/** A line of prose: what stands before its text in each of its rows, and in the first one. */
interface Prose {
  readonly kind: "prose";
  readonly lead: Line;
  readonly text: Line;
}

/** Marks within a line. Each repetition is bounded, since whoever writes the text may write a million of them. */
const MARKS =
  /`([^`\n]{1,300})`|\*\*([^*\n]{1,300})\*\*|\[([^\]\n]{1,200})\]\(([^)\s]{1,500})\)|(https?:\/\/[^\s<>)\]]{1,500})/g;
const FENCE = /^ {0,8}(`{3,20}|~{3,20})[ \t]{0,8}([\w#+.-]{0,40})/;
const HEADING = /^ {0,3}#{1,6} +/;
const ITEM = /^( {0,40})([-*+]|\d{1,4}[.)])( +)/;
const QUOTE = /^ {0,3}> ?/;
const RULE = /^ {0,3}(?:-{3,80}|\*{3,80}|_{3,80}) *$/;

/** Cells of a line that parts a text. */
const RULE_CELLS = 24;

/** How a text is laid out. */
export interface MarkdownForm {
  /** Cells of a row. */
  readonly width: number;
  /** Style of ordinary words. */
  readonly style: Style;
  /** Signs, and colours of code. */
  readonly look: Look;
  /** What stands before its first line. */
  readonly lead: Line;
}

/**
 * Lays out a finished text as people write them for each other: headings, lists, quotes, bold, code, addresses. Nothing is moved: each of its
 * lines stays one, and what is none of that stands as it was written.
 *
 * @param text neutralised text
 * @param form width, style, look and lead
 * @returns rows
 */
export function markdownRows(text: string, { width, style, look, lead }: MarkdownForm): Line[] {
  const parts = partsOf(text, style, look);
  const [first] = parts;
  const begins = lead.length > 0 && first?.kind === "prose" && first.lead.length === 0;
  const alone = lead.length > 0 && !begins ? wrapLine(lead, width) : [];
  const rows = parts.flatMap((part, at): Line[] => {
    if (part.kind === "code") return codeRows(part, width, style, look);
    const margin = lineCells(part.lead);
    const blank = span(" ".repeat(margin));
    const line = at === 0 && begins ? [...lead, ...part.text] : part.text;
    return wrapLine(line, Math.max(2, width - margin)).map((row, index) =>
      margin === 0 ? row : [...(index === 0 ? part.lead : [blank]), ...row]
    );
  });
  return [...alone, ...rows];
}

function partsOf(text: string, style: Style, look: Look): readonly (Fenced | Prose)[] {
  const parts: (Fenced | Prose)[] = [];
  let open: { readonly fence: string; readonly word: string; readonly lines: string[] } | null = null;
  const close = (): void => {
    if (open !== null) parts.push({ kind: "code", ...open });
    open = null;
  };
  for (const line of text.split("\n")) {
    const [, fence = "", word = ""] = FENCE.exec(line) ?? [];
    if (open !== null && fence.startsWith(open.fence)) close();
    else if (open !== null) open.lines.push(line);
    else if (fence !== "") open = { fence, word, lines: [] };
    else parts.push(proseOf(line, style, look));
  }
  close();
  return parts;
}

function proseOf(line: string, style: Style, { signs }: Look): Prose {
  const prose = (text: Line, lead: Line = []): Prose => ({ kind: "prose", lead, text });
  if (RULE.test(line)) return prose([span(signs.across.repeat(RULE_CELLS), "dim")]);
  const heading = HEADING.exec(line)?.[0];
  if (heading !== undefined) return prose(inline(line.slice(heading.length), "heading"));
  const quote = QUOTE.exec(line)?.[0];
  if (quote !== undefined) return prose(inline(line.slice(quote.length), "dim"), [span(`${signs.down} `, "dim")]);
  const [item, indent = "", mark = "", gap = ""] = ITEM.exec(line) ?? [];
  if (item === undefined) return prose(inline(line, style));
  const sign = /\d/.test(mark) ? mark : signs.item;
  return prose(inline(line.slice(item.length), style), [span(indent + sign + gap, style)]);
}

/** Lines longer than this are no sentences, and are not searched for marks. */
const MOST_SEARCHED = 4_000;

/** Text with bold, code and addresses in their styles. */
function inline(text: string, style: Style): Line {
  if (text.length > MOST_SEARCHED) return [span(text, style)];
  const spans: Span[] = [];
  let done = 0;
  for (const match of text.matchAll(MARKS)) {
    const [all, code, bold, name, target, address] = match;
    if (match.index > done) spans.push(span(text.slice(done, match.index), style));
    if (code !== undefined) spans.push(span(code, "code"));
    else if (bold !== undefined) spans.push(span(bold, "strong"));
    else if (target !== undefined) spans.push(span(`${name} (`, style), span(target, "link"), span(")", style));
    else spans.push(span(address ?? "", "link"));
    done = match.index + all.length;
  }
  if (done < text.length) spans.push(span(text.slice(done), style));
  return spans;
}

/** Code, each of its lines in a row; what is too long for it is cut when it is painted. */
function codeRows({ word, lines }: Fenced, width: number, style: Style, look: Look): Line[] {
  const code = codeOf(languageOfFence(word), lines);
  const coloured = code === null ? null : look.code?.of(code) ?? null;
  const lead = span(`${look.signs.down} `, "dim");
  return lines.map((line, index): Line => [
    lead,
    ...(coloured?.[index] === undefined ? [span(cut(line, width), style)] : inStyle(coloured[index], style)),
  ]);
}

/** A line of code in which what has no style of its own looks as what stands around the code. */
export function inStyle(line: Line, style: Style): Line {
  return line.map((piece) => piece.style === "plain" ? span(piece.text, style) : piece);
}
