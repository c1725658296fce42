import { Exchange } from "./exchange.ts";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parsedJson } from "../kernel/json.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { chat, type ChatHost } from "./chat.ts";
import { decodeBody, WireError } from "./chat_request.ts";
import { type Fault, takeFaults } from "./faults.ts";
import { Memory } from "./memory.ts";
import { listModels, listResidents, showModel } from "./model_card.ts";
import { type Pace, UNPACED } from "./pace.ts";
import type { RehearsalModel } from "./play.ts";
import { PLAYED } from "./played.ts";
import { pull } from "./pull.ts";
import { AnswerCut } from "./reply_writer.ts";
import { tagged } from "./tagged.ts";

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

type Handler = (exchange: Exchange, body: string) => Promise<void> | void;

/**
 * Starts a server on loopback that speaks Ollama's wire, as recorded from version 0.33, with played models.
 * @param options name, memory, models, pace and faults
 * @returns the running server, listening
 * @throws an error of the system when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<RehearsalServer> {
  const models = [...options.models];
  const version = options.saysPlayed === true ? `${VERSION}${PLAYED}` : VERSION;
  const memory = new Memory(options.memoryBytes);
  const faults = [...options.faults ?? []];
  const requests: LoggedRequest[] = [];
  const open = new Set<Exchange>();
  const calls = new Map<RehearsalModel, number>();
  const find = (name: string) => models.find((model) => tagged(model.name) === tagged(name));
  const host: ChatHost = {
    name: options.name,
    memory,
    pace: options.pace ?? UNPACED,
    find,
    nextCall: (model) => {
      const call = (calls.get(model) ?? 0) + 1;
      calls.set(model, call);
      return call;
    },
  };

  const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    "/": { GET: (exchange) => exchange.plain(200, "text/plain; charset=utf-8", "Ollama is running") },
    "/api/version": { GET: (exchange) => exchange.json(200, { version }) },
    "/api/tags": { GET: (exchange) => exchange.json(200, listModels(models)) },
    "/api/ps": { GET: (exchange) => exchange.json(200, listResidents(memory.residents, memory.bytes)) },
    "/api/show": {
      POST: (exchange, body) => {
        const { model: name } = decodeBody(body);
        if (typeof name !== "string" || name === "") throw new WireError(400, "model is required");
        const model = find(name);
        if (model === undefined) throw new WireError(404, `model '${tagged(name)}' not found`);
        exchange.json(200, showModel(model));
      },
    },
    "/api/chat": {
      POST: (exchange, body) =>
        chat(host, exchange, decodeBody(body), (model) => takeFaults(faults, model, "/api/chat")),
    },
    "/api/pull": {
      POST: (exchange, body) =>
        pull(exchange, decodeBody(body), host.pace, (name) => {
          const model = [...models, ...options.pullable ?? []].find((each) => tagged(each.name) === tagged(name));
          return model === undefined ? null : { model, install: () => void (find(name) ?? models.push(model)) };
        }),
    },
  };

  const answer = async (exchange: Exchange, method: string, path: string): Promise<void> => {
    const body = await exchange.text();
    requests.push({ method, path, body: body === "" ? null : parsedJson(body) ?? body });
    if (requests.length > MOST_REQUESTS) requests.shift();
    const handlers = routes[path];
    if (handlers === undefined) return exchange.plain(404, "text/plain", "404 page not found");
    const handler = handlers[method === "HEAD" ? "GET" : method];
    if (handler === undefined) return exchange.plain(405, "text/plain", "405 method not allowed");
    if (path !== "/api/chat") {
      const status = takeFaults(faults, "", path).get("status");
      if (status !== undefined) throw new WireError(status.code, status.text);
    }
    await handler(exchange, body);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = new Exchange(request, response);
    open.add(exchange);
    try {
      await answer(exchange, request.method ?? "GET", new URL(request.url ?? "/", "http://localhost").pathname);
    } catch (error) {
      if (exchange.signal.aborted || error instanceof AnswerCut) return;
      const status = error instanceof WireError ? error.status : 500;
      exchange.json(status, { error: reasonOf(error) });
    } finally {
      open.delete(exchange);
    }
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | null = null;

  return {
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    faults,
    requests,
    get waiting() {
      return memory.waiting;
    },
    close: () => {
      closing ??= new Promise<void>((resolve) => {
        for (const exchange of open) exchange.reset();
        memory.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
