import { reasonOf } from "../../kernel/reason_of.ts";
import { byTheClock, type Timer } from "../../ports/timer.ts";
import { LOAD_BOUND_MS } from "../open_in_process.ts";
import { Channel, TooLong } from "./channel.ts";
import type { Manifest } from "./manifest.ts";
import { type Asked, type LoadOrder, type Order, Word } from "./messages.ts";
import { type CallParts, errorOf, type OpenCall } from "./open_call.ts";
import { Output } from "./output.ts";
import type { BegunProcess, ProcessOptions } from "./begin_process.ts";
import { PluginFault } from "./plugin_fault.ts";
import { HEAP_MB, killProcess } from "./start_process.ts";
import { portError } from "./workspace_port.ts";

/** How often it is looked whether a process at work still answers, and how long a call goes on after its signal, ms. */
const LOOK_MS = 5_000;
const GRACE_MS = 2_000;
/** Time for the two waits of a load, for the module and for its self-test, and for what runs in between, ms. */
const LOADING_MS = 2 * LOAD_BOUND_MS + GRACE_MS;
/** Looks at which a process that answers nothing has to have said a word. */
const MOST_MISSED = 2;
/** Most bytes that a plugin says at once: a file of 5 MB, each of its characters escaped. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Pieces of one reply that nobody waits for any more, after which it is ended. */
const MOST_STRAY = 1_000;
/** Requests to workspaces that may be open before no more is read. */
const MOST_REQUESTS = 64;
/** How long a process that says nothing more has to end by itself, ms. */
const ENDING_MS = 1_000;

/** A plugin at work in a process of its own. */
export class PluginProcess {
  readonly #process: Deno.ChildProcess;
  readonly #channel: Channel;
  readonly #output: Output;
  readonly #options: ProcessOptions;
  readonly #timer: Timer;
  readonly #calls = new Map<number, OpenCall>();
  readonly #loading = Promise.withResolvers<Manifest | null>();
  readonly #requests = new Set<Promise<void>>();
  #count = 0;
  #missed = 0;
  /** Pieces that came after their call was over, by call. */
  readonly #stray = new Map<number, number>();
  #stopLooking: (() => void) | null = null;
  #fault: string | null = null;
  readonly #gone: (byItself: boolean) => void;
  #isWanted = true;
  /** Resolved when nothing of it is left. */
  readonly ended: Promise<void>;

  /**
   * @param begun its process, which waits for the plugin to be loaded
   * @param options how it was started
   * @param gone hears at once when nothing can be asked of it any more, and whether that came of itself
   */
  constructor({ process, connection }: BegunProcess, options: ProcessOptions, gone: (byItself: boolean) => void) {
    this.#gone = gone;
    this.#process = process;
    this.#channel = new Channel(connection);
    this.#output = new Output([process.stdout, process.stderr]);
    this.#options = options;
    this.#timer = options.timer ?? byTheClock;
    this.#loading.promise.catch(() => {});
    this.ended = this.#attend();
  }

  /** Calls that are not over. */
  get open(): number {
    return this.#calls.size;
  }

