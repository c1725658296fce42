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
    const { success, stdout } = await new Deno.Command("git", {
      // A file system monitor would be a program of the repository's choice.
      args: ["-c", "core.fsmonitor=false", "status", "--porcelain", "-z", "--no-renames", "--", "."],
      cwd: project,
      env: { GIT_OPTIONAL_LOCKS: "0" },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.any([signal, AbortSignal.timeout(BOUND_MS)]),
    }).output();
    if (!success) return [];
    return new TextDecoder().decode(stdout).split("\0").filter((line) => line.length > 3).map((line) => line.slice(3))
      .slice(0, MOST);
  } catch {
    signal.throwIfAborted();
    // No git, or one that takes too long: the list is a courtesy, undo does not need it.
    return [];
  }
}
