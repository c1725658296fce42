import { EventEmitter } from "node:events";
import xterm from "@xterm/headless";
import type { Terminal as ScreenTerminal, TerminalInput } from "../../src/tui/screen.tsx";
import { HANGING_MS } from "../fakes/hanging.ts";

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
