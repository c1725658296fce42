import type { HistoryEntry } from "./store.ts";
import { type Line, span } from "./line.ts";
import { type Streaming, StreamRows } from "./stream_rows.ts";
import { cells, cut, neutralise, wrap } from "./text.ts";
import type { Piece } from "./finder.ts";
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

/** Rows of a block that are looked through together. */
const PIECE_ROWS = 500;

/** Newest rows of what streams that are looked through. */
const STREAM_ROWS = 500;

/** A line of a file as far as it fits; its tabs are blanks. */
function rowText(lead: string, text: string, width: number): string {
  return cut(neutralise(text.slice(0, width * 4)).replaceAll("\n", " "), Math.max(1, width - cells(lead)));
}

/** A block with the rows that it was wrapped into. */
interface Entry {
  readonly block: Block;
  readonly lines: readonly Line[];
}

/**
 * Rows of one thread's pane: older entries, the present, and what streams in. Wraps each block once per width, keeps the place
 * where a person reads while rows are added below, and follows the newest row otherwise.
 */
export class PaneRows {
  #width = 0;
  #blocks: readonly Block[] = [];
  #cache = new Map<string, Entry>();
  readonly #stream = new StreamRows();
  #lines: readonly Line[] = [];
  #streamed: readonly string[] = [];
  #entries: readonly Entry[] = [];
  #pieces: readonly Piece[] | null = null;
  /** Parts of blocks that have more rows than are looked through together. */
  readonly #parts = new WeakMap<readonly Line[], readonly Piece[]>();
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
    const kept = new Map<string, Entry>();
    this.#blocks = blocks;
    this.#pieces = null;
    this.#entries = blocks.map((block) => {
      const known = this.#cache.get(block.key);
      const entry = known !== undefined && known.block.text === block.text && known.block.most === block.most
        ? known
        : { block, lines: rowsOfBlock(block, this.#width) };
      kept.set(block.key, entry);
      return entry;
    });
    this.#lines = this.#entries.flatMap(({ lines }) => lines);
    this.#cache = kept;
  }

  /** The whole text of a block, of which a piece has the key; null where it is none of them. */
  textOf(key: string): string | null {
    if (key === "streamed") return this.#streamed.join("\n");
    const block = (this.#cache.get(key) ?? this.#cache.get(key.replace(/\/\d+$/, "")))?.block;
    return block === undefined ? null : block.text;
  }

  /** All rows to be looked through, block by block, with the newest ones of what streams; the same list while they are the same. */
  get pieces(): readonly Piece[] {
    this.#pieces ??= this.#entries.flatMap(({ block: { key }, lines }) =>
      lines.length <= PIECE_ROWS ? [{ key, lines }] : this.#partsOf(key, lines)
    );
    if (this.#streamed.length === 0) return this.#pieces;
    const early = Math.max(0, this.#streamed.length - STREAM_ROWS);
    const rows = (from: number, to: number) => this.#streamed.slice(from, to).map((row): Line => [span(row)]);
    return [
      ...this.#pieces,
      ...(early === 0
        ? []
        : [{ key: "before", lines: Array.from({ length: early }, (): Line => []), isRows: true as const }]),
      { key: "streamed", lines: rows(early, this.#streamed.length) },
    ];
  }

  #partsOf(key: string, lines: readonly Line[]): readonly Piece[] {
    const known = this.#parts.get(lines);
    if (known !== undefined) return known;
    const parts = Array.from({ length: Math.ceil(lines.length / PIECE_ROWS) }, (_, index): Piece => ({
      key: `${key}/${index}`,
      lines: lines.slice(index * PIECE_ROWS, (index + 1) * PIECE_ROWS),
    }));
    this.#parts.set(lines, parts);
    return parts;
  }

  /** All rows. */
  get total(): number {
    return this.#lines.length + this.#streamed.length;
  }

  /** Keeps the place inside what there is. */
  bound(height: number): void {
    this.back = Math.min(this.back, Math.max(0, this.total - height));
  }

  /** The first visible row of so many, among all. */
  firstOf(height: number): number {
    return Math.max(0, this.total - this.back - height);
  }

  /** Has a row seen: what is seen already stays where it is, any other one comes to the middle. */
  show(row: number, height: number): void {
    const first = this.firstOf(height);
    // Where there is more below, that is said in the last row.
    const most = Math.max(0, this.total - 2 - row);
    const isSeen = row >= first && (this.back === 0 ? most === 0 : row < first + height - 1);
    // A place at the end would go on with what comes.
    if (!isSeen) this.back = Math.min(most, Math.max(row >= first ? 1 : 0, this.total - row - Math.ceil(height / 2)));
    this.bound(height);
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
      lines[lines.length - 1] = [span(`↓ ${this.back + 1} more below, G to follow`, "warn")];
    }
    return lines;
  }
}
