import { EventEmitter } from "node:events";
import stringWidth from "string-width";
import type { Rect } from "./layout.ts";

/** A rectangle that is painted beside Ink. */
export interface Region {
  /** Stands for what is shown in it. */
  readonly id: string;
  readonly rect: Rect;
  /** Its rows where they are fixed, as edges are; otherwise they are asked for. */
  readonly rows?: readonly string[];
}

/** Where bytes go: a terminal, or a test's. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

// deno-lint-ignore no-control-regex
const ERASURE = /^(?:\x1b\[2K|\x1b\[1A|\x1b\[G|\x1b\[1;1H|\x1b\[H|\x1b\[0?J)+/;
const SYNCHRONIZED = ["\x1b[?2026h", "\x1b[?2026l"] as const;

function sameGeometry(one: readonly Region[], other: readonly Region[]): boolean {
  return one.length === other.length && one.every(({ rect }, index) => {
    const { x, y, width, height } = other[index]!.rect;
    return rect.x === x && rect.y === y && rect.width === width && rect.height === height;
  });
}

/**
 * Stands between Ink and the terminal. Ink's frames are compared line by line and only changed lines are written; over the empty
 * boxes of Ink's frame the regions are painted, by their own comparison, without Ink. All bytes of one change travel in one write.
 */
export class Painter extends EventEmitter {
  readonly #terminal: Terminal;
  readonly #rowsOf: (region: Region) => readonly string[];
  readonly #observe: (text: string) => void;
  #frame: readonly string[] = [];
  #painted = new Map<string, string>();
  #regions: readonly Region[] = [];
  #expected: readonly Region[] | null = null;
  /** First row that Ink draws. */
  #top = 0;
  /** The rows that Ink wrote last. */
  #drawn: readonly string[] = [];
  /** Whether regions may show something else than what is painted of them. */
  #hasChanged = true;
  #closed = false;
  /** Whether the alternate screen is shown already when Ink asks for it first. */
  #isEntered: boolean;
  #frozen = false;
  /** Streams that Ink looks at. */
  readonly writable = true;
  readonly destroyed = false;
  readonly writableEnded = false;

  /**
   * @param terminal where bytes go
   * @param rowsOf gives the rows of a region, each painted to exactly its width
   * @param observe sees every text that is written, before it is
   * @param isEntered whether the alternate screen is shown already
   */
  constructor(
    terminal: Terminal,
    rowsOf: (region: Region) => readonly string[],
    observe: (text: string) => void,
    isEntered = false,
  ) {
    super();
    this.#isEntered = isEntered;
    this.#terminal = terminal;
    this.#rowsOf = rowsOf;
    this.#observe = observe;
    terminal.on("resize", this.#resized);
  }

  get columns(): number {
    return this.#terminal.columns ?? 80;
  }

  get rows(): number {
    return this.#terminal.rows ?? 24;
  }

  get isTTY(): boolean {
    return true;
  }

  readonly #resized = (): void => {
    this.forget();
    this.emit("resize");
  };

