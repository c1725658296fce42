import { lstat } from "node:fs/promises";
import { join } from "node:path";

/** Folders that hold what tools made or downloaded: not the project's own text, whatever the ignore files say, but see {@link isWritten}. */
export const MADE_FOLDERS: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "__pycache__",
  ".venv",
  "venv",
  ".tox",
  ".nox",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".hypothesis",
  ".eggs",
  "target",
  "dist",
  ".next",
  ".nuxt",
  ".turbo",
  ".parcel-cache",
  ".gradle",
  ".cache",
  ".nyc_output",
]);

/** Of those the ones that are words of people, too, with what shows that a tool made one: files in it, or beside it. */
const SHOWN_BY: Readonly<Record<string, readonly string[]>> = {
  target: [
    ...["CACHEDIR.TAG", "../Cargo.toml", "../pom.xml", "../build.sbt", "../project.clj", "../dbt_project.yml"],
    // The builds that sbt makes of its own settings, and what is left of a part whose manifest went.
    ...["streams", "config-classes", "global-logging", "maven-status", "classes"],
  ],
  // Those of conda and of virtualenv before its version 20 have no such file.
  venv: ["pyvenv.cfg", "conda-meta", "bin/activate", "Scripts/activate"],
};

/**
 * Looks whether a folder with a name of those that tools make was written by people, as a module of sources that is called `target` is. At the
 * top of a project none is.
 *
 * @param root absolute path of the project
 * @param path relative path of the folder
 */
export async function isWritten(root: string, path: string): Promise<boolean> {
  const cut = path.lastIndexOf("/");
  const name = path.slice(cut + 1);
  if (cut === -1 || !Object.hasOwn(SHOWN_BY, name)) return false;
  const found = await Promise.all(
    SHOWN_BY[name]!.map((file) => lstat(join(root, path, file)).then(() => true, () => false)),
  );
  return !found.includes(true);
}
