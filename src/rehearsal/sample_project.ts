import { execFile } from "node:child_process";
import { chmod, cp, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { repaired, repairFor } from "./understudy_repairs.ts";

const run = promisify(execFile);

/** Time that each git command has, in milliseconds. */
const GIT_BOUND_MS = 20_000;

/**
 * Copies the bundled sample project into a fresh temporary folder. Where git is installed the copy is a repository with
 * one commit, so that `git diff` shows what a rehearsal changed; without git it is only a folder.
 *
 * @param whole whether its faults are repaired, so that all its tests pass
 * @returns path of the copy, which nobody removes: its owner may want to look at it
 * @throws an error of the system when the sample cannot be read or the folder cannot be written
 */
export async function copySample(whole = false): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "autonomy-rehearsal-"));
  await cp(fileURLToPath(new URL("./sample", import.meta.url)), root, { recursive: true });
  await makeWritable(root);
  if (whole) await repairAll(join(root, "src"));
  await commit(root);
  return root;
}

async function repairAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const text = await readFile(path, "utf8");
    const repair = repairFor(text);
    if (repair !== null) await writeFile(path, repaired(text, repair));
  }
}

/** A clone may be read-only (an installed package); the copy never is. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}

/** Without git, or with one that refuses, the sample serves all the same. */
async function commit(root: string): Promise<void> {
  const identity = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@localhost", "-c", "commit.gpgsign=false"];
  const hooks = ["-c", "core.hooksPath=/dev/null", "-c", "init.defaultBranch=main"];
  // Nothing else of the environment: a GIT_DIR of a hook would make the commit go into another repository.
  const env = { PATH: process.env.PATH };
  const git = (...words: readonly string[]) =>
    run("git", [...identity, ...hooks, ...words], { cwd: root, env, timeout: GIT_BOUND_MS });
  try {
    await git("init", "--quiet");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "Add the sample project");
  } catch {
    return;
  }
}
