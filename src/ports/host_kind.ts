import type { ModelHost } from "./model_host.ts";

/** Where a key for a host comes from; at most one of the two is given. */
export interface HostKey {
  /** The key itself. */
  readonly key?: string;
  /** Name of the environment variable that holds the key. */
  readonly keyVariable?: string;
}

/** A kind of server that models are reached through. */
export interface HostKind {
  /** Word that names it in the configuration, such as `ollama`. */
  readonly kind: string;
  /**
   * Asks the server at a URL whether it is of this kind.
   *
   * @throws {HostFailure} where there is no connection, no key and no time: no other kind would do better
   */
  detect(url: string, signal: AbortSignal, key?: HostKey): Promise<boolean>;
  /** Opens the server as a host. */
  open(url: string, key?: HostKey): ModelHost;
}
