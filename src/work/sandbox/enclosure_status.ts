import { constants } from "node:os";
import type { Readable } from "node:stream";

/** How long the last words of bubblewrap are awaited once it has ended, ms. */
const MOST_LAST_WORDS_MS = 500;

/** How a command ended, for the program that asked for it. */
type Outcome =
  | { readonly supervisor: "ended"; readonly code: number | null; readonly signal: string | null }
  | { readonly supervisor: "failed"; readonly code: string; readonly message: string };

/** What bubblewrap says of its command: lines of JSON on a descriptor of their own. The supervisor imports this file. */
export class EnclosureStatus {
  #text = "";
  readonly #ended: Promise<void>;

  /**
   * @param stream what it says; absent where a command runs without it
   * @param begun called once with the group of the command
   */
  constructor(stream: Readable | undefined, begun: (group: number) => void) {
    stream?.on("data", (piece: Uint8Array) => {
      const before = this.group;
      this.#text += new TextDecoder().decode(piece);
      if (before === null && this.group !== null) begun(this.group);
    });
    this.#ended = new Promise((resolve) => {
      stream?.once("close", resolve);
      stream?.once("error", () => resolve());
    });
  }

  /** The process group of the command inside, as it is numbered outside; null until it has begun, and without bubblewrap. */
  get group(): number | null {
    const [, pid] = /"child-pid": *(\d+)/.exec(this.#text) ?? [];
    return pid === undefined ? null : Number(pid);
  }

  /**
   * Tells how the command ended, once bubblewrap has: it ends with the command's exit code, or 128 and the number of the signal.
   *
   * @param code exit code of bubblewrap
   * @param signal signal that ended bubblewrap itself
   */
  async outcome(code: number | null, signal: string | null): Promise<Outcome> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      this.#ended,
      new Promise<void>((resolve) => timer = setTimeout(resolve, MOST_LAST_WORDS_MS)),
    ]);
    clearTimeout(timer);
    if (code === null) return { supervisor: "ended", code, signal };
    // It says no exit code where it could not start the command, and the reason stands at the end of the output.
    if (!this.#text.includes('"exit-code"') && code === 1) {
      return { supervisor: "failed", code: "ENCLOSED", message: "" };
    }
    const name = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null;
    return { supervisor: "ended", code: name === null ? code : null, signal: name };
  }
}
