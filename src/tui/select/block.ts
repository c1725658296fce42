import type { Code } from "../code.ts";
import type { Style } from "../line.ts";

/** A paragraph of a pane's body: a lead on its first row, text wrapped behind it. */
export interface Block {
  /** Stands for the block as long as its text is the same, so that its rows are wrapped once. */
  readonly key: string;
  readonly lead: string;
  readonly leadStyle: Style;
  /** As it came: it is neutralised when it is wrapped. */
  readonly text: string;
  readonly style: Style;
  /** Most rows; more is said in a last row. 0 means all. */
  readonly most: number;
  /** Whether it has one row alone, cut where it is too long, as a line of a file has. */
  readonly isRow?: boolean;
  /** The code that its row is a line of. */
  readonly code?: { readonly of: Code; readonly line: number };
  /** Whether its text is written as people write for each other, with headings, lists, code. */
  readonly isMarkdown?: boolean;
}

/**
 * Makes a block.
 *
 * @param key identity
 * @param lead sign and space before the first row; the empty text for none
 * @param leadStyle style of the lead
 * @param text any text
 * @param style style of the text
 * @param most most rows, 0 for all
 */
export function block(
  key: string,
  lead: string,
  leadStyle: Style,
  text: string,
  style: Style = "plain",
  most = 0,
): Block {
  return { key, lead, leadStyle, text, style, most };
}
