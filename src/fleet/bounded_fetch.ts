import { AWAY } from "../kernel/failure.ts";
import { innermostReason } from "../kernel/reason_of.ts";
import { clip } from "../kernel/text.ts";
import { HostFailure } from "../ports/model_host.ts";
import { connectionFault } from "./connection_fault.ts";
import { type BoundedAsk, Bounds, type Ended } from "./bounds.ts";
import { adviceFor, classifyError } from "./classify_error.ts";
import { type Credentials, withoutSecrets } from "./host_address.ts";
import { retryAfter } from "./retry_after.ts";

/** Most characters of an error's body that are read. */
const ERROR_LENGTH = 65_536;
/** Most characters of an answer, unpacked: far above any real one, so that a body without an end cannot fill the memory. */
const WHOLE_LENGTH = 16 * 1024 * 1024;

/**
 * Responses of open exchanges. Deno 2.9 never settles the reader of an aborted fetch whose `Response` was collected, and
 * never tells the server; so each stays reachable from here until its exchange ends.
 */
const open = new Set<Response>();

/** One request on the wire, inside its bounds. */
export interface Exchange {
  /** What is done and where, for messages. */
  readonly what: string;
  /** Aborted when the exchange ends, whatever ends it. */
  readonly signal: AbortSignal;
  /**
   * Fetches under the exchange's signal and credentials; answers outside 200–299 are thrown as `HostFailure` by their class. None is
   * followed elsewhere: the prompt and the key are for this server.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** As `fetch`, for an answer that is read whole: the body has arrived when this resolves. */
  readonly fetchWhole: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Reads a body as pieces of text, at most so many characters (16 million), more is `protocol`; a connection that drops is `cut_off`. */
  readonly text: (response: Response, most?: number) => AsyncGenerator<string>;
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
 * @throws {HostFailure} always of this type: by class for an error of the server or the network, `first_token_timeout`,
 * `idle_timeout` or `total_timeout` for a bound, `cancelled` for a signal, `protocol` for an answer that is not of this wire
 */
export async function withinBounds<T>(ask: BoundedAsk, work: (exchange: Exchange) => Promise<T>): Promise<T> {
  const bounds = new Bounds(ask);
  const wire = new Wire(ask, bounds);
  try {
    return await bounds.race(() => work(wire));
  } catch (error) {
    throw asFailure(error, ask, bounds.ended);
  } finally {
    bounds.release();
    wire.release();
  }
}

/** {@link Exchange} over Deno's `fetch`. */
class Wire implements Exchange {
  readonly what: string;
  readonly signal: AbortSignal;
  readonly #credentials: Credentials | null;
  readonly #client: Deno.HttpClient | null;
  readonly #bounds: Bounds;
  readonly #responses: Response[] = [];
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[] = [];

  constructor({ what, credentials, client }: BoundedAsk, bounds: Bounds) {
    this.what = what;
    this.signal = bounds.signal;
    this.#credentials = credentials;
    this.#client = client;
    this.#bounds = bounds;
  }

  readonly fetch: Exchange["fetch"] = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    const { header = null, headers: further = {} } = this.#credentials ?? {};
    if (header !== null) headers.set("authorization", header);
    for (const [name, value] of Object.entries(further)) headers.set(name, value);
    const client = this.#client === null ? {} : { client: this.#client };
    let response: Response;
    try {
      response = await fetch(input, { ...init, ...client, headers, redirect: "manual", signal: this.#bounds.signal });
    } catch (cause) {
      const { found, advice } = connectionFault(innermost(cause));
      const told = advice === undefined ? {} : { advice };
      throw new HostFailure("unreachable", `${this.what}: ${found}.`, { found, ...told }, { cause });
    }
    open.add(response);
    this.#responses.push(response);
    if (response.ok) return response;
    if (isRedirect(response.status)) throw redirected(this.what, response);
    const body = await readAll(this.text(response), ERROR_LENGTH);
    throw answeredFailure(this.what, response.status, body, retryAfter(response.headers, body));
  };

  readonly fetchWhole: Exchange["fetchWhole"] = async (input, init) => {
    const response = await this.fetch(input, init);
    const body = await readAll(this.text(response));
    return new Response(body, { status: response.status, headers: response.headers });
  };

  readonly progress = () => this.#bounds.progress();

  readonly settle = () =>
    this.#bounds.settle(() => void Promise.allSettled(this.#readers.map((reader) => reader.cancel())));

  readonly text: Exchange["text"] = (response, most = WHOLE_LENGTH) => this.#pieces(response, most);

  async *#pieces(response: Response, most: number): AsyncGenerator<string> {
    if (response.body === null) return;
    const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
    this.#readers.push(reader);
    const decoder = new TextDecoder();
    let length = 0;
    while (true) {
      let read: ReadableStreamReadResult<Uint8Array>;
      try {
        read = await reader.read();
      } catch (cause) {
        const found = innermost(cause);
        const message = `${this.what}: the connection broke off (${found}).`;
        throw new HostFailure("cut_off", message, { broken: true }, { cause });
      }
      const piece = read.done ? decoder.decode() : decoder.decode(read.value, { stream: true });
      length += piece.length;
      if (length > most) {
        throw new HostFailure(
          "protocol",
          `${this.what}: the answer is longer than ${most} characters. It was given up.`,
        );
      }
      if (piece !== "") yield piece;
      if (read.done) return;
    }
  }

