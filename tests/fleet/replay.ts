import { HostFailure } from "../../src/ports/model_host.ts";
import type { ChatRequest } from "../../src/ports/model_host.ts";

/** An exchange recorded from a real server. */
export interface Recording {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly body?: Record<string, unknown> };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly lines: readonly (readonly [number, string])[];
  };
}

/** What a client makes of a recording. */
export interface Expected {
  readonly reply?: unknown;
  readonly rendered?: string;
  readonly failure?: string;
  readonly status?: number;
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  readonly window?: number;
  readonly partial?: string;
}

/** Reads a JSON file beside the recordings. */
export async function readWire<T>(name: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(new URL(`../wire/${name}`, import.meta.url)));
}

/** The recorded body as one text. */
export function bodyOf(recording: Recording): string {
  return recording.response.lines.map(([, line]) => line).join("");
}

/** Answers with a recording, in its own pieces or byte by byte. */
export function answerWith(recording: Recording, pieces: "recorded" | "bytes"): Response {
  const encoder = new TextEncoder();
  const chunks = pieces === "recorded"
    ? recording.response.lines.map(([, line]) => encoder.encode(line))
    : [...encoder.encode(bodyOf(recording))].map((byte) => Uint8Array.of(byte));
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const type = recording.response.headers["content-type"];
  return new Response(body, {
    status: recording.response.status,
    headers: type === undefined ? {} : { "content-type": type },
  });
}

/** A loopback server on a free port for one test. */
export async function withServer(
  handler: (request: Request) => Response | Promise<Response>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  try {
    await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

/** A request with bounds that only a fault would reach. */
export function chatRequest(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "says-hello",
    messages: [{ role: "user", content: "Please look at src/main.ts." }],
    window: 4096,
    answerLimit: 200,
    temperature: 0,
    seed: 1,
    bounds: { firstTokenMs: 20_000, idleMs: 20_000, totalMs: 30_000 },
    ...changes,
  };
}

/** Waits for a failure and gives it; anything else is an error. */
export async function failureOf(work: Promise<unknown>): Promise<HostFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HostFailure) return error;
    throw new Error("Another error than a HostFailure left the host.", { cause: error });
  }
  throw new Error("No failure came.");
}

/** What came of a request, in the form of {@link Expected}. */
export async function resultOf(work: Promise<unknown>): Promise<Expected> {
  try {
    return { reply: await work };
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    return { failure: error.failure, ...error.details };
  }
}
