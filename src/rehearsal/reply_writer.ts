import type { Exchange } from "./exchange.ts";
import type { DeliveredCall } from "../kernel/call.ts";
import type { ChatBody } from "./chat_request.ts";
import { WireError } from "./chat_request.ts";
import type { TakenFaults } from "./faults.ts";
import { goJson } from "./go_json.ts";
import { wait } from "./wait.ts";

/** The text of Ollama when its runner was killed in mid-stream (recorded). */
const RUNNER_GONE = "an error was encountered while running the model: unexpected EOF";
const GARBAGE = '{"model":"';

/** Thrown when a fault has ended the answer: there is nothing more to send. */
export class AnswerCut extends Error {
  override readonly name = "AnswerCut";
}

/** Counts and times of a reply; a field that is 0 is left out, as Go's `omitempty` does. */
export type ReplyMetrics = Readonly<Record<string, number>>;

/** Writes a reply as lines of a stream or as one JSON object, and plays the faults that hit it. */
export class ReplyWriter {
  readonly #exchange: Exchange;
  readonly #request: ChatBody;
  readonly #faults: TakenFaults;
  readonly #calls: Record<string, unknown>[] = [];
  #content = "";
  #thinking = "";
  #callCount = 0;
  #lines = 0;
  #garbled = false;

  /**
   * @param exchange where the lines go
   * @param request the chat request
   * @param faults faults that hit it
   */
  constructor(exchange: Exchange, request: ChatBody, faults: TakenFaults) {
    this.#exchange = exchange;
    this.#request = request;
    this.#faults = faults;
  }

  /** Sends a piece of text. */
  async content(piece: string): Promise<void> {
    this.#content += piece;
    await this.#piece({ role: "assistant", content: piece });
  }

  /** Sends a piece of thought. */
  async thinking(piece: string): Promise<void> {
    this.#thinking += piece;
    await this.#piece({ role: "assistant", content: "", thinking: piece });
  }

  /** Sends whole calls. */
  async calls(calls: readonly DeliveredCall[]): Promise<void> {
    const sent = calls.map((call) => ({
      id: `call_${Math.random().toString(36).slice(2, 10).padEnd(8, "0")}`,
      function: { index: this.#callCount++, name: call.name, arguments: call.arguments },
    }));
    this.#calls.push(...sent);
    await this.#piece({ role: "assistant", content: "", tool_calls: sent });
  }

  /**
   * Ends the reply.
   * @param reason why generation ended
   * @param metrics counts and times in nanoseconds
   */
  async done(reason: "stop" | "length", metrics: ReplyMetrics): Promise<void> {
    const counted = Object.fromEntries(Object.entries(metrics).filter(([, value]) => value !== 0));
    const ending = { done: true, done_reason: reason, ...counted };
    if (!this.#request.stream) {
      await this.#play(true);
      return this.#exchange.json(200, { ...this.#head(this.#whole()), ...ending });
    }
    await this.#send({ ...this.#head({ role: "assistant", content: "" }), ...ending }, true);
    this.#exchange.end();
  }

  /** Ends the reply without saying so, as Ollama does with a model that repeats one token. */
  // deno-lint-ignore require-await -- ends are awaited alike
  async endWithoutDone(): Promise<void> {
    if (this.#request.stream) this.#exchange.end();
    else this.#exchange.json(200, { ...this.#head(this.#whole()), done: false });
  }

  #whole(): Record<string, unknown> {
    return {
      role: "assistant",
      content: this.#content,
      ...(this.#thinking === "" ? {} : { thinking: this.#thinking }),
      ...(this.#calls.length === 0 ? {} : { tool_calls: this.#calls }),
    };
  }

  #head(message: Record<string, unknown>): Record<string, unknown> {
    return { model: this.#request.model, created_at: new Date().toISOString(), message };
  }

  async #piece(message: Record<string, unknown>): Promise<void> {
    if (this.#request.stream) await this.#send({ ...this.#head(message), done: false }, false);
  }

  async #send(line: Record<string, unknown>, last: boolean): Promise<void> {
    await this.#play(last);
    await this.#exchange.line(goJson(line));
    this.#lines++;
  }

  /** Plays what is due before the next line; short replies are hit at their last one. */
  async #play(last: boolean): Promise<void> {
    const due = (fault: { readonly afterLines: number } | undefined) =>
      fault !== undefined && (last || this.#lines >= fault.afterLines);
    const garbage = this.#faults.get("garbage_line");
    if (due(garbage) && !this.#garbled) {
      this.#garbled = true;
      if (this.#request.stream) await this.#exchange.line(garbage?.text ?? GARBAGE);
      else {
        this.#exchange.plain(200, "application/json; charset=utf-8", garbage?.text ?? GARBAGE);
        throw new AnswerCut();
      }
    }
    if (due(this.#faults.get("stall"))) await wait(Infinity, this.#exchange.signal);
    if (due(this.#faults.get("drop"))) {
      this.#exchange.reset();
      throw new AnswerCut();
    }
    if (due(this.#faults.get("no_done"))) {
      await this.endWithoutDone();
      throw new AnswerCut();
    }
    const error = this.#faults.get("error_line");
    if (due(error)) {
      const text = error?.text ?? RUNNER_GONE;
      if (!this.#request.stream || this.#lines === 0) throw new WireError(500, text);
      await this.#exchange.line(goJson({ error: text }));
      this.#exchange.end();
      throw new AnswerCut();
    }
  }
}
