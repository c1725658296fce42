import { z } from "zod";
import { HostFailure, type ModelHost } from "../ports/model_host.ts";
import { type Exchange, withinBounds } from "./bounded_fetch.ts";
import { hostAddress, type HostKey } from "./host_address.ts";
import { ollamaHost } from "./ollama_host.ts";
import { openaiHost } from "./openai_host.ts";

/** Most time that the questions to a server may take, in milliseconds. */
const DETECT_MS = 5_000;

/** Kinds of hosts, by the wire they speak. */
export const HOST_KINDS = ["ollama", "openai"] as const;

/** One kind of host. */
export type HostKind = typeof HOST_KINDS[number];

/** A host as config names it. */
export interface NamedHost extends HostKey {
  readonly url: string;
  /** Asked of the server where absent. */
  readonly kind?: HostKind;
}

const Version = z.object({ version: z.string() });
const Models = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Asks a server what it is: Ollama tells its version at `/api/version`, the others list their models at `/v1/models`.
 *
 * @param url address of the server
 * @param key key, or the variable that holds it
 * @returns its kind, and its version where it tells one
 * @throws {HostFailure} `protocol` when it answers neither, `unreachable`, `unauthorized`, `busy` and the like as they come
 */
export function detectHost(
  url: string,
  signal: AbortSignal,
  key: HostKey = {},
): Promise<{ readonly kind: HostKind; readonly version: string | null }> {
  const address = hostAddress(url, key);
  const what = `The question what serves ${address.url}`;
  const ask = { what, bounds: { totalMs: DETECT_MS }, signals: [signal], key: address.key };
  return withinBounds(ask, async (exchange) => {
    const version = await answer(exchange, Version, `${address.url}/api/version`);
    if (version !== null) return { kind: "ollama", version: version.version };
    const models = await answer(exchange, Models, `${address.url}/v1/models`);
    if (models !== null) return { kind: "openai", version: null };
    throw new HostFailure(
      "protocol",
      `${what}: neither /api/version nor /v1/models gave what Ollama or an OpenAI-compatible server gives. Correct the address, or name the kind.`,
    );
  });
}

/**
 * Makes the client for a host, after asking for its kind where that is not named.
 *
 * @param named the host as config names it
 * @throws {HostFailure} as {@link detectHost}, `ollamaHost` and `openaiHost` do
 */
export async function openHost(named: NamedHost, signal: AbortSignal): Promise<ModelHost> {
  const key = { key: named.key, keyVariable: named.keyVariable };
  const kind = named.kind ?? (await detectHost(named.url, signal, key)).kind;
  switch (kind) {
    case "ollama":
      return ollamaHost(named.url, key);
    case "openai":
      return openaiHost(named.url, key);
  }
}

/** Asks one endpoint; null where the server answers something else there. No connection, no key and no time are failures. */
async function answer<T>({ fetchWhole }: Exchange, shape: z.ZodType<T>, url: string): Promise<T | null> {
  try {
    const read = shape.safeParse(await (await fetchWhole(url)).json());
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if (error instanceof HostFailure && (error.failure === "protocol" || error.failure === "bad_request")) return null;
    throw error;
  }
}
