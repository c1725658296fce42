import type { ModelHost } from "./model_host.ts";

/** What opens the way to a host. Of the key and its variable at most one is given. */
export interface HostKey {
  /** The key itself. */
  readonly key?: string;
  /** Name of the environment variable that holds the key. */
  readonly keyVariable?: string;
  /** Headers of each request, by the environment variables that hold their values. */
  readonly headersFrom?: Readonly<Record<string, string>>;
  /** Path of a file with certificates (PEM) that the host's own may be signed by, beside those that are known. */
  readonly ca?: string;
}

/** A kind of server that models are reached through. */
export interface HostKind {
  /** Word that names it in the configuration, such as `ollama`. */
  readonly kind: string;
  /**
   * Asks the server at a URL whether it is of this kind; absent where the configuration has to name it.
   *
   * @throws {HostFailure} where there is no connection, no key and no time: no other kind would do better
   */
  detect?(url: string, signal: AbortSignal, key?: HostKey): Promise<boolean>;
  /** Opens the server as a host. */
  open(url: string, key?: HostKey): ModelHost;
}