  /**
   * Loads the plugin and runs its self-test.
   *
   * @param order its module in the copy, and whether it is looked at
   * @returns what it offers, where it is looked at
   * @throws with a sentence for people where it cannot be used; its process is to be ended then
   */
  async load(order: Omit<LoadOrder, "do">, signal?: AbortSignal): Promise<Manifest | null> {
    const abort = () => this.#loading.reject(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    // What only waits was given up before, and said so.
    const callOff = this.#timer(LOADING_MS, () => {
      this.#loading.reject(
        new PluginFault(`The plugin had not loaded after ${LOADING_MS / 1000} s: it does not come to an end.`),
      );
    });
    this.#send({ do: "load", ...order });
    try {
      return await this.#loading.promise;
    } finally {
      callOff();
      signal?.removeEventListener("abort", abort);
    }
  }

  /**
   * Asks the plugin for something.
   *
   * @returns what it gave, whose form nobody looked at
   * @throws {ToolError} where its code says so, or was not permitted something; {@link PluginFault} where it failed otherwise; what its
   *   workspace threw; the signal's reason
   */
  async call(asked: Asked, parts: CallParts): Promise<unknown> {
    parts.signal.throwIfAborted();
    if (this.#fault !== null) throw new PluginFault(this.#fault);
    const id = this.#count += 1;
    const answer = Promise.withResolvers<unknown>();
    const call: OpenCall = { ...parts, answer, requests: new Map(), errors: new Map(), quietMs: 0 };
    this.#calls.set(id, call);
    let callOff = () => {};
    const cancel = () => {
      this.#send({ do: "cancel", id, reason: reasonOf(parts.signal.reason) });
      callOff = this.#timer(GRACE_MS, () => answer.reject(parts.signal.reason));
    };
    parts.signal.addEventListener("abort", cancel, { once: true });
    this.#look();
    this.#send({ do: "ask", id, asked });
    try {
      return await answer.promise;
    } finally {
      callOff();
      parts.signal.removeEventListener("abort", cancel);
      for (const request of call.requests.values()) request.abort(new Error("the call is over"));
      this.#calls.delete(id);
      if (this.#calls.size === 0 && this.#missed === 0) this.#rest();
    }
  }

  /** Ends the process with all that is open in it; the reason is told to what waits for it. */
  async end(reason: string): Promise<void> {
    this.#isWanted = false;
    this.#fail(reason);
    await this.ended;
  }

  /** Ends it when its calls are over. */
  async endAfterCalls(reason: string): Promise<void> {
    await Promise.allSettled([...this.#calls.values()].map(({ answer }) => answer.promise));
    await this.end(reason);
  }

  #send(order: Order): void {
    this.#channel.send(order);
  }

  /** Looks now and then whether the process still answers, as long as it has something to do. */
  #look(): void {
    this.#stopLooking ??= this.#timer(LOOK_MS, () => {
      this.#stopLooking = null;
      if (this.#missed >= MOST_MISSED) {
        const seconds = LOOK_MS * (MOST_MISSED + 1) / 1000;
        return this.#fail(`answered nothing for ${seconds} s: it runs in a loop without end, or waits in one piece`);
      }
      this.#missed += 1;
      this.#send({ do: "ping" });
      for (const [id, call] of this.#calls) this.#giveUpSilent(id, call);
      this.#look();
    });
  }

  #giveUpSilent(id: number, call: OpenCall): void {
    call.quietMs = call.requests.size > 0 ? 0 : call.quietMs + LOOK_MS;
    if (call.quietMs < call.silenceMs) return;
    const seconds = call.silenceMs / 1000;
    this.#send({ do: "cancel", id, reason: "it gave no sign" });
    call.answer.reject(
      new PluginFault(
        `${call.says} gave no sign for ${seconds} s and was given up. Its plugin has to end it, or report.`,
      ),
    );
  }

  #rest(): void {
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  #hear(message: unknown): void | Promise<void> {
    const { success, data: word } = Word.safeParse(message);
    if (!success) return this.#fail("said what no plugin says");
    switch (word.say) {
      case "loaded":
        return this.#loading.resolve(word.manifest);
      case "unloaded":
        return this.#loading.reject(new Error(word.text));
      case "pong":
        this.#missed = 0;
        if (this.#calls.size === 0) this.#rest();
        return;
      case "done":
        return this.#calls.get(word.id)?.answer.resolve(word.value);
      case "failed": {
        const call = this.#calls.get(word.id);
        return call?.answer.reject(errorOf(word.error, call));
      }
      case "piece":
        return this.#piece(word.call, word);
      case "report":
        return this.#report(word.call, word.line);
      case "drop":
        for (const { requests } of this.#calls.values()) requests.get(word.id)?.abort(new Error("not waited for"));
        return;
      case "port":
        return this.#carryOut(word);
    }
  }

  #report(id: number, line: string): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    call.quietMs = 0;
    call.report(line);
  }

  /** Hands on a piece of a reply; who goes on and on with one that nobody waits for is ended. */
  #piece(id: number, { text, thinking }: Extract<Word, { say: "piece" }>): void {
    const call = this.#calls.get(id);
    if (call === undefined) {
      const stray = (this.#stray.get(id) ?? 0) + 1;
      this.#stray.set(id, stray);
      const isOurs = id > 0 && id <= this.#count;
      return stray > MOST_STRAY || !isOurs ? this.#fail("went on with a reply that was called off") : undefined;
    }
    call.quietMs = 0;
    call.piece({ ...(text === undefined ? {} : { text }), ...(thinking === undefined ? {} : { thinking }) });
  }

  /** Carries a request out; where too many are open, waits until one is over. */
  #carryOut(word: Extract<Word, { say: "port" }>): void | Promise<void> {
    const request = this.#request(word).finally(() => void this.#requests.delete(request));
    this.#requests.add(request);
    if (this.#requests.size >= MOST_REQUESTS) return Promise.race(this.#requests);
  }

  async #request({ id, call: of, method, args }: Extract<Word, { say: "port" }>): Promise<void> {
    const call = this.#calls.get(of);
    if (call === undefined) {
      return this.#send({ do: "answer", id, error: { kind: "other", text: "The call is over." } });
    }
    const controller = new AbortController();
    call.requests.set(id, controller);
    try {
      const value = await call.port(method, args, AbortSignal.any([call.signal, controller.signal]));
      this.#send({ do: "answer", id, value });
    } catch (error) {
      call.errors.set(id, error);
      this.#send({ do: "answer", id, error: portError(error) });
    } finally {
      call.requests.delete(id);
    }
  }

  /** Reads what it says until it is gone, and leaves nothing of it behind. */
  async #attend(): Promise<void> {
    let wrong: string | null = null;
    try {
      await this.#channel.read(MOST_BYTES, (message) => this.#hear(message));
    } catch (error) {
      wrong = error instanceof TooLong
        ? `gave more than ${MOST_BYTES / 1024 / 1024} MB at once`
        : `said what cannot be read: ${reasonOf(error)}`;
    }
    const byItself = wrong === null && this.#fault === null;
    if (wrong !== null) this.#fail(wrong);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, byItself ? ENDING_MS : 0);
    await Promise.race([this.#process.status, late.promise]);
    clearTimeout(timer);
    killProcess(this.#process);
    const { code, signal } = await this.#process.status;
    await this.#output.end();
    if (byItself) this.#fail(`ended ${signal === null ? `with code ${code}` : `by ${signal}`}${this.#memoryText()}`);
    this.#channel.close();
  }

  #memoryText(): string {
    return /out of memory/i.test(this.#output.text()) ? `: it took more memory than it may, ${HEAP_MB} MB` : "";
  }

  /** Ends all that waits for it, and the process. */
  #fail(what: string): void {
    if (this.#fault === null) {
      this.#fault = `The plugin ${this.#options.plugin} ${what}. Its process was ended.${this.#output.quoted()}`;
      this.#rest();
      this.#gone(this.#isWanted);
      this.#loading.reject(new PluginFault(this.#fault));
      for (const { says, answer } of this.#calls.values()) {
        answer.reject(new PluginFault(`${says} failed. ${this.#fault}`));
      }
    }
    killProcess(this.#process);
    this.#channel.close();
  }
}
