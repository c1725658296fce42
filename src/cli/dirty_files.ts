import { Git } from "../work/git/git.ts";

/** Most time that git may take, ms. */
const BOUND_MS = 10_000;

/** Most files that are named. */
const MOST = 200;

/**
 * Lists the files of a project that are changed against version control. A repository's own filters may run for that: only for
 * projects that are trusted.
 *
 * @param project real path of the project
 * @param signal ends the question
 * @returns paths relative to the repository; none without git or a repository
 */
export async function dirtyFiles(project: string, signal: AbortSignal): Promise<string[]> {
  try {
    const git = new Git(project, AbortSignal.any([signal, AbortSignal.timeout(BOUND_MS)]));
    const { ok, bytes } = await git.call(["status", "--porcelain", "-z", "--no-renames", "--", "."]);
    if (!ok) return [];
    return new TextDecoder().decode(bytes).split("\0").filter((line) => line.length > 3).map((line) => line.slice(3))
      .slice(0, MOST);
  } catch {
    signal.throwIfAborted();
    // No git, or one that takes too long: the list is a courtesy, undo does not need it.
    return [];
  }
}
