import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { ChatRequest } from "../../src/ports/model_host.ts";

/** What a server of the plain wire is asked. */
type PlainRequest = Pick<ChatRequest, "model" | "messages" | "schema" | "answerLimit">;

/** Most time of a chat behind it, ms. */
const BOUND_MS = 60_000;

/**
 * Serves, on loopback, the wire that the printed example of a kind of host speaks: `/models` gives names, `/chat` streams text.
 *
 * @param test gets the address at which the models of an Ollama server are reached by that wire
 */
export async function withPlainServer(test: (addressOf: (server: string) => string) => Promise<void>): Promise<void> {
  const servers: string[] = [];
  const door = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const [, number, what] = new URL(request.url).pathname.split("/");
    const behind = ollamaHost(servers[Number(number)] ?? "");
    if (what === "models") {
      const { models } = await behind.survey(request.signal);
      return Response.json(models.map(({ name }) => name));
    }
    const asked: PlainRequest = await request.json();
    const { text } = await behind.chat({
      ...asked,
      window: 16_384,
      temperature: 0,
      seed: 1,
      bounds: { firstTokenMs: BOUND_MS, idleMs: BOUND_MS, totalMs: BOUND_MS },
    }, request.signal);
    return new Response(ReadableStream.from(text.match(/[^]{1,40}/g) ?? []).pipeThrough(new TextEncoderStream()));
  });
  try {
    await test((server) => `http://127.0.0.1:${door.addr.port}/${servers.push(server) - 1}`);
  } finally {
    await door.shutdown();
  }
}
