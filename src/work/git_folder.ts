import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { textOf } from "./git_rules.ts";

/** The repository that a project stands in. */
export interface GitFolder {
  /** Absolute path of the folder that its files begin at. */
  readonly top: string;
  /** Absolute path of what all its folders of work have in common, its configuration among it. */
  readonly common: string;
}

/**
 * Finds the repository that a project stands in by what is on the disk alone.
 *
 * @param root absolute path of the project
 * @returns null where it stands in none
 */
export async function gitFolder(root: string): Promise<GitFolder | null> {
  for (let top = root;; top = dirname(top)) {
    const own = await ownFolder(join(top, ".git"));
    // A folder of that name that holds no repository is passed over by git, too.
    if (own !== null && (top === root || await textOf(join(own, "HEAD"), "followed") !== null)) {
      const common = await textOf(join(own, "commondir"), "followed");
      return { top, common: common === null ? own : resolve(own, common.trim()) };
    }
    if (top === dirname(top)) return null;
  }
}

/** The folder that `.git` is, or that it names where it is a file: of a further folder of work, or of a submodule. */
async function ownFolder(place: string): Promise<string | null> {
  if ((await stat(place).catch(() => null))?.isDirectory() === true) return place;
  const [, named] = /^gitdir: *(\S.*)/.exec(await textOf(place, "followed") ?? "") ?? [];
  return named === undefined ? null : resolve(dirname(place), named.trimEnd());
}
