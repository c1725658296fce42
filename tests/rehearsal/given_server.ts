import type { RehearsalModel } from "../../src/rehearsal/play.ts";
import { type RehearsalServer, type ServerOptions, startServer } from "../../src/rehearsal/server.ts";

/** Bytes. */
export const GIGABYTE = 1e9;

/** A model that says what a function says. */
export function model(name: string, say: RehearsalModel["say"], bytes = GIGABYTE): RehearsalModel {
  const digest = "ab".repeat(32);
  return { name, template: "hermes-go", bytes, digest, family: "qwen2", parameterSize: "1B", trainedWindow: 8192, say };
}

/** Starts a server with a model that says what it is told, and closes it afterwards. */
export async function withServer(
  options: Partial<ServerOptions>,
  use: (server: RehearsalServer) => Promise<void>,
): Promise<void> {
  const models = [model("echo:1b", (request) => request.messages.at(-1)?.content ?? "")];
  const server = await startServer({ name: "fast", memoryBytes: 11 * GIGABYTE, models, ...options });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

/** Sends a request. */
export function post(server: RehearsalServer, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body), signal });
}

/** The body of a chat request. */
export function chatBody(content: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: "echo:1b", messages: [{ role: "user", content }], options: { num_ctx: 4096 }, ...more };
}

/** The lines of an answer. */
export async function lines(response: Response): Promise<Record<string, unknown>[]> {
  return (await response.text()).trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Names of the models that are loaded. */
export async function loaded(server: RehearsalServer): Promise<string[]> {
  const response = await fetch(`${server.url}/api/ps`);
  return ((await response.json()) as { models: { name: string }[] }).models.map(({ name }) => name);
}

/** Waits until a state that the server reports is reached. */
export async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise<void>((resolve) => setTimeout(resolve, 1));
}
