import { byTheClock, type Timer } from "../ports/timer.ts";
import { type CallBounds, Connection } from "./connection.ts";
import type { Listing } from "./listing.ts";
import { McpFault } from "./mcp_fault.ts";
import type { CallResult } from "./result_text.ts";
import type { ServerSetting } from "./server_setting.ts";

/** Wait before a server that ended is started again, ms: none after the first time, then doubled from the first to the last. */
const FIRST_WAIT_MS = 1_000;
export const LAST_WAIT_MS = 30_000;

/** What a server is used with. */
export interface McpServerParts {
  /** Version of this program, which servers are told. */
  readonly version: string;
  readonly environment: (name: string) => string | undefined;
  /** What it offered when it was used last; null where that is not known. */
  readonly listing: Listing | null;
  /** Says why it may not be started or asked now; null where it may. Absent: it always may. */
  readonly refusal?: () => string | null;
  readonly timer?: Timer;
}

/** An MCP server, started when it is first needed, and again when it has ended. */
export class McpServer {
  readonly setting: ServerSetting;
  readonly #parts: McpServerParts;
  readonly #closing = new AbortController();
  readonly #leaving = new Set<Promise<void>>();
  #listing: Listing | null;
  #opening: Promise<Connection> | null = null;
  /** Times that it ended, or did not start, since it last carried something out. */
  #ends = 0;
  /** Hears what it offers, whenever it says so. */
  heard: (listing: Listing) => void = () => {};

  /** @param setting how it is reached */
  constructor(setting: ServerSetting, parts: McpServerParts) {
    this.setting = setting;
    this.#parts = parts;
    this.#listing = parts.listing;
  }

  /** Why it may not be started or asked now; null where it may. */
  get refusal(): string | null {
    return this.#parts.refusal?.() ?? null;
  }

  /** What it offers, as it said last; null where that is not known yet. */
  get listing(): Listing | null {
    return this.#listing;
  }

  /**
   * Starts it where it is not there, and says what it offers.
   *
   * @throws {McpFault} where it does not; the signal's reason when it is aborted
   */
  async look(signal: AbortSignal): Promise<Listing> {
    await this.#ready(signal);
    if (this.#listing === null) throw new McpFault(`The MCP server ${this.setting.name} said nothing of its tools.`);
    return this.#listing;
  }

  /**
   * Calls one of its tools.
   *
   * @throws as {@link look} does, and where the call is not carried out
   */
  async call(tool: string, args: Readonly<Record<string, unknown>>, bounds: CallBounds): Promise<CallResult> {
    const connection = await this.#ready(bounds.signal);
    try {
      const result = await connection.call(tool, args, bounds);
      this.#ends = 0;
      return result;
    } catch (error) {
      // What cannot be told from a broken connection is one: the next call makes another.
      if (bounds.signal.aborted || Connection.answered(error)) throw error;
      this.#drop(connection);
      const { refusal } = this;
      throw refusal === null ? error : new McpFault(refusal, { cause: error });
    }
  }

  /** Ends what of it is at work, calls too, where it may not be asked any more. */
  endRefused(): void {
    if (this.refusal !== null) this.#retire();
  }

  /** Ends it. It is not used any more. */
  async close(): Promise<void> {
    this.#closing.abort(new McpFault(`The MCP server ${this.setting.name} is not used any more.`));
    this.#retire();
    await Promise.all(this.#leaving);
  }

  /** Ends the connection that there is, or that is being made. */
  #retire(): void {
    const opening = this.#opening;
    this.#opening = null;
    if (opening !== null) this.#leave(opening.then((connection) => connection.close(), () => {}));
  }

  /** The connection, once it stands; a wait that is called off leaves the start going on for others. */
  async #ready(signal: AbortSignal): Promise<Connection> {
    const ends = AbortSignal.any([signal, this.#closing.signal]);
    ends.throwIfAborted();
    const { refusal } = this;
    if (refusal !== null) {
      this.#retire();
      throw new McpFault(refusal);
    }
    this.#opening ??= this.#begin();
    const { promise: given, reject } = Promise.withResolvers<never>();
    const abort = () => reject(ends.reason);
    ends.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([this.#opening, given]);
    } finally {
      ends.removeEventListener("abort", abort);
    }
  }

  #begin(): Promise<Connection> {
    const { version, environment } = this.#parts;
    const { signal } = this.#closing;
    const began: Promise<Connection> = (async () => {
      await this.#pause();
      const connection = await Connection.open(this.setting, {
        version,
        environment,
        changed: (changed) => this.#listAnew(changed),
        gone: (gone) => this.#drop(gone),
      }, signal);
      try {
        this.#hear(await connection.list(signal));
        return connection;
      } catch (error) {
        await connection.close();
        throw error;
      }
    })();
    began.catch(() => {
      if (this.#opening !== began) return;
      this.#opening = null;
      this.#ends += 1;
    });
    this.#leave(began.then(() => {}, () => {}));
    return began;
  }

  /** Waits before it is started again after it ended more than once. */
  async #pause(): Promise<void> {
    if (this.#ends < 2) return;
    const ms = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#ends - 2));
    const { signal } = this.#closing;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const callOff = (this.#parts.timer ?? byTheClock)(ms, resolve);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      await promise;
    } finally {
      callOff();
      signal.removeEventListener("abort", abort);
    }
  }

  #hear(listing: Listing): void {
    this.#listing = listing;
    this.heard(listing);
  }

  /** Asks again what it offers; where that fails, what it said before stays, and the next call says what is wrong. */
  #listAnew(connection: Connection): void {
    const { signal } = this.#closing;
    if (signal.aborted) return;
    this.#leave(connection.list(signal).then((listing) => this.#hear(listing), () => {}));
  }

  /** Forgets a connection that is of no more use, and ends it. */
  #drop(connection: Connection): void {
    const opening = this.#opening;
    this.#leave((async () => {
      if (opening !== null && await opening.catch(() => null) === connection && this.#opening === opening) {
        this.#opening = null;
        this.#ends += 1;
      }
      await connection.close();
    })());
  }

  #leave(work: Promise<void>): void {
    const left: Promise<void> = work.finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }
}
