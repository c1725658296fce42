import type { Texts } from "../../kernel/told.ts";

/** A request as it is stored; what is optional older runs do not hold. */
export interface StoredRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools?: readonly { readonly name: string }[];
  readonly temperature: number;
  readonly seed: number;
  readonly answerLimit: number;
  readonly leftOut?: readonly string[];
  readonly sections?: readonly { readonly name: string; readonly tokens: number }[];
}

/**
 * Reads a request.
 *
 * @param hash what it is stored under
 * @param texts where it stands
 * @returns the request; null where it is not there
 */
export function storedRequest(hash: string, texts: Texts): StoredRequest | null {
  const stored = texts.stored(hash);
  return stored === null ? null : JSON.parse(stored);
}
