import { defineFeature } from "../feature.ts";
import { protectionFacts } from "./facts.ts";
import type { ProtectionSlice } from "./slice.ts";
import { protectionTold } from "./told.ts";

/** The files that judge the work, as they stood when the run began: for every verdict they stand so. */
export const protection = defineFeature<ProtectionSlice>({
  name: "protection",
  facts: protectionFacts,
  tell: protectionTold,
  empty: { files: null, habits: [], unsure: {}, putBack: [], lost: [], refused: [], byYes: {}, agreed: [] },
  on: {
    files_protected: (own, { files }) => ({
      ...own,
      files: { ...Object.fromEntries(files.map((file) => [file.path, file])), ...own.files },
    }),
    protection_moved(own, { path, file, unsure: difference }) {
      const { [path]: _old, ...files } = own.files ?? {};
      const unsure = difference === undefined ? own.unsure : { ...own.unsure, [path]: difference };
      return { ...own, unsure, files: file === null ? files : { ...files, [path]: file } };
    },
    // What a person said yes to judges as it was written.
    write_closed(own, { key, write, done }, before) {
      const effect = before.effects.open[key]?.effect;
      if (done && effect?.kind === "setup") return { ...own, byYes: { ...own.byYes, [write.path]: write.after } };
      if (!done || own.files === null || effect?.kind !== "tool") return own;
      if (before.turns.open[effect.turn]?.approved !== true) return own;
      const { [write.path]: old, ...files } = own.files;
      const agreed = [...new Set([...own.agreed, write.path])];
      if (write.after === null) return { ...own, agreed, files };
      const as = old?.as ?? "loaded";
      return {
        ...own,
        agreed,
        files: {
          ...files,
          [write.path]: { path: write.path, hash: write.after, mode: write.modeAfter ?? 0o100644, as },
        },
      };
    },
    command_closed(own, { key, writes }, before) {
      const kind = before.effects.open[key]?.effect.kind;
      if (kind !== "later" && kind !== "setup") return own;
      const judging = writes.flatMap(({ path }) => own.files?.[path] === undefined ? [] : [path]);
      const byYes = { ...own.byYes, ...Object.fromEntries(writes.map(({ path, after }) => [path, after])) };
      return { ...own, byYes, agreed: [...new Set([...own.agreed, ...judging])] };
    },
    call_refused: (own, { path }) =>
      path === undefined ? own : { ...own, refused: [...new Set([...own.refused, path])] },
    effect_finished(own, { result }) {
      if (result.kind !== "check") return own;
      const { touched = [], putBack = [], habits: found = [], lost = [] } = result;
      const habits = found.length === 0 ? own.habits : [...new Set([...own.habits, ...found])];
      const back = [...touched.filter((path) => !habits.includes(path)), ...putBack];
      return back.length === 0 && habits === own.habits && lost.length + own.lost.length === 0
        ? own
        : { ...own, habits, lost, putBack: [...new Set([...own.putBack, ...back])] };
    },
  },
});