  release(): void {
    for (const response of this.#responses) open.delete(response);
  }
}

/**
 * Makes the failure for an error answer.
 *
 * @param what what was done and where
 * @param status HTTP status, null for an error inside a stream
 * @param body body of the answer, or the line that holds the error
 * @param retryAfterMs how long the server wants to be left alone, in milliseconds; null where it does not say
 * @returns the failure, with its counts and with what to do
 */
export function answeredFailure(
  what: string,
  status: number | null,
  body: string,
  retryAfterMs: number | null = retryAfter(null, body),
): HostFailure {
  const { failure, text, promptTokens, window } = classifyError(status, body);
  const isWaitedFor = retryAfterMs !== null && AWAY.has(failure);
  const answered = status === null ? "the server broke off" : `the server answered ${status}`;
  const said = text === "" ? "without a word" : text;
  return new HostFailure(failure, `${what}: ${answered}: ${said}`, {
    ...(status === null ? {} : { status }),
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(window === undefined ? {} : { window }),
    ...(isWaitedFor ? { retryAfterMs } : {}),
    ...(isWaitedFor && retryAfterMs > 0
      ? { advice: `It is left alone for ${Math.ceil(retryAfterMs / 1_000)} s.` }
      : {}),
  });
}

/** Gives any error the one type that leaves a host, with what had arrived, what to do, and without the key. */
function asFailure(error: unknown, ask: BoundedAsk, ended: Ended | null): HostFailure {
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
  const advice = found.details.advice ?? adviceFor(found.failure);
  const whole = advice === "" ? found.message : `${found.message.replace(/\.?$/, ".")} ${advice}`;
  const told = found.details.found;
  const details = told === undefined
    ? found.details
    : { ...found.details, found: withoutSecrets(told, ask.credentials) };
  const message = withoutSecrets(whole, ask.credentials);
  return new HostFailure(found.failure, message, { ...kept, ...details }, { cause: found.cause });
}

/** Whether a status sends the asker elsewhere. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Makes the failure for an answer that sends us elsewhere. */
function redirected(what: string, { status, headers, url }: Response): HostFailure {
  const written = headers.get("location") ?? "";
  let place = "";
  try {
    const { origin, pathname } = new URL(written, url);
    place = clip(`${origin}${pathname}`, 200);
  } catch {
    // No address: nothing that could be named.
  }
  const where = place === "" ? "elsewhere without saying where" : `to ${place}`;
  const found = `it sends us ${where} (${status})`;
  const message =
    `${what}: ${found}, and nothing is sent there. If that is the right server, name its address in place of this one.`;
  return new HostFailure("protocol", message, { status, found });
}

/** Reads a text to its end, or to a length. */
async function readAll(pieces: AsyncIterable<string>, length = Infinity): Promise<string> {
  const read: string[] = [];
  let total = 0;
  for await (const piece of pieces) {
    read.push(piece);
    total += piece.length;
    if (total >= length) break;
  }
  return read.join("");
}

function innermost(error: unknown): string {
  return innermostReason(error).replace(/\s+/g, " ").slice(0, 300);
}
