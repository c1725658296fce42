import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, lstatSync, openSync, readFileSync, readlinkSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { contentHash } from "./content_hash.ts";

/** Type bits of a mode, and their value for a link. */
const TYPE_BITS = 0o170000;
const LINK = 0o120000;

/** What is at a path: content by hash (of a link: of where it points), and the mode with its type bits, as git keeps them. */
export interface FileState {
  readonly hash: string;
  /** `st_mode`: `0o100644` is a plain file, `0o120777` a link. */
  readonly mode: number;
}

/** Whether a mode is that of a link. */
export function isLinkMode(mode: number | null): boolean {
  return mode !== null && (mode & TYPE_BITS) === LINK;
}

/** What a path is on disk. */
export type Place =
  | { readonly kind: "nothing" }
  | { readonly kind: "folder" }
  /** A device, socket or pipe. */
  | { readonly kind: "other" }
  | { readonly kind: "file" | "link"; readonly stat: BigIntStats };

/**
 * Looks at a path without following a link at its end.
 *
 * @param path absolute path
 */
export function placeAt(path: string): Place {
  let stat: BigIntStats;
  try {
    stat = lstatSync(path, { bigint: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return { kind: "nothing" };
    throw error;
  }
  if (stat.isDirectory()) return { kind: "folder" };
  if (stat.isSymbolicLink()) return { kind: "link", stat };
  return stat.isFile() ? { kind: "file", stat } : { kind: "other" };
}

/**
 * Reads what is at a path: of a link, where it points.
 *
 * @param path absolute path of a file or link
 * @param kind which of them it is
 */
export function bytesAt(path: string, kind: "file" | "link"): Uint8Array {
  return kind === "link" ? new TextEncoder().encode(readlinkSync(path)) : readFileSync(path);
}

/**
 * Finds the state of a file or link.
 *
 * @param path absolute path
 * @returns its state; null when there is no file or link
 */
export function stateAt(path: string): FileState | null {
  const place = placeAt(path);
  if (place.kind !== "file" && place.kind !== "link") return null;
  return { hash: contentHash(bytesAt(path, place.kind)), mode: Number(place.stat.mode) };
}

/**
 * Hashes a file of any size piece by piece.
 *
 * @param path absolute path
 * @returns SHA-256 of its bytes, hex
 */
export async function hashLargeFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(1 << 20);
    while (true) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Like {@link hashLargeFile}, at once: for what must not change between the look and what follows. */
export function hashLargeFileNow(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = new Uint8Array(1 << 20);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
    return hash.digest("hex");
  } finally {
    closeSync(file);
  }
}
