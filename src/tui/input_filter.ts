import { PassThrough } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Mouse reports (SGR and old), and function keys in the forms terminals send. */
const TAKEN =
  // deno-lint-ignore no-control-regex
  /\x1b\[<(\d+);(\d+);(\d+)([Mm])|\x1b\[M[\s\S]{3}|\x1bO([PQRS])|\x1b\[\[([A-E])|\x1b\[(1[1-5]|1[7-9]|2[0134])(?:;\d+)?~|\x1b\[1;\d+([PQRS])/g;
/** The beginning of such a report at the end of a chunk. A lone escape is not waited for: it is a key. */
// deno-lint-ignore no-control-regex
const BEGUN = /\x1b\[(?:<[\d;]*|M[\s\S]{0,2}|1[1-9]?|2[0-4]?)$/;
const LONGEST = 32;

const FUNCTION_KEYS: Readonly<Record<string, number>> = {
  P: 1,
  Q: 2,
  R: 3,
  S: 4,
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  "11": 1,
  "12": 2,
  "13": 3,
  "14": 4,
  "15": 5,
  "17": 6,
  "18": 7,
  "19": 8,
  "20": 9,
  "21": 10,
  "23": 11,
  "24": 12,
};

/** What was taken out of the input. */
export type Taken =
  | {
    readonly kind: "mouse";
    readonly button: number;
    readonly column: number;
    readonly row: number;
    readonly pressed: boolean;
  }
  | { readonly kind: "function_key"; readonly number: number };

/** Takes mouse reports and function keys out of a stream of text, also where a report is split over two chunks. */
export class InputFilter {
  #begun = "";
  readonly #taken: (taken: Taken) => void;

  /** @param taken hears what was taken out */
  constructor(taken: (taken: Taken) => void) {
    this.#taken = taken;
  }

  /**
   * Filters a chunk.
   *
   * @param chunk text as it was read
   * @returns the rest of it
   */
  push(chunk: string): string {
    const text = this.#begun + chunk;
    const begun = BEGUN.exec(text)?.[0] ?? "";
    this.#begun = begun.length > LONGEST ? "" : begun;
    return text.slice(0, text.length - this.#begun.length).replace(
      TAKEN,
      (whole, button, column, row, end, ...names) => {
        if (button !== undefined) {
          this.#taken({
            kind: "mouse",
            button: Number(button),
            column: Number(column),
            row: Number(row),
            pressed: end === "M",
          });
          return "";
        }
        const name = names.slice(0, 4).find((one) => typeof one === "string") as string | undefined;
        if (name !== undefined && !whole.startsWith("\x1b[M")) {
          this.#taken({
            kind: "function_key",
            number: FUNCTION_KEYS[name] ?? 0,
          });
        }
        return "";
      },
    );
  }
}

/** A terminal's input, as node gives it. */
export interface TerminalInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listener: (chunk: Uint8Array | string) => void): unknown;
  off(event: "data", listener: (chunk: Uint8Array | string) => void): unknown;
}

/** Input for Ink: what the terminal sends, less what Ink cannot tell apart. */
export class FilteredInput extends PassThrough {
  readonly isTTY = true;
  readonly #source: TerminalInput;
  readonly #filter: InputFilter;
  readonly #decoder = new StringDecoder("utf8");

  /**
   * @param source the terminal's input
   * @param taken hears mouse reports and function keys
   */
  constructor(source: TerminalInput, taken: (taken: Taken) => void) {
    super();
    this.#source = source;
    this.#filter = new InputFilter(taken);
    source.on("data", this.#read);
  }

  readonly #read = (chunk: Uint8Array | string): void => {
    const text = this.#filter.push(typeof chunk === "string" ? chunk : this.#decoder.write(chunk));
    if (text !== "") this.write(text);
  };

  /** Called by Ink. */
  setRawMode(raw: boolean): this {
    this.#source.setRawMode?.(raw);
    return this;
  }

  /** Called by Ink. */
  ref(): void {
    this.#source.ref?.();
    this.#source.resume();
  }

  /** Called by Ink. */
  unref(): void {
    this.#source.pause();
    this.#source.unref?.();
  }

  /** Reads no more. */
  close(): void {
    this.#source.off("data", this.#read);
    this.#source.pause();
    this.#source.unref?.();
    this.end();
  }
}
