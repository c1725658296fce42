import { dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
import type { Languages } from "../../languages/language.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { entriesOf } from "./looks.ts";

/** A project and a copy of it that is not shown under the project's own path. */
interface Beside {
  /** Absolute real path of the project. */
  readonly project: string;
  /** Absolute path of the copy. */
  readonly folder: string;
  readonly languages: Languages;
}

/** Folders above an entry of a shared one, itself not counted: packages of a project stand at `node_modules/@scope/name`. */
const DEEPEST = 2;

/**
 * Says how an ignored entry stands in a copy as links to the project's. A link in it that leads into the project, as to a package beside it,
 * leads into the copy there; the folders that it stands in are the copy's own.
 *
 * @param path of the entry
 * @returns where links lead by their paths, null for a folder, folders before what is in them
 */
export function sharedByLinks(path: string, beside: Beside): ReadonlyMap<string, string | null> {
  const isDependency = Object.values(beside.languages).some(({ dependencies }) =>
    dependencies?.test(path.slice(path.lastIndexOf("/") + 1)) === true
  );
  return (isDependency ? parted(path, path, DEEPEST, beside) : null) ?? new Map([[path, join(beside.project, path)]]);
}

/** What a folder is made of that has links into the project; null where it has none. */
function parted(
  folder: string,
  shared: string,
  deeper: number,
  beside: Beside,
): ReadonlyMap<string, string | null> | null {
  const parts = new Map<string, string | null>([[folder, null]]);
  let leads = false;
  for (const { name, isDirectory, isSymlink } of entriesOf(join(beside.project, folder))) {
    const path = `${folder}/${name}`;
    const own = isSymlink ? leadsInto(path, shared, beside) : null;
    // Only folders of packages hold others: what is in a package is its own.
    const inner = isDirectory && deeper > 1 && /^[@.]/.test(name) ? parted(path, shared, deeper - 1, beside) : null;
    leads ||= own !== null || inner !== null;
    if (inner === null) parts.set(path, own ?? join(beside.project, path));
    else for (const [part, target] of inner) parts.set(part, target);
  }
  return leads ? parts : null;
}

/** Where a link of a shared entry leads in the copy; null where it does not lead into the project, or not out of the entry. */
function leadsInto(path: string, shared: string, { project, folder }: Beside): string | null {
  try {
    const inside = relative(project, Deno.realPathSync(join(project, path)));
    const isOutside = inside.startsWith("..") || isAbsolute(inside);
    return isOutside || inside === shared || inside.startsWith(`${shared}/`) ? null : join(folder, inside);
  } catch {
    return null; // It leads to nothing.
  }
}

/**
 * Gives where a link of the project has to lead in a copy elsewhere: into the copy where it leads into the project, and to the same place
 * outside where it leads out. One that judges stays as it is, or it would look changed.
 *
 * @param path of the link
 * @param target as the link in the project says it
 */
export function targetInCopy(path: string, target: string, { project, folder, languages }: Beside): string {
  if (protectionOf(path, languages) !== null) return target;
  const at = resolve(dirname(join(project, path)), target);
  const inside = relative(project, at);
  const isInside = !inside.startsWith("..") && !isAbsolute(inside);
  if (isAbsolute(target)) return isInside ? join(folder, inside) : target;
  const climbsOut = normalize(join(dirname(path), target)).startsWith("..");
  if (!climbsOut) return target;
  return isInside ? join(folder, inside) : at;
}
