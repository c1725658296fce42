import { type Exchange, withinBounds } from "./bounded_fetch.ts";
import type { BoundedAsk } from "./bounds.ts";
import type { HostKey } from "../ports/host_kind.ts";
import { type Credentials, hostAddress } from "./host_address.ts";
import { type HostRoute, routeTo } from "./host_route.ts";

/** One server: its address, its credentials, how it is reached, and what ends all that is open on it. */
export class Connection {
  /** Address without a path of its interface. */
  readonly url: string;
  /** Address under which OpenAI's interface stands, such as `http://127.0.0.1:8080/v1`. */
  readonly api: string;
  readonly #credentials: Credentials | null;
  readonly #ca: string | undefined;
  readonly #closing = new AbortController();
  #route: HostRoute | null = null;

  /**
   * @param url address of the server, with or without a closing version of its interface
   * @param key what goes with each request
   * @throws {HostFailure} `bad_request` for no address, `unauthorized` when a named variable is not set
   */
  constructor(url: string, key: HostKey) {
    const address = hostAddress(url, key);
    this.url = address.url;
    this.api = `${address.url}/${address.api}`;
    this.#credentials = address.credentials;
    this.#ca = key.ca;
  }

  /**
   * Does one exchange inside its bounds.
   *
   * @param what what is done, for messages; the address is added
   * @param bounds in milliseconds
   * @param partial text that has arrived so far, kept with a failure
   * @throws {HostFailure} as {@link withinBounds} does, and `bad_request` where its certificates cannot be read
   */
  async within<T>(
    what: string,
    bounds: BoundedAsk["bounds"],
    signal: AbortSignal,
    work: (exchange: Exchange) => Promise<T>,
    partial?: () => string,
  ): Promise<T> {
    const { client, through } = this.#route ??= routeTo(this.url, this.#ca);
    return await withinBounds({
      what: `${what} on ${this.url}${through}`,
      bounds,
      signals: [signal, this.#closing.signal],
      credentials: this.#credentials,
      client,
      partial,
    }, work);
  }

  /** Ends all that is open. */
  close(): void {
    this.#closing.abort();
    this.#route?.close();
    this.#route = null;
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
