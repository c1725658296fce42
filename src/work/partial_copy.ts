import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { placeAt } from "./file_state.ts";

/** A copy of some files of a project. */
export interface PartialCopy {
  /** Absolute real path of the copy. */
  readonly root: string;
  /** Paths that cannot be copied: what stands there is neither file, link nor folder, or cannot be read. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Tries something on a copy of some files of a project, so that what it would do is found out by doing it.
 *
 * @param root absolute real path of the project
 * @param paths relative paths of the files; what stands above and at them is as in the project
 * @param trial what is tried; the copy is removed after it
 * @returns what the trial gave
 */
export async function onPartialCopy<T>(
  root: string,
  paths: Iterable<string>,
  trial: (copy: PartialCopy) => T | Promise<T>,
): Promise<T> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "autonomy-trial-")));
  try {
    const missing = new Set<string>();
    for (const path of paths) if (!copyPath(root, copy, path)) missing.add(path);
    return await trial({ root: copy, missing });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Copies what stands at a path, and the folders above it; a link above it is copied as itself. */
function copyPath(root: string, copy: string, path: string): boolean {
  try {
    const parts = path.split("/");
    for (const [index] of parts.entries()) {
      const part = parts.slice(0, index + 1).join("/");
      const [from, to] = [join(root, part), join(copy, part)];
      const { kind } = placeAt(from);
      if (kind === "other") return false;
      if (kind === "folder") mkdirSync(to, { recursive: true });
      if (kind === "folder" && part === path && holdsFile(from)) writeFileSync(join(to, ".holds"), "");
      if (kind === "folder") continue;
      if (kind !== "nothing" && placeAt(to).kind === "nothing") copyEntry(kind, from, to);
      return true;
    }
    return true;
  } catch {
    return false;
  }
}

function copyEntry(kind: "file" | "link", from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (kind === "link") return symlinkSync(readlinkSync(from), to);
  copyFileSync(from, to);
  const found = placeAt(from);
  if (found.kind === "file") chmodSync(to, Number(found.stat.mode) & 0o7777);
}

/** Whether a file is anywhere in a folder. */
function holdsFile(folder: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => !entry.isDirectory());
}
