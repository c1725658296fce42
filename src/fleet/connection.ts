import { type Exchange, withinBounds } from "./bounded_fetch.ts";
import type { BoundedAsk } from "./bounds.ts";
import type { HostKey } from "../ports/host_kind.ts";
import { type Credentials, hostAddress } from "./host_address.ts";

/** One server: its address, its credentials, and what ends all that is open on it. */
export class Connection {
  /** Address without a path. */
  readonly url: string;
  readonly #credentials: Credentials | null;
  readonly #closing = new AbortController();

  /**
   * @param url address of the server, with or without a closing `/v1`
   * @param key key, or the variable that holds it
   * @throws {HostFailure} `bad_request` for no address, `unauthorized` when the named variable is not set
   */
  constructor(url: string, key: HostKey) {
    const address = hostAddress(url, key);
    this.url = address.url;
    this.#credentials = address.credentials;
  }

  /**
   * Does one exchange inside its bounds.
   *
   * @param what what is done, for messages; the address is added
   * @param bounds in milliseconds
   * @param partial text that has arrived so far, kept with a failure
   * @throws {HostFailure} as {@link withinBounds} does
   */
  within<T>(
    what: string,
    bounds: BoundedAsk["bounds"],
    signal: AbortSignal,
    work: (exchange: Exchange) => Promise<T>,
    partial?: () => string,
  ): Promise<T> {
    const signals = [signal, this.#closing.signal];
    const credentials = this.#credentials;
    return withinBounds({ what: `${what} on ${this.url}`, bounds, signals, credentials, partial }, work);
  }

  /** Ends all that is open. */
  close(): void {
    this.#closing.abort();
  }
}

/**
 * Makes the request that posts a value as JSON.
 *
 * @param headers headers beside the content type
 */
export function posted(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
