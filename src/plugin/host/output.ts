import { bound } from "../../kernel/text.ts";

/** Characters that are kept of what a plugin printed last. */
const KEPT = 2_000;
/** How long output is awaited after the process is gone, ms. */
const MOST_DRAIN_MS = 500;

/** What a plugin's process prints: read so that it never waits for a reader, and kept as far as it may say why something failed. */
export class Output {
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[];
  readonly #done: Promise<unknown>;
  #text = "";

  /** @param streams of the process */
  constructor(streams: readonly ReadableStream<Uint8Array>[]) {
    this.#readers = streams.map((stream) => stream.getReader());
    this.#done = Promise.all(this.#readers.map((reader) => this.#read(reader)));
  }

  /** What it printed last. */
  text(): string {
    return this.#text;
  }

  /** The same for the end of a sentence; empty where it printed nothing. */
  quoted(): string {
    const text = this.#text.trim();
    return text === "" ? "" : ` It printed:\n${bound(text, KEPT)}`;
  }

  /** Takes what is still to come once the process is gone; what holds the pipe open longer is not waited for. */
  async end(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, MOST_DRAIN_MS);
    await Promise.race([this.#done, late.promise]);
    clearTimeout(timer);
    await Promise.all(this.#readers.map((reader) => reader.cancel().catch(() => {})));
    await this.#done;
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        this.#text = (this.#text + decoder.decode(piece.value, { stream: true })).slice(-KEPT);
      }
    } catch {
      // A pipe that breaks ends the text; what came until then counts.
    }
  }
}
