import type { IncomingMessage, ServerResponse } from "node:http";
import { goJson } from "./go_json.ts";
import { WireError } from "./chat_request.ts";

const MOST_BYTES = 64 * 2 ** 20;

/** One request and its answer. The signal ends when the client leaves or the server closes. */
export class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #gone = new AbortController();

  /**
   * @param request what came
   * @param response where the answer goes
   */
  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
    response.once("close", () => this.#gone.abort(new DOMException("the client left", "AbortError")));
  }

  /** Ends when the client leaves, or the server closes. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /**
   * Reads the body.
   * @returns the text as sent
   * @throws {WireError} 400 above 64 MiB
   */
  async text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.#request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new WireError(400, "http: request body too large");
      chunks.push(chunk);
    }
    return await new Blob(chunks as Uint8Array<ArrayBuffer>[]).text();
  }

  /**
   * Answers with one JSON value.
   * @param status HTTP status
   * @param value the value
   * @param streamed true where the request asked for a stream: such errors come without a charset, as recorded
   */
  json(status: number, value: unknown, streamed = false): void {
    this.#whole(status, streamed ? "application/json" : "application/json; charset=utf-8", goJson(value));
  }

  /**
   * Answers with plain text.
   * @param status HTTP status
   * @param type content type
   * @param text the text
   */
  plain(status: number, type: string, text: string): void {
    this.#whole(status, type, text);
  }

  /**
   * Writes one line of a stream and waits until it is handed to the system; the first line sends the headers.
   * @param line the line without its end
   * @throws the signal's reason when the client is gone
   */
  async line(line: string): Promise<void> {
    this.signal.throwIfAborted();
    if (!this.#response.headersSent) this.#response.writeHead(200, { "content-type": "application/x-ndjson" });
    await new Promise<void>((resolve, reject) => {
      const left = () => reject(this.signal.reason);
      this.signal.addEventListener("abort", left, { once: true });
      this.#response.write(`${line}\n`, () => {
        this.signal.removeEventListener("abort", left);
        resolve();
      });
    });
  }

  /** Ends a stream properly. */
  end(): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, { "content-type": "application/x-ndjson" });
    this.#response.end();
  }

  /** Resets the connection. */
  reset(): void {
    this.#response.destroy();
  }

  #whole(status: number, type: string, text: string): void {
    if (this.signal.aborted || this.#response.headersSent) return;
    this.#response.writeHead(status, { "content-type": type, "content-length": String(new Blob([text]).size) });
    this.#response.end(text);
  }
}
