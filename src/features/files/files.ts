import type { WriteFact } from "../../effects/write_fact.ts";
import { defineFeature, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import { type FilesSlice, isBesideWork, NO_WRITING, type Writing } from "./slice.ts";
import { fileFacts } from "./facts.ts";
import { filesTold } from "./told.ts";

/** What was written to the project, so that it can be taken back exactly, also after a crash. */
export const files = defineFeature<FilesSlice>({
  name: "files",
  facts: fileFacts,
  tell: filesTold,
  empty: { byPath: {}, kept: 0, writing: {} },
  on: {
    write_opened: (own, { key, write }, before) => writing(own, before, key, () => ({ write })),
    write_closed: (own, { key, write, done }, before) =>
      done
        ? written(
          writing(own, before, key, ({ written }) => ({ write: null, written: [...written, write.path] })),
          before,
          key,
          [write],
        )
        : writing(own, before, key, () => ({ write: null })),
    command_opened: (own, { key, command, snapshot, arranged = [] }, before) =>
      writing(own, before, key, () => ({ command: { words: command, snapshot, arranged } })),
    command_closed: (own, { key, writes }, before) =>
      written(writing(own, before, key, () => ({ command: null })), before, key, writes),
    effect_finished(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      const attempt = effect?.kind === "take_back" ? before.attempts.open[effect.attempt] : undefined;
      return over(attempt === undefined ? own : { ...own, kept: attempt.keptBefore }, fact);
    },
    ...onFailure<FilesSlice>(over),
  },
});

function writing(own: FilesSlice, before: State, key: string, how: (old: Writing) => Partial<Writing>): FilesSlice {
  if (before.effects.open[key] === undefined) return own;
  const old = own.writing[key] ?? NO_WRITING;
  return { ...own, writing: { ...own.writing, [key]: { ...old, ...how(old) } } };
}

function over(own: FilesSlice, { key }: { readonly key: string }): FilesSlice {
  if (own.writing[key] === undefined) return own;
  const { [key]: _over, ...rest } = own.writing;
  return { ...own, writing: rest };
}

function written(own: FilesSlice, before: State, key: string, writes: readonly WriteFact[]): FilesSlice {
  const kind = before.effects.open[key]?.effect.kind;
  if (kind === undefined || writes.length === 0) return own;
  const byPath = { ...own.byPath };
  for (const write of writes) {
    byPath[write.path] = {
      original: (byPath[write.path] ?? { original: write.before }).original,
      current: write.after,
    };
  }
  return { ...own, byPath, kept: own.kept + (isBesideWork(kind) ? 0 : writes.length) };
}
