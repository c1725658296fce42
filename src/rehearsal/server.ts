import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parsedJson } from "../kernel/json.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { WireError } from "./chat_request.ts";
import { Exchange } from "./exchange.ts";
import { type Fault, takeFaults } from "./faults.ts";
import { Memory } from "./memory.ts";
import { ModelShelf } from "./model_shelf.ts";
import { type Pace, UNPACED } from "./pace.ts";
import type { RehearsalModel } from "./play.ts";
import { PLAYED } from "./played.ts";
import { AnswerCut } from "./reply_writer.ts";
import { type Routes, routesOf } from "./routes.ts";

/** What a server is started with. */
export interface ServerOptions {
  /** Name that players see as their host. */
  readonly name: string;
  /** Memory in bytes: models that do not fit together are loaded by turns. */
  readonly memoryBytes: number;
  /** Models that it has. */
  readonly models: readonly RehearsalModel[];
  /** Models that it gets when they are pulled. */
  readonly pullable?: readonly RehearsalModel[];
  /** Delays, none where absent. */
  readonly pace?: Pace;
  /** Faults from the start; the list of the running server can be changed. */
  readonly faults?: readonly Fault[];
  /** TCP port, a free one where absent or 0. */
  readonly port?: number;
  /** Whether its version says that its models are played: for servers that others use. */
  readonly saysPlayed?: boolean;
}

/** A request that a server got. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** The JSON value that was sent, the text where it was none, null without a body. */
  readonly body: unknown;
}

/** A running server. */
export interface RehearsalServer {
  readonly name: string;
  /** Base address such as `http://127.0.0.1:41235`. */
  readonly url: string;
  /** Faults to play: push to add, empty to end them. */
  readonly faults: Fault[];
  /** The last 1,000 requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Requests that wait for a slot or a load. */
  readonly waiting: number;
  /** Ends every answer by resetting its connection, and the server with it. Further calls do nothing. */
  close(): Promise<void>;
}

const MOST_REQUESTS = 1000;
const VERSION = "0.33.0";

/**
 * Starts a server on loopback that speaks Ollama's wire, as recorded from version 0.33, with played models.
 *
 * @param options name, memory, models, pace and faults
 * @returns the running server, listening
 * @throws an error of the system when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<RehearsalServer> {
  const server = new PlayedServer(options);
  await server.listen(options.port ?? 0);
  return server;
}

class PlayedServer implements RehearsalServer {
  readonly name: string;
  readonly faults: Fault[];
  readonly requests: LoggedRequest[] = [];
  readonly #memory: Memory;
  readonly #routes: Routes;
  readonly #open = new Set<Exchange>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #port = 0;
  #closing: Promise<void> | null = null;

  constructor({ name, memoryBytes, models, pullable = [], pace = UNPACED, faults = [], saysPlayed }: ServerOptions) {
    this.name = name;
    this.faults = [...faults];
    this.#memory = new Memory(memoryBytes);
    this.#routes = routesOf({
      name,
      version: saysPlayed === true ? `${VERSION}${PLAYED}` : VERSION,
      shelf: new ModelShelf(models, pullable),
      memory: this.#memory,
      pace,
      faults: this.faults,
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get waiting(): number {
    return this.#memory.waiting;
  }

  /** Begins to listen; on a free port for 0. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    this.#closing ??= new Promise<void>((resolve) => {
      for (const exchange of this.#open) exchange.reset();
      this.#memory.close();
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#closing;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response);
    this.#open.add(exchange);
    try {
      await this.#answer(exchange, request.method ?? "GET", new URL(request.url ?? "/", "http://localhost").pathname);
    } catch (error) {
      if (exchange.signal.aborted || error instanceof AnswerCut) return;
      const status = error instanceof WireError ? error.status : 500;
      exchange.json(status, { error: reasonOf(error) });
    } finally {
      this.#open.delete(exchange);
    }
  }

  async #answer(exchange: Exchange, method: string, path: string): Promise<void> {
    const body = await exchange.text();
    this.requests.push({ method, path, body: body === "" ? null : parsedJson(body) ?? body });
    if (this.requests.length > MOST_REQUESTS) this.requests.shift();
    const handlers = this.#routes[path];
    if (handlers === undefined) return exchange.plain(404, "text/plain", "404 page not found");
    const handler = handlers[method === "HEAD" ? "GET" : method];
    if (handler === undefined) return exchange.plain(405, "text/plain", "405 method not allowed");
    if (path !== "/api/chat") {
      const status = takeFaults(this.faults, "", path).get("status");
      if (status !== undefined) throw new WireError(status.code, status.text);
    }
    await handler(exchange, body);
  }
}
