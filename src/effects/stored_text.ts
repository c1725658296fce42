import { INLINE_CHARS, type Text } from "../kernel/text.ts";
import type { BlobStore } from "../ports/blob_store.ts";

/** Makes a text for a fact: whole where it is short, else its beginning and the hash of the whole. */
export function textOf(text: string, blobs: BlobStore): Text {
  if (text.length <= INLINE_CHARS) return { text, chars: text.length };
  return { text: text.slice(0, 400), chars: text.length, blob: blobs.putBlob(text) };
}

/** Reads the text that a fact names. */
export function readText(text: Text, blobs: BlobStore): string {
  if (text.blob === undefined) return text.text;
  const bytes = blobs.getBlob(text.blob);
  if (bytes === undefined) {
    throw new Error(`The journal lacks the text ${text.blob.slice(0, 12)} that one of its facts names; it is damaged.`);
  }
  return new TextDecoder().decode(bytes);
}
