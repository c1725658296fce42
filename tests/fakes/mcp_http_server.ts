import { answerTo, type Message } from "./mcp_answers.ts";

/** An MCP server over HTTP on loopback. */
export interface HttpServer {
  readonly url: string;
  /** Values of the header `authorization`, request by request. */
  readonly keys: (string | null)[];
  close(): Promise<void>;
}

/**
 * Starts an MCP server that is reached by HTTP; it answers with JSON or, where a call says how far it is, with a stream of events.
 *
 * @param options the key that each request needs, and the port
 */
export function startHttpServer({ key, port = 0 }: { readonly key?: string; readonly port?: number } = {}): HttpServer {
  const keys: (string | null)[] = [];
  const session = crypto.randomUUID();
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, async (request) => {
    const given = request.headers.get("authorization");
    keys.push(given);
    if (key !== undefined && given !== key) return new Response("who are you?", { status: 401 });
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const message = await request.json() as Message;
    const isFirst = message.method === "initialize";
    if (!isFirst && request.headers.get("mcp-session-id") !== session) {
      return new Response("no such session", { status: 404 });
    }
    const answers = answerTo(message);
    if (answers.length === 0) return new Response(null, { status: 202 });
    if (answers.length === 1 && message.params?.name !== "hang") {
      return Response.json(answers[0], isFirst ? { headers: { "mcp-session-id": session } } : {});
    }
    const events = answers.map((answer) => `event: message\ndata: ${JSON.stringify(answer)}\n\n`);
    return new Response(new Blob(events).stream(), { headers: { "content-type": "text/event-stream" } });
  });
  const { hostname, port: own } = server.addr;
  return { url: `http://${hostname}:${own}/mcp`, keys, close: () => server.shutdown() };
}
