import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { contentHash } from "./content_hash.ts";
import { isLinkMode, placeAt } from "./file_state.ts";
import { TEMPORARY_PREFIX } from "./ignore_rules.ts";

const PERMISSION_BITS = 0o7777;

/**
 * Where an unfinished write of a file stands. Made from the path alone, so that one left by a crash is found again.
 *
 * @param path absolute path of the file
 * @returns absolute path in the same folder
 */
export function temporaryPath(path: string): string {
  return join(dirname(path), TEMPORARY_PREFIX + contentHash(path).slice(0, 16));
}

/**
 * Puts content at a path in one step: a reader sees the old file or the new one, never a part.
 *
 * @param path absolute path; its folder exists
 * @param bytes the content; of a link, where it points
 * @param mode `st_mode` it shall have; null for what a new file gets here
 * @param mayReplace looks at the path once more when all is ready; what it throws leaves the old file in place
 */
export function replaceFile(path: string, bytes: Uint8Array, mode: number | null, mayReplace = () => {}): void {
  const temporary = temporaryPath(path);
  rmSync(temporary, { force: true });
  try {
    if (isLinkMode(mode)) symlinkSync(new TextDecoder().decode(bytes), temporary);
    else {
      const file = openSync(temporary, "wx", 0o666);
      try {
        for (let written = 0; written < bytes.length;) {
          written += writeSync(file, bytes, written, bytes.length - written);
        }
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      keepOwner(path, temporary);
      // Set apart from opening, since the umask cuts what is given there, and after the owner, whose change takes rights away.
      if (mode !== null) chmodSync(temporary, mode & PERMISSION_BITS);
    }
    mayReplace();
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Leaves a file to whom it belongs, where we may: root at work in the folder of another would make their files its own, and who shares a folder
 * with a group would shut that out.
 */
function keepOwner(path: string, temporary: string): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  if (old?.isFile() !== true) return;
  const own = lstatSync(temporary);
  for (const [uid, gid] of [[old.uid, old.gid], [own.uid, old.gid]] as const) {
    if (uid === own.uid && gid === own.gid) return;
    try {
      return chownSync(temporary, uid, gid);
    } catch {
      // Not ours to give: its group may be.
    }
  }
}

/**
 * Names the folders that are missing above a path.
 *
 * @param root absolute path of the project
 * @param path relative path of a file
 * @returns relative paths, outermost first
 */
export function missingFolders(root: string, path: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if (placeAt(join(root, folder)).kind !== "nothing") break;
    missing.unshift(folder);
  }
  return missing;
}

/**
 * Makes the folders above a file.
 *
 * @param path absolute path of the file
 */
export function makeFoldersFor(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
}

/**
 * Removes those of the folders that are empty.
 *
 * @param root absolute path of the project
 * @param folders relative paths in any order
 */
export function removeEmptyFolders(root: string, folders: Iterable<string>): void {
  const deepestFirst = [...new Set(folders)].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Not empty, gone already or not ours to remove: it stays.
    }
  }
}

/**
 * Removes a folder that holds nothing but folders.
 *
 * @param place absolute path of the folder
 * @returns false when a file is somewhere in it; nothing was removed then
 */
export function removeHollowFolder(place: string): boolean {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  if (entries.some((entry) => !entry.isDirectory())) return false;
  rmSync(place, { recursive: true });
  return true;
}