  /** Takes what Ink writes: frames are compared and merged, modes pass, other text (of a stray console call) is dropped. */
  write(text: string, encoding?: unknown, done?: unknown): boolean {
    const tell = typeof encoding === "function" ? encoding : done;
    if (!this.#closed && text !== "" && text !== SYNCHRONIZED[0] && text !== SYNCHRONIZED[1]) this.#take(text);
    if (typeof tell === "function") tell();
    return true;
  }

  #take(text: string): void {
    const erased = ERASURE.exec(text)?.[0].length ?? 0;
    const rest = text.slice(erased);
    if (rest.includes("\n")) {
      // A frame takes the place of the one before; what does not is a line that something wrote on the console.
      if (this.#frozen || erased === 0 && this.#frame.length > 0) return;
      const lines = rest.split("\n");
      // Below what does not fill its screen Ink goes to a new line.
      if (this.#top > 0 && lines.at(-1) === "") lines.pop();
      this.#drawn = lines;
      const whole = this.#whole();
      if (whole !== null) this.#merge(whole);
    } else if (rest.startsWith("\x1b[?") || rest.startsWith("\x1b[<") || rest.startsWith("\x1b[>")) {
      if (rest.includes("\x1b[?1049")) this.forget();
      // Entered twice, some terminals would come back to a cursor of the alternate screen.
      this.#send(this.#isEntered ? rest.replace("\x1b[?1049h", "") : rest);
      this.#isEntered &&= !rest.includes("\x1b[?1049h");
    }
  }

  /** All rows of the frame that Ink wrote last; null while the terminal changes its size, where it draws the old tree once more. */
  #whole(): readonly string[] | null {
    if (this.#drawn.length !== this.rows - this.#top) return null;
    return [...Array<string>(this.#top).fill(""), ...this.#drawn];
  }

  #merge(lines: readonly string[]): void {
    if (this.#expected !== null) {
      // Where the regions stand elsewhere, nothing of the old ones may be left.
      if (!sameGeometry(this.#regions, this.#expected)) this.forget();
      this.#regions = this.#expected;
      this.#expected = null;
    }
    // With a letter that is typed the panes are as they were, and to make out their rows takes longer than all the rest; what streams into them
    // while a run is at work is painted by the clock.
    const isKept = !this.#hasChanged && lines.every((line, row) => row >= this.#top || line === this.#frame[row]);
    const rows = this.#rowsOfAll(isKept);
    if (rows === null) return;
    let bytes = "";
    lines.forEach((line, row) => {
      if (line === this.#frame[row]) return;
      bytes += `\x1b[${row + 1};1H${line}\x1b[0m${stringWidth(line) < this.columns ? "\x1b[K" : ""}`;
      for (const { rect } of this.#regions) this.#painted.delete(`${rect.x},${row}`);
    });
    this.#frame = lines;
    this.#hasChanged = false;
    this.#send(this.#wrap(bytes + this.#changes(rows)));
  }

  /**
   * Rows of all regions, before anything is written. What gives them may load a part of the runtime, and Deno settles promises meanwhile: a
   * frame that was written then stands, and what was asked for before it is over.
   *
   * @param isKept whether those that are asked for their rows are as they were painted
   * @returns null for a region that is kept; null where another frame was written in between
   */
  #rowsOfAll(isKept = false): readonly (readonly string[] | null)[] | null {
    const regions = this.#regions;
    const frame = this.#frame;
    const rows = regions.map((region) => region.rows ?? (isKept ? null : this.#rowsOf(region)));
    return this.#regions === regions && this.#frame === frame ? rows : null;
  }

  #changes(all: readonly (readonly string[] | null)[]): string {
    let bytes = "";
    for (const [at, region] of this.#regions.entries()) {
      const { x, y, height } = region.rect;
      const rows = all[at] ?? null;
      if (rows === null) continue;
      for (let index = 0; index < height; index++) {
        const text = rows[index] ?? "";
        const key = `${x},${y + index}`;
        if (this.#painted.get(key) === text) continue;
        this.#painted.set(key, text);
        bytes += `\x1b[${y + index + 1};${x + 1}H${text}`;
      }
    }
    return bytes;
  }

  #wrap(bytes: string): string {
    return bytes === "" ? "" : `${SYNCHRONIZED[0]}${bytes}${SYNCHRONIZED[1]}`;
  }

  #send(text: string): void {
    if (text === "") return;
    this.#observe(text);
    this.#terminal.write(text);
  }

  /**
   * Says which regions belong to the frame that Ink is about to write. Until it does, the regions are not painted.
   *
   * @param regions the regions, which do not overlap
   * @param top first row that Ink draws; those above are empty but for the regions
   */
  expect(regions: readonly Region[], top = 0): void {
    this.#expected = regions;
    this.#top = top;
  }

  /** Says that regions may show something else: with Ink's next frame they are asked for their rows. */
  change(): void {
    this.#hasChanged = true;
  }

  /** Says that Ink has rendered: where its frame did not change, nothing will be written, and it holds from now on with the regions. */
  rendered(): void {
    if (this.#frozen || this.#expected === null) return;
    const whole = this.#whole();
    // One of a wider terminal is written anew; here it would run over the last row.
    if (whole !== null && this.#drawn.every((line) => stringWidth(line) <= this.columns)) this.#merge(whole);
  }

  /** Paints the regions' changed rows. */
  paint(): void {
    // Where a frame is expected they are painted with it.
    this.#hasChanged = true;
    if (this.#closed || this.#frozen || this.#expected !== null || this.#frame.length !== this.rows) return;
    const rows = this.#rowsOfAll();
    if (rows === null) return;
    this.#hasChanged = false;
    this.#send(this.#wrap(this.#changes(rows)));
  }

  /** Writes the whole screen again. */
  redraw(): void {
    if (this.#closed || this.#frame.length !== this.rows) return;
    const lines = this.#frame;
    this.forget();
    this.#send("\x1b[0m\x1b[2J");
    this.#merge(lines);
  }

  /** Forgets what stands on the screen. */
  forget(): void {
    this.#frame = [];
    this.#painted.clear();
    this.#hasChanged = true;
  }

  /** Paints no more; modes still pass, so that the terminal can be left as it was. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Writes nothing from now on, whatever Ink does. */
  close(): void {
    this.#closed = true;
    this.#terminal.off("resize", this.#resized);
  }
}
