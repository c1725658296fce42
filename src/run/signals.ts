import type { ChatPiece } from "../ports/model_host.ts";
import type { Signal } from "../ports/host_status.ts";

interface Growing extends Signal {
  readonly text: string[];
  readonly thinking: string[];
}

/** What open effects are doing and what streams in for them: pieces are appended, nothing is joined or read again. */
export class Signals {
  readonly #open = new Map<string, Growing>();

  /** What is shown, by effect key. */
  get all(): ReadonlyMap<string, Signal> {
    return this.#open;
  }

  /**
   * Shows what an effect is doing.
   *
   * @param status a few words
   * @param now ms since the epoch: the time from which an unlike status holds
   */
  show(key: string, status: string, now: number): void {
    const known = this.#open.get(key);
    if (known?.status === status) return;
    this.#open.set(key, { text: known?.text ?? [], thinking: known?.thinking ?? [], status, since: now });
  }

  /**
   * Appends what streamed in.
   *
   * @param piece readable text, or thinking
   * @param now ms since the epoch, for an effect that was not shown yet
   */
  append(key: string, { text, thinking }: ChatPiece, now: number): void {
    const known = this.#open.get(key) ?? { text: [], thinking: [], status: "", since: now };
    if (text !== undefined && text !== "") known.text.push(text);
    if (thinking !== undefined && thinking !== "") known.thinking.push(thinking);
    const status = text === undefined ? "thinking" : "writing";
    if (known.status !== status || !this.#open.has(key)) this.#open.set(key, { ...known, status });
  }

  /** Forgets what streamed in: the reply is asked for again. */
  restart(key: string): void {
    const known = this.#open.get(key);
    if (known !== undefined) this.#open.set(key, { ...known, text: [], thinking: [] });
  }

  /** Ends what is shown of an effect. */
  delete(key: string): void {
    this.#open.delete(key);
  }
}
