import type { ChatPiece, ChatRequest } from "./model_host.ts";

/** A server as its kind is told of it. */
export interface HostServer {
  /** Its address as it is configured, without a closing stroke, and without a name and a password, which stand in a header. */
  readonly url: string;
  /** Headers of each request: what proves to the server who asks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Certificates (PEM) that the server's own may be signed by, beside those that are known; null where none are configured. */
  readonly certificates: string | null;
  /** The plugin's part of the configuration, with its defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a server of a plugin's kind is asked. */
export type HostQuestion =
  | { readonly ask: "survey"; readonly server: HostServer }
  | { readonly ask: "abilities"; readonly server: HostServer; readonly model: string }
  | { readonly ask: "chat"; readonly server: HostServer; readonly request: ChatRequest }
  | { readonly ask: "render"; readonly server: HostServer; readonly request: ChatRequest }
  | { readonly ask: "count"; readonly server: HostServer; readonly model: string; readonly text: string };

/** A kind of host of a plugin, wherever its code runs. */
export interface OfferedHost {
  readonly kind: string;
  /**
   * Lets its code reach an address until the function that it gives is called; absent where its code needs no leave.
   *
   * @param address `name:port`
   */
  reach?(address: string): () => void;
  /**
   * Asks a server. What it gives, and the pieces, are as the plugin gave them: nobody looked at their form.
   *
   * @param tell gets the pieces of a chat
   * @returns null for a question that the kind does not know
   * @throws {HostFailure} where it failed; the signal's reason when it is aborted
   */
  ask(question: HostQuestion, signal: AbortSignal, tell: (piece: ChatPiece) => void): Promise<unknown>;
}
