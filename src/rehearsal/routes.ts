import { chat, type ChatHost } from "./chat.ts";
import { decodeBody, WireError } from "./chat_request.ts";
import type { Exchange } from "./exchange.ts";
import { type Fault, takeFaults } from "./faults.ts";
import type { Memory } from "./memory.ts";
import { listModels, listResidents, showModel } from "./model_card.ts";
import type { ModelShelf } from "./model_shelf.ts";
import type { Pace } from "./pace.ts";
import { pull } from "./pull.ts";
import { tagged } from "./tagged.ts";

/** Answers a request, given its body as text. */
export type Handler = (exchange: Exchange, body: string) => Promise<void> | void;

/** Handlers by path, then by method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler>>>>;

/** What a server answers from. */
export interface Served {
  readonly name: string;
  readonly version: string;
  readonly shelf: ModelShelf;
  readonly memory: Memory;
  readonly pace: Pace;
  /** Faults to play; those that are played are taken out. */
  readonly faults: Fault[];
}

/**
 * Gives what a server answers, path by path.
 *
 * @param served models, memory, pace and faults; they are looked at with each request
 */
export function routesOf({ name, version, shelf, memory, pace, faults }: Served): Routes {
  const host: ChatHost = {
    name,
    memory,
    pace,
    find: (model) => shelf.find(model),
    nextCall: (model) => shelf.nextCall(model),
  };
  return {
    "/": { GET: (exchange) => exchange.plain(200, "text/plain; charset=utf-8", "Ollama is running") },
    "/api/version": { GET: (exchange) => exchange.json(200, { version }) },
    "/api/tags": { GET: (exchange) => exchange.json(200, listModels(shelf.models)) },
    "/api/ps": { GET: (exchange) => exchange.json(200, listResidents(memory.residents, memory.bytes)) },
    "/api/show": { POST: (exchange, body) => show(shelf, exchange, decodeBody(body)) },
    "/api/chat": {
      POST: (exchange, body) =>
        chat(host, exchange, decodeBody(body), (model) => takeFaults(faults, model, "/api/chat")),
    },
    "/api/pull": {
      POST: (exchange, body) => pull(exchange, decodeBody(body), pace, (model) => shelf.findPullable(model)),
    },
  };
}

function show(shelf: ModelShelf, exchange: Exchange, { model: name }: Record<string, unknown>): void {
  if (typeof name !== "string" || name === "") throw new WireError(400, "model is required");
  const model = shelf.find(name);
  if (model === undefined) throw new WireError(404, `model '${tagged(name)}' not found`);
  exchange.json(200, showModel(model));
}
