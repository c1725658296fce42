import * as z from "zod";

/** A change of one file: the hashes before and after name blobs. null means that there is no file. */
export const WriteFact = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Mode bits of the file; null where there was none. */
  modeBefore: z.int().nullable(),
  modeAfter: z.int().nullable(),
  /** Folders made for it. */
  createdFolders: z.array(z.string()),
});

/** A change of one file. */
export type WriteFact = z.infer<typeof WriteFact>;
