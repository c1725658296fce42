import * as z from "zod";

/** A text in a fact: whole when short, else its beginning with the hash of the blob that holds all of it. */
export const TextFact = z.object({
  /** The whole text, or its first 1,500 characters when `blob` is set. */
  text: z.string(),
  /** Length of the whole text in characters. */
  chars: z.int(),
  /** SHA-256 of the whole text, where it is stored as a blob. */
  blob: z.string().optional(),
});
