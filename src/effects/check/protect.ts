import type { Fact } from "../../features/fact.ts";
import { isByYes, type Protected } from "../../features/protection/slice.ts";
import { wishedRenames } from "../../features/criteria/renames_in.ts";
import type { FilesSlice } from "../../features/files/slice.ts";
import type { State } from "../../features/state.ts";
import type { Languages } from "../../languages/language.ts";
import { withTestsOf } from "../../languages/protection_of.ts";
import { isRenamedTest } from "../../languages/renamed.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { Arranged, ProtectedFile, RunWorkspace } from "../../ports/workspace.ts";

/** What judges the work, made ready for a round of checks. */
export interface Standing {
  /** Protected files by path, as they stand for every verdict. */
  readonly files: Readonly<Record<string, Protected>>;
  /** Tests that this run made. */
  readonly newTests: readonly ProtectedFile[];
  /** Tests that were there and in which it changed names that the goal renames. */
  readonly renamed: readonly ProtectedFile[];
  /** What has to stand otherwise for a verdict: new tests away, tests inside sources as they were. */
  readonly arranged: readonly Arranged[];
  /** Protected files that something of the run had changed; they were put back. */
  readonly putBack: readonly string[];
  /** What judges by this run's doing and can be put neither back nor aside, being too large for a copy: no result counts beside it. */
  readonly stuck: readonly string[];
}

/** What making ready needs. */
export interface Judges {
  readonly state: State;
  /** Files that are different from before the run, where the verdict is given. */
  readonly files: FilesSlice["byPath"];
  readonly languages: Languages;
  readonly workspace: RunWorkspace;
  readonly blobs: BlobStore;
  readonly note: (fact: Fact) => void;
}

/** Whether the run made a file: it did not stand there before. */
export function isNewIn(files: FilesSlice["byPath"]): (path: string) => boolean {
  return (path) => files[path]?.original === null;
}

/**
 * Lets what judges the work stand as it did when the run began, before a verdict. What a person changed since stands as they changed it; what
 * the run changed without their yes is put back, and a new file that a runner would load by itself is put away. A file in which nothing but
 * names changed that the goal itself renames judges as before, and stands.
 */
export async function protect(judges: Judges, signal: AbortSignal): Promise<Standing> {
  const { state, files, languages, workspace, note } = judges;
  const { files: found, isComplete } = await workspace.protectedFiles(isNewIn(files), signal);
  const known = state.protection.files;
  if (known === null && !isComplete) note({ type: "protection_bounded", looked: found.length });
  if (known === null) {
    const ours = isOursIn(judges);
    note({ type: "files_protected", files: found.filter(({ path }) => !ours(path)).map((file) => ({ ...file })) });
  }
  const standing = new Map(Object.entries(known ?? {}));
  if (known === null) { for (const file of found) if (!isOursIn(judges)(file.path)) standing.set(file.path, file); }
  const renames = wishedRenames(state);
  const paths = renames.length === 0 ? [] : await workspace.files(signal);
  const isRenamed = (path: string, before: string, now: string) => {
    const language = Object.values(languages).find(({ files, comments }) => files.test(path) && comments !== undefined);
    return language !== undefined && isRenamedTest(before, now, renames, { path, language, files: paths });
  };
  const { back, renamed } = moved(judges, standing, isRenamed);
  const putBack = [...back, ...putAway(judges, standing, found)];
  const added = found.filter(({ path, as }) => as === "test" && !standing.has(path));
  const made = added.filter(({ uncopied }) => uncopied !== true);
  const wanted = importedBy(judges, standing, made.map(({ path }) => path));
  const tests = made.filter(({ path }) => !wanted.has(path));
  const within = inside(judges, standing, found, isRenamed);
  return {
    files: Object.fromEntries(standing),
    newTests: [...tests, ...found.filter(({ path }) => within.arranged.some((one) => one.path === path))],
    renamed: [...renamed, ...within.renamed],
    arranged: [...tests.map(({ path }) => ({ path, hash: null })), ...within.arranged],
    putBack: [...new Set(putBack)].sort(),
    stuck: added.filter(({ uncopied }) => uncopied === true).map(({ path }) => path),
  };
}

/** Whether a test differs from what it was in nothing but names that the goal renames. */
type IsRenamed = (path: string, before: string, now: string) => boolean;

/** Whether the run made a file, and not while the project was set up. */
function isOursIn({ state, files, workspace }: Judges): (path: string) => boolean {
  return (path) => isNewIn(files)(path) && !isByYes(state.protection, path, workspace.stateOf(path));
}

