import { readText } from "../effects/stored_text.ts";
import type { Texts } from "../kernel/told.ts";
import type { BlobStore } from "../ports/blob_store.ts";

/** Reads the texts that facts name out of where they are kept. */
export function textsOf(blobs: BlobStore): Texts {
  return {
    whole: (text) => readText(text, blobs),
    stored: (hash) => {
      const bytes = blobs.getBlob(hash);
      return bytes === undefined ? null : new TextDecoder().decode(bytes);
    },
  };
}
