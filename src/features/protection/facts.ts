import { z } from "zod";

/** A file that judges the work, as it stands for every verdict. */
export const ProtectedFact = z.object({
  path: z.string(),
  /** Hash of its content, which is kept. */
  hash: z.string(),
  mode: z.int(),
  /** `test` and `loaded` stand whole; of `inside` only the tests inside the source do. */
  as: z.enum(["test", "loaded", "inside"]),
});

/** Facts about the files that judge the work. */
export const protectionFacts = {
  files_protected: z.object({ files: z.array(ProtectedFact) }),
  /** One of them was changed by the person, or stands otherwise by their yes: from now on it judges so. */
  protection_moved: z.object({
    path: z.string(),
    file: ProtectedFact.nullable(),
    /** Where it changed while checks ran, and nobody can tell by whom: the difference. */
    unsure: z.string().optional(),
  }),
};
