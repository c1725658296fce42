import type { ChatPiece } from "../ports/model_host.ts";
import type { Signal } from "../ports/host_status.ts";

/** What streams in for open effects, by key: shown, never stored, never deciding. */
export class Signals {
  readonly #byKey = new Map<string, Signal>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** All of them, as they are now. */
  all(): ReadonlyMap<string, Signal> {
    return this.#byKey;
  }

  /** Shows what an effect is doing. */
  show(key: string, status: string): void {
    const known = this.#byKey.get(key);
    if (known?.status === status) return;
    this.#byKey.set(key, { text: "", thinking: "", ...known, status, since: this.#now() });
  }

  /** Adds a piece of a reply. */
  stream(key: string, { text, thinking }: ChatPiece): void {
    const known = this.#byKey.get(key);
    this.#byKey.set(key, {
      text: (known?.text ?? "") + (text ?? ""),
      thinking: (known?.thinking ?? "") + (thinking ?? ""),
      status: text === undefined ? "thinking" : "writing",
      since: known?.since ?? this.#now(),
    });
  }

  /** Forgets what streamed in. */
  restart(key: string): void {
    const known = this.#byKey.get(key);
    if (known !== undefined) this.#byKey.set(key, { ...known, text: "", thinking: "" });
  }

  /** The effect is closed. */
  end(key: string): void {
    this.#byKey.delete(key);
  }
}
