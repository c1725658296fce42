import { join } from "node:path";
import type { Languages } from "../../languages/language.ts";
import type { ProjectWalk } from "../project_files.ts";
import type { Breathing } from "../breathing.ts";
import { type IgnoredEntry, ignoredEntry } from "./ignored_entry.ts";
import { sharedByLinks } from "./links.ts";
import { entriesOf, lookAt } from "./looks.ts";

/** An ignored entry of at most so much is copied: generated code, small data. */
const SMALL: Most = { entries: 1_000, bytes: 20_000_000, bytesOfFile: 5_000_000 };
/** What was built is copied up to this, once: tests may import it, and tools build on it. */
const BUILT: Most = { entries: 20_000, bytes: 200_000_000, bytesOfFile: 200_000_000 };

interface Most {
  readonly entries: number;
  readonly bytes: number;
  readonly bytesOfFile: number;
}

/** What shall stand at a path of a copy; an ignored file keeps its time, see {@link ProjectCopy}. */
export type Kind = "file" | "ignored file" | "link" | "folder" | "shared folder" | "shared file" | "shared link";

/** All that shall stand in a copy. */
export interface Wanted {
  /** By path, folders before what is in them. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Relative paths of ignored entries that are to be seen as they are in the project. */
  readonly shared: readonly string[];
  /** Where shared links lead, by path. */
  readonly targets: ReadonlyMap<string, string>;
}

/** How a copy takes over what is ignored. */
export interface Taking {
  readonly project: string;
  /** Absolute path of the copy. */
  readonly folder: string;
  readonly languages: Languages;
  /** How shared entries stand in the copy: empty, for a sandbox to show the project's there, or as links to those. */
  readonly sharing: "mounted" | "linked";
  /** Whether it takes over what was built in the project. */
  readonly takesBuilds: boolean;
}

/** Says what shall stand in a copy. */
export async function wantedEntries(walk: ProjectWalk, taking: Taking, breathing: Breathing): Promise<Wanted> {
  const kinds = new Map<string, Kind>();
  const targets = new Map<string, string>();
  const shared: string[] = [];
  for (const [paths, kind] of [[walk.folders, "folder"], [walk.files, "file"], [walk.links, "link"]] as const) {
    for (const path of paths) {
      if (breathing.isDue) await breathing.pause();
      kinds.set(path, kind);
    }
  }
  for (const entry of walk.passedOver) {
    if (breathing.isDue) await breathing.pause();
    const path = entry.replace(/\/$/, "");
    const found = await taken(path, ignoredEntry(path, taking.languages), taking, breathing);
    if (found === "left") continue;
    if (found !== "shared") {
      for (const [part, one] of found) kinds.set(part, one);
      continue;
    }
    const place = lookAt(join(taking.project, path));
    if (place === null) continue;
    if (place.isSymlink) {
      // It leads to the same from the copy; nothing can be shown in the place of a link.
      kinds.set(path, "link");
      continue;
    }
    shared.push(path);
    if (taking.sharing === "mounted") {
      kinds.set(path, place.isDirectory ? "shared folder" : "shared file");
      continue;
    }
    for (const [part, target] of sharedByLinks(path, taking)) {
      kinds.set(part, target === null ? "folder" : "shared link");
      if (target !== null) targets.set(part, target);
    }
  }
  return { kinds, shared, targets };
}

/** What is taken over of an ignored entry: copies of its parts, itself as it is in the project, or nothing. */
async function taken(
  path: string,
  kind: IgnoredEntry,
  { project, takesBuilds }: Taking,
  breathing: Breathing,
): Promise<ReadonlyMap<string, Kind> | "shared" | "left"> {
  if (kind === "trace" || kind === "built" && !takesBuilds) return "left";
  if (kind === "shared") return "shared";
  const parts = await partsOf(project, path, kind === "built" ? BUILT : SMALL, breathing);
  if (parts === "large") return kind === "built" ? "left" : "shared";
  return parts.size === 0 ? "left" : parts;
}

/** What is in an ignored entry, where that is little. */
async function partsOf(
  project: string,
  path: string,
  most: Most,
  breathing: Breathing,
): Promise<ReadonlyMap<string, Kind> | "large"> {
  const parts = new Map<string, Kind>();
  const pending = [path];
  let bytes = 0;
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (breathing.isDue) await breathing.pause();
    const found = lookAt(join(project, next));
    if (found === null) continue;
    parts.set(next, found.isSymlink ? "link" : found.isDirectory ? "folder" : "ignored file");
    bytes += found.isFile ? found.size : 0;
    if (parts.size > most.entries || bytes > most.bytes || found.isFile && found.size > most.bytesOfFile) {
      return "large";
    }
    if (found.isDirectory) {
      for (const { name } of entriesOf(join(project, next))) pending.push(`${next}/${name}`);
    } else if (!found.isFile && !found.isSymlink) parts.delete(next);
  }
  return parts;
}
