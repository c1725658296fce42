import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { TellOf } from "../known.ts";
import type { protectionFacts } from "./facts.ts";

/** How what judges the work is told. */
export const protectionTold: TellOf<keyof typeof protectionFacts> = {
  files_protected: { json: ({ files }) => ({ files: files.map(({ path }) => path) }) },
  protection_bounded: {
    json: ({ looked }) => ({ looked }),
    lines: ({ looked }) => [
      `the project has more files than are looked at: ${
        counted(looked, "file")
      } that judge the work are watched, those beyond are not`,
    ],
  },
  protection_moved: {
    json: ({ path, file }) => ({ path, hash: file?.hash ?? null }),
    lines: ({ path, file }) => [
      file === null
        ? `${oneLine(path)} was deleted: it judges the work no more`
        : `${oneLine(path)} was changed: it judges the work as it stands now`,
    ],
  },
};
