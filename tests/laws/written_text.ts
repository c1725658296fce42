import { contentHash } from "../../src/work/content_hash.ts";

/** Lines between what stands in a file and what persons added to it: both can be changed at a time. */
const BETWEEN = "\n\n\n\n\n\n\n";

/** What a file of a made world holds: its hash says it in clear, `fix:5+p1+p2`. */
export interface WrittenText {
  /** What it is worth, and by which write: `fix:5`. */
  readonly head: string;
  /** Lines that persons added elsewhere in it. */
  readonly lines: readonly string[];
}

/** Reads the hash of a file. */
export function readHash(hash: string): WrittenText {
  const [head = "", ...lines] = hash.split("+");
  return { head, lines };
}

/** The hash of a file that holds something. */
export function hashOf({ head, lines }: WrittenText): string {
  return [head, ...lines].join("+");
}

/** Another text in place of what stands there, with the lines that persons added. */
export function rewritten(hash: string | null, head: string): string {
  return hashOf({ head, lines: hash === null ? [] : readHash(hash).lines });
}

/** Contents of a made world: a hash and its content follow from each other, so that what is merged is found again. */
export const TEXTS = {
  getBlob(hash: string): Uint8Array {
    const { head, lines } = readHash(hash);
    return new TextEncoder().encode([head, ...lines].join(BETWEEN));
  },
  putBlob(content: Uint8Array | string): string {
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    // What two changes leave of a text that nobody wrote so is told apart by its hash.
    const [head = "", ...lines] = text.split(BETWEEN);
    return [head, ...lines].some((part) => /[\n+]/.test(part))
      ? `merged:${contentHash(text)}`
      : hashOf({ head, lines });
  },
};
