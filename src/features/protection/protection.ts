import { defineFeature } from "../feature.ts";
import { protectionFacts } from "./facts.ts";
import type { ProtectionSlice } from "./slice.ts";
import { protectionTold } from "./told.ts";

/** The files that judge the work, as they stood when the run began: for every verdict they stand so. */
export const protection = defineFeature<ProtectionSlice>({
  name: "protection",
  facts: protectionFacts,
  tell: protectionTold,
  empty: { files: null, habits: [], putBack: [] },
  on: {
    files_protected: (own, { files }) => ({
      ...own,
      files: { ...Object.fromEntries(files.map((file) => [file.path, file])), ...own.files },
    }),
    protection_moved(own, { path, file }) {
      const { [path]: _old, ...files } = own.files ?? {};
      return { ...own, files: file === null ? files : { ...files, [path]: file } };
    },
    effect_finished(own, { result }, before) {
      if (result.kind !== "check") return own;
      const { touched = [], putBack = [] } = result;
      // What the first round writes, it writes because the checks are so.
      const habits = before.checks.first === null ? [...new Set([...own.habits, ...touched])] : own.habits;
      const back = [...touched.filter((path) => !habits.includes(path)), ...putBack];
      return back.length === 0 && habits === own.habits
        ? own
        : { ...own, habits, putBack: [...new Set([...own.putBack, ...back])] };
    },
  },
});
