import { neutralise, wrap } from "./text.ts";

/** A text being edited, and the place of the cursor in it. */
export interface Editor {
  readonly text: string;
  /** Offset of the character under the cursor, at a boundary of characters. */
  readonly cursor: number;
}

/** Nothing written. */
export const BLANK: Editor = { text: "", cursor: 0 };

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function previous(text: string, at: number): number {
  let last = 0;
  const from = Math.max(0, text.lastIndexOf("\n", Math.max(0, at - 2)));
  for (const { index } of segmenter.segment(text.slice(from, at))) last = from + index;
  return Math.min(last, at);
}

function following(text: string, at: number): number {
  for (const { segment } of segmenter.segment(text.slice(at, at + 64))) return at + segment.length;
  return at;
}

/** The last boundary of characters between the start of a line and a place that lies in it. */
function boundary(text: string, start: number, place: number): number {
  let last = start;
  // Without what follows, half of the last character would pass for a whole one.
  for (const { index } of segmenter.segment(text.slice(start, Math.min(lineEnd(text, start), place + 64)))) {
    if (start + index > place) return last;
    last = start + index;
  }
  return place >= lineEnd(text, start) ? lineEnd(text, start) : last;
}

const lineStart = (text: string, at: number): number => at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
const lineEnd = (text: string, at: number): number => {
  const found = text.indexOf("\n", at);
  return found === -1 ? text.length : found;
};
const remove = (text: string, from: number, to: number): Editor => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
});

/** Puts text at the cursor; controls in it are neutralised, `\r` is a newline. */
export function insert(editor: Editor, text: string): Editor {
  const clean = neutralise(text);
  return {
    text: editor.text.slice(0, editor.cursor) + clean + editor.text.slice(editor.cursor),
    cursor: editor.cursor + clean.length,
  };
}

/** Edits that keys make, by name. */
export const EDITS: Readonly<Record<string, (editor: Editor) => Editor>> = {
  left: ({ text, cursor }) => ({ text, cursor: previous(text, cursor) }),
  right: ({ text, cursor }) => ({ text, cursor: following(text, cursor) }),
  home: ({ text, cursor }) => ({ text, cursor: lineStart(text, cursor) }),
  end: ({ text, cursor }) => ({ text, cursor: lineEnd(text, cursor) }),
  backspace: ({ text, cursor }) => remove(text, previous(text, cursor), cursor),
  delete: ({ text, cursor }) => remove(text, cursor, following(text, cursor)),
  "ctrl-a": (editor) => EDITS.home!(editor),
  "ctrl-e": (editor) => EDITS.end!(editor),
  "ctrl-u": ({ text, cursor }) => remove(text, lineStart(text, cursor), cursor),
  "ctrl-k": ({ text, cursor }) => remove(text, cursor, lineEnd(text, cursor)),
  "ctrl-w": ({ text, cursor }) => remove(text, wordStart(text, cursor), cursor),
};

/** Where the word before a place begins, with the blanks before it. */
function wordStart(text: string, place: number): number {
  let start = place;
  while (start > 0 && /\S/.test(text[start - 1]!)) start--;
  while (start > 0 && /\s/.test(text[start - 1]!)) start--;
  return start;
}

/**
 * Moves the cursor a line up or down within the text.
 *
 * @param editor the text
 * @param by -1 or 1
 * @returns null where there is no such line
 */
export function moveLine(editor: Editor, by: -1 | 1): Editor | null {
  const { text, cursor } = editor;
  const start = lineStart(text, cursor);
  if (by === -1) {
    if (start === 0) return null;
    const above = lineStart(text, start - 1);
    return { text, cursor: boundary(text, above, Math.min(above + cursor - start, start - 1)) };
  }
  const end = lineEnd(text, cursor);
  if (end === text.length) return null;
  const below = end + 1;
  return { text, cursor: boundary(text, below, Math.min(below + cursor - start, lineEnd(text, below))) };
}

/** Rows of an editor on the screen, and the cursor's place in them. */
export interface EditorRows {
  readonly rows: readonly string[];
  readonly row: number;
  /** Offset in its row. */
  readonly offset: number;
}

/**
 * Wraps an editor's text so that the cursor is visible.
 *
 * @param editor the text
 * @param width cells of a row
 * @param height most rows
 */
export function editorRows(editor: Editor, width: number, height: number): EditorRows {
  const rows = wrap(editor.text, width);
  let row = 0;
  let start = 0;
  for (; row < rows.length - 1; row++) {
    const text = rows[row]!;
    const skipped = /[\n ]/.test(editor.text[start + text.length] ?? "") ? 1 : 0;
    if (editor.cursor < start + text.length + skipped) break;
    start += text.length + skipped;
  }
  const first = Math.max(0, Math.min(row - height + 1, rows.length - height));
  const top = row < first ? row : first;
  return {
    rows: rows.slice(top, top + height),
    row: row - top,
    offset: Math.min(editor.cursor - start, rows[row]!.length),
  };
}
