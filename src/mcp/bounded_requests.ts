import { LONGEST_MESSAGE } from "./message_lines.ts";
import { McpFault } from "./mcp_fault.ts";

/** Most bytes of a stream that stays open for what a server tells of its own accord; the SDK opens it anew. */
const LONGEST_STREAM = 8 * LONGEST_MESSAGE;

/**
 * Makes the `fetch` of a connection: bodies are bounded, and each response stays reachable until its signal goes. Deno 2.9 never settles
 * the reader of an aborted fetch whose `Response` was collected.
 *
 * @param headers what goes with each request
 */
export function boundedRequests(
  headers: Readonly<Record<string, string>>,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const kept = new WeakMap<AbortSignal, Response[]>();
  return async (url, init = {}) => {
    const sent = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) sent.set(name, value);
    const response = await fetch(url, { ...init, headers: sent });
    if (init.signal) kept.set(init.signal, [...(kept.get(init.signal) ?? []).slice(-8), response]);
    const { body } = response;
    if (body === null) return response;
    const most = init.method === "POST" ? LONGEST_MESSAGE : LONGEST_STREAM;
    const { status, statusText } = response;
    return new Response(body.pipeThrough(counting(most)), { status, statusText, headers: response.headers });
  };
}

function counting(most: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let length = 0;
  return new TransformStream({
    transform(piece, controller) {
      length += piece.length;
      if (length > most) controller.error(new McpFault(`It answered with more than ${most / 1024 / 1024} MB.`));
      else controller.enqueue(piece);
    },
  });
}
