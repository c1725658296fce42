import type { WriteFact } from "../../effects/write_fact.ts";
import { defineFeature, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import { type DraftFile, type FilesSlice, isBesideWork, NO_WRITING, type Writing } from "./slice.ts";
import { fileFacts } from "./facts.ts";
import { filesTold } from "./told.ts";

/** What was written to the project, so that it can be taken back exactly, also after a crash. */
export const files = defineFeature<FilesSlice>({
  name: "files",
  facts: fileFacts,
  tell: filesTold,
  empty: { byPath: {}, drafts: {}, undone: false, kept: 0, writing: {} },
  on: {
    run_resumed: (own) => own.undone ? { ...own, undone: false } : own,
    write_opened: (own, { key, write }, before) => writing(own, before, key, () => ({ write })),
    write_closed: (own, { key, write, done, workspace }, before) =>
      done
        ? written(
          writing(own, before, key, ({ written }) => ({ write: null, written: [...written, write.path] })),
          before,
          { key, writes: [write], workspace },
        )
        : writing(own, before, key, () => ({ write: null })),
    command_opened: (own, { key, command, snapshot, arranged = [] }, before) =>
      writing(own, before, key, () => ({ command: { words: command, snapshot, arranged } })),
    command_closed: (own, { key, writes, workspace }, before) =>
      written(writing(own, before, key, () => ({ command: null })), before, { key, writes, workspace }),
    effect_finished(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      const attempt = effect?.kind === "take_back" ? before.attempts.open[effect.attempt] : undefined;
      if (attempt !== undefined) {
        const { workspace, keptBefore, applied } = attempt;
        // Beside one that worked in a copy others may have been applied.
        return over({ ...own, kept: workspace === null ? keptBefore : own.kept - applied.length }, fact);
      }
      const { result } = fact;
      if (result.kind === "by_hand") return over({ ...own, undone: result.takes !== null }, fact);
      const merged = result.kind === "check" && effect?.kind === "check" ? result.merged ?? [] : [];
      const workspace = effect?.kind === "check" ? before.attempts.open[effect.cause]?.workspace ?? null : null;
      return over(merged.length === 0 || workspace === null ? own : drafted(own, workspace, merged), fact);
    },
    ...onFailure<FilesSlice>(over),
    // What was kept of it stands in the project.
    attempt_closed(own, { task, number }, before) {
      const workspace = before.attempts.open[`${task}.${number}`]?.workspace ?? null;
      if (workspace === null || own.drafts[workspace] === undefined) return own;
      const { [workspace]: _over, ...drafts } = own.drafts;
      return { ...own, drafts };
    },
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

/** Writes of an effect. */
interface Written {
  readonly key: string;
  readonly writes: readonly WriteFact[];
  /** Where they were made; absent for the project itself. */
  readonly workspace?: string;
}

function written(own: FilesSlice, before: State, { key, writes, workspace }: Written): FilesSlice {
  const kind = before.effects.open[key]?.effect.kind;
  if (kind === undefined || writes.length === 0) return own;
  if (workspace !== undefined) {
    const draft = own.drafts[workspace] ?? {};
    return drafted(
      own,
      workspace,
      writes.map(({ path, before: was, after, modeBefore, modeAfter }) => ({
        path,
        original: (draft[path] ?? { original: was }).original,
        current: after,
        mode: modeAfter,
        modeBefore: (draft[path] ?? { modeBefore }).modeBefore,
      })),
    );
  }
  const byPath = { ...own.byPath };
  for (const write of writes) {
    byPath[write.path] = {
      original: (byPath[write.path] ?? { original: write.before }).original,
      current: write.after,
    };
  }
  return { ...own, byPath, kept: own.kept + (isBesideWork(kind) ? 0 : writes.length) };
}

/** Notes how files stand in a copy of the project. */
function drafted(
  own: FilesSlice,
  workspace: string,
  files: readonly (DraftFile & { readonly path: string })[],
): FilesSlice {
  const draft: Record<string, DraftFile> = { ...own.drafts[workspace] };
  for (const { path, ...file } of files) draft[path] = { modeBefore: draft[path]?.modeBefore, ...file };
  return { ...own, drafts: { ...own.drafts, [workspace]: draft } };
}
