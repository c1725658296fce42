import { reasonOf } from "../kernel/reason_of.ts";
import type { FailureClass } from "../kernel/failure.ts";
import { HostFailure } from "../ports/model_host.ts";
import { adviceFor, classifyError } from "./classify_error.ts";

/** Longest delay a timer takes; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How long a server may take to end a stream whose last piece has arrived. */
const SETTLE_MS = 1_000;

/** Most characters of an error's body that are read. */
const ERROR_LENGTH = 1_000_000;

/**
 * Responses of open exchanges. Deno 2.9 never settles the reader of an aborted fetch whose `Response` was collected, and
 * never tells the server; so each stays reachable from here until its exchange ends.
 */
const open = new Set<Response>();

/** A request as its failures name it, with all that can end it. */
export interface BoundedAsk {
  /** What is done and where, for messages: `Chat with qwen2.5 on http://…`. */
  readonly what: string;
  /** Milliseconds; without `firstTokenMs` and `idleMs` only the whole is bounded. */
  readonly bounds: { readonly firstTokenMs?: number; readonly idleMs?: number; readonly totalMs: number };
  /** Each of them cancels the request. */
  readonly signals: readonly AbortSignal[];
  /** Sent as a bearer token and kept out of all messages. */
  readonly key: string | null;
  /** Text that has arrived so far, kept with a failure. */
  readonly partial?: () => string;
}

/** One request on the wire, inside its bounds. */
export interface Exchange {
  /** Fetches under the exchange's signal and key; answers outside 200–299 are thrown as `HostFailure` by their class. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** As `fetch`, for an answer that is read whole: the body has arrived when this resolves. */
  readonly fetchWhole: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Reads a body as pieces of text; a connection that drops is `cut_off`. */
  readonly text: (response: Response) => AsyncGenerator<string>;
  /** Says that a piece arrived: ends the wait for the first token, starts the idle wait anew. */
  readonly progress: () => void;
  /** Says that the last piece arrived: what the server still sends is waited for at most a second. */
  readonly settle: () => void;
}

/**
 * Does one exchange with a host inside its bounds. Whatever happens, it ends: timers are cleared, listeners removed and
 * the connection is released.
 *
 * @param ask names, bounds, signals and key of the request
 * @param work the exchange itself
 * @returns what `work` returns
 * @throws {HostFailure} always of this type: by class for an error of the server or the network, `first_token_timeout`,
 * `idle_timeout` or `total_timeout` for a bound, `cancelled` for a signal, `protocol` for an answer that is not of this wire
 */
export async function withinBounds<T>(ask: BoundedAsk, work: (exchange: Exchange) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const ending = Promise.withResolvers<never>();
  const responses: Response[] = [];
  const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  const state: { ended: { failure: FailureClass; message: string } | null; settled: boolean } = {
    ended: null,
    settled: false,
  };
  const end = (failure: FailureClass, message: string) => {
    if (state.ended !== null || state.settled) return;
    state.ended = { failure, message };
    controller.abort(new DOMException(message, "AbortError"));
    ending.reject(controller.signal.reason);
  };
  const wait = (ms: number, act: () => void) => setTimeout(act, Math.min(Math.max(ms, 0), LONGEST_TIMER));
  const { firstTokenMs, idleMs, totalMs } = ask.bounds;
  const total = wait(
    totalMs,
    () => end("total_timeout", `${ask.what} took longer than the ${totalMs / 1000} s allowed.`),
  );
  let pause = firstTokenMs === undefined ? undefined : wait(
    firstTokenMs,
    () => end("first_token_timeout", `${ask.what} gave no first token within ${firstTokenMs / 1000} s.`),
  );
  const cancel = () => end("cancelled", `${ask.what} was cancelled.`);
  for (const signal of ask.signals) signal.addEventListener("abort", cancel);

  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (ask.key !== null) headers.set("authorization", `Bearer ${ask.key}`);
    let response: Response;
    try {
      response = await fetch(input, { ...init, headers, signal: controller.signal });
    } catch (cause) {
      const found = connectionFault(innermost(cause));
      throw new HostFailure("unreachable", `${ask.what}: ${found}.`, { found }, { cause });
    }
    open.add(response);
    responses.push(response);
    if (response.ok) return response;
    throw answeredFailure(ask.what, response.status, await readAll(text(response), ERROR_LENGTH));
  };
  async function* text(response: Response): AsyncGenerator<string> {
    if (response.body === null) return;
    const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
    readers.push(reader);
    const decoder = new TextDecoder();
    while (true) {
      let read: ReadableStreamReadResult<Uint8Array>;
      try {
        read = await reader.read();
      } catch (cause) {
        throw new HostFailure("cut_off", `${ask.what}: the connection broke off (${innermost(cause)}).`, {}, { cause });
      }
      const piece = read.done ? decoder.decode() : decoder.decode(read.value, { stream: true });
      if (piece !== "") yield piece;
      if (read.done) return;
    }
  }
  const exchange: Exchange = {
    fetch: send,
    fetchWhole: async (input, init) => {
      const response = await send(input, init);
      const body = await readAll(text(response), Infinity);
      return new Response(body, { status: response.status, headers: response.headers });
    },
    text,
    progress: () => {
      clearTimeout(pause);
      if (idleMs === undefined || state.settled) return;
      pause = wait(idleMs, () => end("idle_timeout", `${ask.what} went silent: nothing came for ${idleMs / 1000} s.`));
    },
    settle: () => {
      clearTimeout(pause);
      clearTimeout(total);
      state.settled = true;
      pause = wait(SETTLE_MS, () => void Promise.allSettled(readers.map((reader) => reader.cancel())));
    },
  };

  try {
    if (ask.signals.some((signal) => signal.aborted)) cancel();
    return await Promise.race(state.ended === null ? [work(exchange), ending.promise] : [ending.promise]);
  } catch (error) {
    throw asFailure(error, ask, state.ended);
  } finally {
    clearTimeout(total);
    clearTimeout(pause);
    for (const signal of ask.signals) signal.removeEventListener("abort", cancel);
    controller.abort();
    for (const response of responses) open.delete(response);
  }
}

