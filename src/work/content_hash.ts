import { createHash } from "node:crypto";

/**
 * Hashes content the way facts and blobs name it.
 *
 * @param content bytes, or text that is taken as UTF-8
 * @returns SHA-256 of the bytes, 64 lower-case hex digits
 */
export function contentHash(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