/** Looks at each protected file: what the run did to it is put back, what a person did to it counts from now on. */
function moved(
  { state, files, workspace, blobs, note }: Judges,
  standing: Map<string, Protected>,
  isRenamed: IsRenamed,
): { readonly back: readonly string[]; readonly renamed: readonly ProtectedFile[] } {
  const back: string[] = [];
  const renamed: ProtectedFile[] = [];
  for (const [path, file] of standing) {
    if (file.as === "inside") continue;
    const now = workspace.stateOf(path);
    if (now?.hash === file.hash) continue;
    // Nobody's change of it can be told from the run's, and none be put back: the round that looks at it says so.
    if (file.uncopied === true) continue;
    const ours = files[path];
    if (
      ours !== undefined && ours.current === (now?.hash ?? null) && ours.current !== ours.original &&
      !isByYes(state.protection, path, now)
    ) {
      const [before, after] = [plainText(blobs, file.hash), plainText(blobs, now?.hash ?? "")];
      if (now !== null && file.as === "test" && before !== null && after !== null && isRenamed(path, before, after)) {
        const stands: ProtectedFile = { path, hash: now.hash, mode: now.mode, as: file.as };
        standing.set(path, stands);
        renamed.push(stands);
        continue;
      }
      workspace.putBack(path, file);
      back.push(path);
      continue;
    }
    const moved = now === null ? null : { path, ...now, as: file.as };
    note({ type: "protection_moved", path, file: moved });
    if (moved === null) standing.delete(path);
    else standing.set(path, moved);
  }
  return { back, renamed };
}

/** Looks at files that judge and were not there: those that a runner loads are put away where the run made them. */
function putAway(
  { state, files, workspace, note }: Judges,
  standing: Map<string, Protected>,
  found: readonly ProtectedFile[],
): string[] {
  const away: string[] = [];
  for (const file of found) {
    if (standing.has(file.path) || file.as === "inside") continue;
    const isOurs = files[file.path] !== undefined && !isByYes(state.protection, file.path, file);
    if (isOurs && file.as === "test") continue;
    if (isOurs) {
      workspace.putBack(file.path, null);
      away.push(file.path);
      continue;
    }
    note({ type: "protection_moved", path: file.path, file: { ...file } });
    standing.set(file.path, file);
  }
  return away;
}

/** New files among those that look like tests, and that the tests of the start import: what they are about. */
function importedBy(
  { languages, blobs }: Judges,
  standing: ReadonlyMap<string, Protected>,
  made: readonly string[],
): ReadonlySet<string> {
  if (made.length === 0) return new Set();
  return new Set([...standing.values()].flatMap(({ path, hash, as }) => {
    const imports = as === "test" ? Object.values(languages).find(({ files }) => files.test(path))?.imports : undefined;
    return imports?.files?.(path, textOf(blobs, hash), made) ?? [];
  }));
}

/** Sources whose inner tests are not what they were: as they have to stand. */
function inside(
  { languages, workspace, blobs }: Judges,
  standing: ReadonlyMap<string, Protected>,
  found: readonly ProtectedFile[],
  isRenamed: IsRenamed,
): { readonly arranged: readonly Arranged[]; readonly renamed: readonly ProtectedFile[] } {
  const renamed: ProtectedFile[] = [];
  const paths = new Set([...standing.values(), ...found].flatMap(({ path, as }) => as === "inside" ? [path] : []));
  const arranged = [...paths].flatMap((path) => {
    const now = workspace.stateOf(path);
    const earlier = standing.get(path);
    if (now === null || now.hash === earlier?.hash) return [];
    const testsIn = Object.values(languages).find((one) => one.testsIn !== undefined && one.files.test(path))?.testsIn;
    const text = textOf(blobs, now.hash);
    if (testsIn === undefined) return [];
    const before = earlier === undefined ? "" : textOf(blobs, earlier.hash);
    const wanted = withTestsOf(text, before, testsIn);
    const tests = (text: string) => testsIn(text).map(([from, to]) => text.slice(from, to)).join("\n");
    if (wanted === text) return [];
    if (!isRenamed(path, tests(before), tests(text))) return [{ path, hash: blobs.putBlob(wanted) }];
    renamed.push({ path, hash: now.hash, mode: now.mode, as: "inside" });
    return [];
  });
  return { arranged, renamed };
}

function textOf(blobs: BlobStore, hash: string): string {
  return new TextDecoder().decode(blobs.getBlob(hash));
}

/** A text as it stands; null where it is none that can be read without loss. */
function plainText(blobs: BlobStore, hash: string): string | null {
  const bytes = hash === "" ? undefined : blobs.getBlob(hash);
  try {
    return bytes === undefined ? null : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // Of what is no text no name can be told.
  }
}