/**
 * Makes the failure for an error answer.
 *
 * @param what what was done and where
 * @param status HTTP status, null for an error inside a stream
 * @param body body of the answer, or the line that holds the error
 * @returns the failure, with its counts and with what to do
 */
export function answeredFailure(what: string, status: number | null, body: string): HostFailure {
  const { failure, text, promptTokens, window } = classifyError(status, body);
  const answered = status === null ? "the server broke off" : `the server answered ${status}`;
  const said = text === "" ? "without a word" : text;
  return new HostFailure(failure, `${what}: ${answered}: ${said}`, {
    ...(status === null ? {} : { status }),
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(window === undefined ? {} : { window }),
  });
}

/** Gives any error the one type that leaves a host, with what had arrived, what to do, and without the key. */
function asFailure(
  error: unknown,
  ask: BoundedAsk,
  ended: { readonly failure: FailureClass; readonly message: string } | null,
): HostFailure {
  const partial = ask.partial?.();
  const kept = partial === undefined || partial === "" ? {} : { partial };
  const found = ended !== null
    ? new HostFailure(ended.failure, ended.message, {}, { cause: error })
    : error instanceof HostFailure
    ? error
    : new HostFailure(
      "protocol",
      `${ask.what}: the answer is not what such a server sends (${innermost(error)}).`,
      {},
      {
        cause: error,
      },
    );
  const advice = adviceFor(found.failure);
  const whole = advice === "" ? found.message : `${found.message.replace(/\.?$/, ".")} ${advice}`;
  const message = ask.key === null ? whole : whole.replaceAll(ask.key, "…");
  return new HostFailure(found.failure, message, { ...kept, ...found.details }, { cause: found.cause });
}

/** Reads a text to its end, or to a length. */
async function readAll(pieces: AsyncIterable<string>, length: number): Promise<string> {
  const read: string[] = [];
  let total = 0;
  for await (const piece of pieces) {
    read.push(piece);
    total += piece.length;
    if (total >= length) break;
  }
  return read.join("");
}

/** Leaves of Deno's words about a connection what a person needs: `connection refused`. */
function connectionFault(text: string): string {
  const told = text.replace(/^error sending request( for url \(\S*\))?: /, "").replace(/^client error \(\w+\): /, "");
  if (/^dns error/.test(told)) return "no machine has this name";
  const short = told.replace(/^(tcp connect error|connection error): /, "").replace(/ ?\(os error \d+\)/g, "");
  const inner = short.replace(/\.$/, "");
  return inner === "" ? "no connection" : `${inner.charAt(0).toLowerCase()}${inner.slice(1)}`;
}

/** Takes the text of the innermost cause: Deno's own message is only "fetch failed". */
function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const text = reasonOf(inner);
  return text.replace(/\s+/g, " ").slice(0, 300);
}
