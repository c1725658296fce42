import { AWAY } from "../kernel/failure.ts";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { HostFailure, type ModelHost } from "../ports/model_host.ts";
import { WHAT_SERVES } from "./answers_with.ts";
import { hostAddress, shownAddress } from "./host_address.ts";
import { HOST_KINDS } from "./host_kinds.ts";

/** A host as config names it. */
export interface NamedHost extends HostKey {
  readonly url: string;
  /** Word of its kind; asked of the server where absent. */
  readonly kind?: string;
}

/** The kinds that are known without a plugin. */
const KNOWN: readonly HostKind[] = Object.values(HOST_KINDS);

/**
 * Asks a server what it is: kind after kind, until one knows it.
 *
 * @param url address of the server
 * @param key key, or the variable that holds it
 * @param kinds those that it may be, in the order in which they are asked
 * @throws {HostFailure} `protocol` when it is of none, `unreachable`, `unauthorized`, `busy` and the like as they come
 */
export async function detectHost(
  url: string,
  signal: AbortSignal,
  key: HostKey = {},
  kinds: readonly HostKind[] = KNOWN,
): Promise<HostKind> {
  let refused: HostFailure | null = null;
  for (const kind of kinds) {
    try {
      if (await kind.detect?.(url, signal, key)) return kind;
    } catch (error) {
      if (!isOfPath(error)) throw error;
      refused ??= error;
    }
  }
  if (refused !== null) throw refused;
  throw new HostFailure(
    "protocol",
    `${WHAT_SERVES} on ${hostAddress(url, key).url}: it answers as no kind of host that is known (${
      kinds.filter(({ detect }) => detect !== undefined).map(({ kind }) => kind).join(", ")
    }). Correct the address (that of Open WebUI ends in /ollama or /api/models), or name the kind.`,
  );
}

/**
 * Whether a failure may be one of the asked path alone, so that the next kind may be answered. Gateways guard paths that they do not even
 * have, send them to a page for people, or fail at them; what is not there, or has no room now, says nothing of any kind.
 */
function isOfPath(error: unknown): error is HostFailure {
  return error instanceof HostFailure && error.details.status !== undefined && !AWAY.has(error.failure);
}

/**
 * Makes the client for a host, after asking for its kind where that is not named.
 *
 * @param named the host as config names it
 * @param kinds those that it may be
 * @throws {HostFailure} `bad_request` where no kind has the name; as {@link detectHost} and the kind's `open` do
 */
export async function openHost(
  named: NamedHost,
  signal: AbortSignal,
  kinds: readonly HostKind[] = KNOWN,
): Promise<ModelHost> {
  const key: HostKey = {
    key: named.key,
    keyVariable: named.keyVariable,
    headersFrom: named.headersFrom,
    ca: named.ca,
  };
  const kind = named.kind === undefined
    ? await detectHost(named.url, signal, key, kinds)
    : kinds.find((one) => one.kind === named.kind);
  if (kind !== undefined) return kind.open(named.url, key);
  const known = kinds.map((one) => one.kind).join(", ");
  throw new HostFailure(
    "bad_request",
    `There is no kind of host "${named.kind}" for ${shownAddress(named.url)}; the kinds are ${known}.`,
  );
}
