import type { HistoryEntry } from "./store.ts";
import { type Line, span } from "./line.ts";
import { type Streaming, StreamRows } from "./stream_rows.ts";
import { cells, cut, neutralise, wrap } from "./text.ts";
import type { Block } from "./select/block.ts";

function rowsOfBlock(block: Block, width: number): Line[] {
  const lead = neutralise(block.lead);
  const indent = Math.min(cells(lead), Math.floor(width / 3));
  if (block.isRow === true) return [[span(lead, block.leadStyle), span(rowText(lead, block.text, width), block.style)]];
  const hanging = /^\W{0,4}$/.test(lead);
  const text = neutralise(block.text).replace(/(?<!\n)\n+$/, "");
  // A long lead (a sender, a time) stands on the first row only; the rows below begin at the edge.
  const rows = hanging ? wrap(text, width - indent) : wrap(lead + text, width);
  const most = block.most === 0 || rows.length <= block.most ? rows.length : Math.max(1, block.most - 1);
  const lines = rows.slice(0, most).map((row, index): Line => {
    if (index === 0) {
      return [
        span(hanging ? lead : row.slice(0, lead.length), block.leadStyle),
        span(hanging ? row : row.slice(lead.length), block.style),
      ];
    }
    return hanging ? [span(" ".repeat(indent)), span(row, block.style)] : [span(row, block.style)];
  });
  if (most < rows.length) lines.push([span(" ".repeat(indent)), span(`… ${rows.length - most} more lines`, "dim")]);
  return lines;
}

/** A line of a file as far as it fits; its tabs are blanks. */
function rowText(lead: string, text: string, width: number): string {
  return cut(neutralise(text.slice(0, width * 4)).replaceAll("\n", " "), Math.max(1, width - cells(lead)));
}

/**
 * Rows of one thread's pane: older entries, the present, and what streams in. Wraps each block once per width, keeps the place
 * where a person reads while rows are added below, and follows the newest row otherwise.
 */
export class PaneRows {
  #width = 0;
  #blocks: readonly Block[] = [];
  #cache = new Map<string, { readonly block: Block; readonly lines: readonly Line[] }>();
  readonly #stream = new StreamRows();
  #lines: readonly Line[] = [];
  #streamed: readonly string[] = [];
  /** Rows between the last visible row and the end; 0 follows the newest. */
  back = 0;
  /** Entries from the journal, oldest first. */
  history: readonly HistoryEntry[] = [];
  /** Turn or decision for which `history` was read. */
  historyOf: string | null = null;
  /** Whether the journal has nothing older. */
  complete = false;

  /**
   * Takes what is to be shown.
   *
   * @param blocks finished text, oldest first
   * @param streaming text that is being written; null for none
   * @param width cells of a row
   */
  update(blocks: readonly Block[], streaming: Streaming | null, width: number): void {
    const before = this.total;
    if (width !== this.#width) {
      this.#cache.clear();
      this.#width = width;
      this.#wrap(blocks);
    } else if (blocks !== this.#blocks) {
      this.#wrap(blocks);
    }
    this.#streamed = streaming === null ? [] : this.#stream.update(streaming, width);
    if (this.back > 0 && before > 0) this.back = Math.max(0, this.back + this.total - before);
  }

  /** Takes blocks that have older ones before those that were there; the place where a person reads stays. */
  prepend(blocks: readonly Block[]): void {
    this.#wrap(blocks);
  }

  #wrap(blocks: readonly Block[]): void {
    const kept = new Map<string, { readonly block: Block; readonly lines: readonly Line[] }>();
    this.#blocks = blocks;
    this.#lines = blocks.flatMap((block) => {
      const known = this.#cache.get(block.key);
      const entry = known !== undefined && known.block.text === block.text && known.block.most === block.most
        ? known
        : { block, lines: rowsOfBlock(block, this.#width) };
      kept.set(block.key, entry);
      return entry.lines;
    });
    this.#cache = kept;
  }

  /** All rows. */
  get total(): number {
    return this.#lines.length + this.#streamed.length;
  }

  /** Keeps the place inside what there is. */
  bound(height: number): void {
    this.back = Math.min(this.back, Math.max(0, this.total - height));
  }

  /**
   * Gives the visible rows.
   *
   * @param height rows of the pane
   * @returns at most that many lines
   */
  visible(height: number): readonly Line[] {
    this.bound(height);
    const end = this.total - this.back;
    const lines: Line[] = [];
    for (let index = Math.max(0, end - height); index < end; index++) {
      lines.push(this.#lines[index] ?? [span(this.#streamed[index - this.#lines.length] ?? "")]);
    }
    if (this.back > 0 && lines.length > 1) {
      lines[lines.length - 1] = [span(`↓ ${this.back + 1} more below, G to follow`, "warned")];
    }
    return lines;
  }
}
