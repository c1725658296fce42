import * as z from "zod";

/** A file that judges the work, as it stands for every verdict. */
export const ProtectedFact = z.object({
  path: z.string(),
  /** Hash of its content, which is kept unless it is `uncopied`. */
  hash: z.string(),
  mode: z.int(),
  /** Whether only its hash is known: it is too large to be kept and put back. */
  uncopied: z.literal(true).optional(),
  /** `test` and `loaded` stand whole; of `inside` only the tests inside the source do. */
  as: z.enum(["test", "loaded", "inside"]),
});

/** Facts about the files that judge the work. */
export const protectionFacts = {
  files_protected: z.object({ files: z.array(ProtectedFact) }),
  /** The project has more files than are looked at: what judges beyond them is not known. */
  protection_bounded: z.object({ looked: z.int() }),
  /** One of them was changed by the person, or stands otherwise by their yes: from now on it judges so. */
  protection_moved: z.object({
    path: z.string(),
    file: ProtectedFact.nullable(),
    /** Where it changed while checks ran, and nobody can tell by whom: the difference. */
    unsure: z.string().optional(),
  }),
};
