import type { Code } from "./code.ts";
import type { HistoryEntry } from "./store.ts";
import { type Line, type Look, span, wrapLine } from "./line.ts";
import { inStyle, markdownRows } from "./markdown.ts";
import { type Streaming, StreamRows } from "./stream_rows.ts";
import { cells, cut, neutralise } from "./text.ts";
import type { Piece } from "./finder.ts";
import type { Block } from "./select/block.ts";

function rowsOfBlock(block: Block, width: number, look: Look): Line[] {
  const lead = neutralise(block.lead);
  if (block.isRow === true) return [[span(lead, block.leadStyle), ...rowOf(block, lead, width, look)]];
  const indent = Math.min(cells(lead), Math.floor(width / 3));
  const hanging = /^\W{0,4}$/.test(lead);
  const head: Line = hanging ? [] : [span(lead, block.leadStyle)];
  const rows = textRows(block, head, hanging ? width - indent : width, look);
  const most = block.most === 0 || rows.length <= block.most ? rows.length : Math.max(1, block.most - 1);
  const margin: Line = [span(" ".repeat(indent))];
  const lines = rows.slice(0, most).map((row, index): Line =>
    !hanging ? row : [...(index === 0 ? [span(lead, block.leadStyle)] : margin), ...row]
  );
  if (most < rows.length) lines.push([...margin, span(`… ${rows.length - most} more lines`, "dim")]);
  return lines;
}

/** Rows of a text. A long lead (a sender, a time) stands on the first row only; the rows below begin at the edge. */
function textRows({ text, style, isMarkdown }: Block, lead: Line, width: number, look: Look): Line[] {
  const own = neutralise(text).replace(/(?<!\n)\n+$/, "");
  return isMarkdown === true
    ? markdownRows(own, { width, style, look, lead })
    : wrapLine([...lead, span(own, style)], width);
}

/** What a row of a file shows: its code in colours where it has them. */
function rowOf({ text, style, code }: Block, lead: string, width: number, look: Look): Line {
  const coloured = code === undefined ? undefined : look.code?.of(code.of)?.[code.line];
  return coloured === undefined ? [span(rowText(lead, text, width), style)] : inStyle(coloured, style);
}
/** Rows of a block that are looked through together. */
const PIECE_ROWS = 500;

/** Newest rows of what streams that are looked through. */
const STREAM_ROWS = 500;

/** A line of a file as far as it fits; its tabs are blanks. */
function rowText(lead: string, text: string, width: number): string {
  return cut(neutralise(text.slice(0, width * 4)).replaceAll("\n", " "), Math.max(1, width - cells(lead)));
}

/** A block as it was laid out. */
interface LaidOut {
  readonly block: Block;
  readonly lines: readonly Line[];
  /** Whether code in it waits for its colours. */
  readonly waits: boolean;
}

function layOut(block: Block, width: number, look: Look): LaidOut {
  let waits = false;
  const { code } = look;
  const noting = code === undefined ? look : {
    ...look,
    code: {
      version: code.version,
      of(one: Code) {
        const lines = code.of(one);
        waits ||= lines === null;
        return lines;
      },
    },
  };
  const lines = rowsOfBlock(block, width, noting);
  return { block, lines, waits };
}

/**
 * Rows of one thread's pane: older entries, the present, and what streams in. Wraps each block once per width, keeps the place
 * where a person reads while rows are added below, and follows the newest row otherwise.
 */
export class PaneRows {
  #width = 0;
  #blocks: readonly Block[] = [];
  #cache = new Map<string, LaidOut>();
  /** The look that blocks were laid out in, and how many texts had got their colours. */
  #look: Look | null = null;
  #version = 0;
  readonly #stream = new StreamRows();
  #lines: readonly Line[] = [];
  #streamed: readonly string[] = [];
  #entries: readonly LaidOut[] = [];
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
   * @param look signs, and colours of code
   */
  update(blocks: readonly Block[], streaming: Streaming | null, width: number, look: Look): void {
    const before = this.total;
    const version = look.code?.version ?? 0;
    if (width !== this.#width) this.#cache.clear();
    else if (version !== this.#version) {
      for (const [key, { waits }] of this.#cache) if (waits) this.#cache.delete(key);
    }
    const isAnother = blocks !== this.#blocks || width !== this.#width || version !== this.#version;
    this.#width = width;
    this.#look = look;
    this.#version = version;
    if (isAnother) this.#wrap(blocks);
    this.#streamed = streaming === null ? [] : this.#stream.update(streaming, width);
    if (this.back > 0 && before > 0) this.back = Math.max(0, this.back + this.total - before);
  }

  /** Takes blocks that have older ones before those that were there; the place where a person reads stays. */
  prepend(blocks: readonly Block[]): void {
    this.#wrap(blocks);
  }

  #wrap(blocks: readonly Block[]): void {
    const kept = new Map<string, LaidOut>();
    const look = this.#look;
    if (look === null) return;
    this.#blocks = blocks;
    this.#pieces = null;
    this.#entries = blocks.map((block) => {
      const known = this.#cache.get(block.key);
      const entry = known !== undefined && known.block.text === block.text && known.block.most === block.most
        ? known
        : layOut(block, this.#width, look);
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
      lines[lines.length - 1] = [span(`↓ ${this.back + 1} more below, G to follow`, "warned")];
    }
    return lines;
  }
}
