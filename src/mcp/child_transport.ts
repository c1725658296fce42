import { isRecord, parsedJson } from "../kernel/json.ts";
import { oneLine } from "../kernel/say.ts";
import { killProcess } from "../plugin/host/start_process.ts";
import { McpFault } from "./mcp_fault.ts";
import { messageLines } from "./message_lines.ts";
import type { JSONRPCMessage, Transport } from "./sdk.ts";

/** Time that a server has to end by itself once its standard input is closed, ms. */
const LEAVE_MS = 1_000;
/** Characters of what it last said on standard error that its faults quote. */
const QUOTED_CHARS = 600;

/** The standard streams of a server's process as the SDK speaks over them. */
export class ChildTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  #said = "";
  #stray = "";
  #reading: Promise<void> | null = null;
  #listening: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #fault = "";

  /** @param process with all three streams piped, in a process group of its own */
  constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#writer = process.stdin.getWriter();
  }

  /** What is worth knowing where something went wrong: what it said last; empty where that is nothing. */
  get tells(): string {
    return [
      ...(this.#fault === "" ? [] : [this.#fault]),
      ...(this.#said.trim() === "" ? [] : [`It said: ${oneLine(this.#said.slice(-QUOTED_CHARS), QUOTED_CHARS)}`]),
      ...(this.#stray === "" ? [] : [`It wrote what is no message: ${this.#stray}`]),
    ].join(" ");
  }

  start(): Promise<void> {
    this.#listening = this.#listen();
    this.#reading = this.#read();
    return Promise.resolve();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    try {
      await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
    } catch (cause) {
      throw new McpFault("its process has ended.", { cause });
    }
  }

  /** Ends the process: it may leave by itself first. */
  close(): Promise<void> {
    return this.#closing ??= this.#end();
  }

  async #end(): Promise<void> {
    const asked = setTimeout(() => killProcess(this.#process), LEAVE_MS);
    await this.#writer.close().catch(() => {}); // It may not read any more.
    await this.#process.status;
    clearTimeout(asked);
    killProcess(this.#process);
    await Promise.all([this.#reading, this.#listening]);
    this.onclose?.();
  }

  async #read(): Promise<void> {
    try {
      for await (const line of messageLines(this.#process.stdout)) {
        const message = parsedJson(line);
        if (isRecord(message) && message.jsonrpc === "2.0") this.onmessage?.(message as JSONRPCMessage);
        else if (line.trim() !== "") this.#stray = oneLine(line);
      }
    } catch (error) {
      this.#fault = error instanceof McpFault ? error.message : "";
      killProcess(this.#process);
    }
    // Nothing more can come of it. It is over where its process is.
    if (this.#closing !== null) return;
    const timer = setTimeout(() => killProcess(this.#process), LEAVE_MS);
    await this.#process.status;
    clearTimeout(timer);
    queueMicrotask(() => void this.close());
  }

  async #listen(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of this.#process.stderr) {
        this.#said = (this.#said + decoder.decode(bytes, { stream: true })).slice(-QUOTED_CHARS);
      }
    } catch {
      // Gone with its process.
    }
  }
}
