import { EventEmitter } from "node:events";
import xterm, { type IBufferCell } from "@xterm/headless";
import type { Terminal as ScreenTerminal, TerminalInput } from "../../src/tui/screen.tsx";
import { HANGING_MS } from "../fakes/hanging.ts";

/** How a cell looks; a colour is one of the terminal's by its number, `#rrggbb`, or null for the terminal's own. */
export interface CellStyle {
  readonly ink: number | string | null;
  readonly ground: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** Text of one style within a row. */
export interface StyledText {
  readonly text: string;
  /** The first cell, from 0. */
  readonly column: number;
  readonly cells: number;
  readonly style: CellStyle;
}

/** A terminal in memory: what is written to it becomes cells, keys are typed into it. */
export class VirtualTerminal extends EventEmitter implements ScreenTerminal {
  readonly isTTY = true;
  readonly input: VirtualInput = new VirtualInput();
  /** All that was written. */
  bytes = "";
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  #written: Promise<void> = Promise.resolve();
  #next = Promise.withResolvers<boolean>();

  constructor(public columns: number, public rows: number) {
    super();
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  write(text: string): boolean {
    this.bytes += text;
    this.#written = new Promise((resolve) => this.#screen.write(text, resolve));
    this.look();
    return true;
  }

  /** Changes the size, as a window does. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#screen.resize(columns, rows);
    this.emit("resize");
    this.look();
  }

  /** Rows on the screen as text. */
  async lines(): Promise<string[]> {
    await this.#written;
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: this.rows }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? "");
  }

  /** The whole screen as text. */
  async text(): Promise<string> {
    return (await this.lines()).join("\n");
  }

  /** Rows on the screen as texts of one style each; {@link lines} leaves the styles out. */
  async styledRows(): Promise<StyledText[][]> {
    await this.#written;
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: this.rows }, (_, row) => {
      const texts: StyledText[] = [];
      for (let column = 0; column < this.columns; column++) {
        const cell = buffer.getLine(row)?.getCell(column);
        const cells = cell?.getWidth() ?? 0;
        if (cell === undefined || cells === 0) continue;
        const [text, style, last] = [cell.getChars() || " ", styleOf(cell), texts.at(-1)];
        if (last === undefined || JSON.stringify(last.style) !== JSON.stringify(style)) {
          texts.push({ text, column, cells, style });
        } else texts[texts.length - 1] = { ...last, text: last.text + text, cells: last.cells + cells };
      }
      return texts;
    });
  }

  /** Whether the alternate screen is shown. */
  get alternate(): boolean {
    return this.#screen.buffer.active.type === "alternate";
  }

  /** Waits until a condition holds, of the screen or of what it told; looked at after each write and each {@link look}. */
  async until(condition: (text: string) => boolean, what: string): Promise<string> {
    const hanging = setTimeout(() => this.look(true), HANGING_MS);
    try {
      for (;;) {
        // Taken before the look: what is written meanwhile is looked at too.
        const next = this.#next.promise;
        const text = await this.text();
        if (condition(text)) return text;
        if (await next) throw new Error(`the screen never showed ${what}:\n${text}`);
      }
    } finally {
      clearTimeout(hanging);
    }
  }

  /** Has who waits look again; `inVain` says that it is to wait no more. */
  look(inVain = false): void {
    this.#next.resolve(inVain);
    this.#next = Promise.withResolvers();
  }
}

function styleOf(cell: IBufferCell): CellStyle {
  const color = (isOwn: boolean, isNumber: boolean, color: number) =>
    isOwn ? null : isNumber ? color : `#${color.toString(16).padStart(6, "0")}`;
  return {
    ink: color(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor()),
    ground: color(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

/** The keyboard of a terminal in memory. */
export class VirtualInput extends EventEmitter implements TerminalInput {
  readonly isTTY = true;
  raw = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  ref(): void {}
  unref(): void {}
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }

  /** Types text, in one chunk. */
  type(text: string): void {
    this.emit("data", new TextEncoder().encode(text));
  }
}
