import { isAbsolute, join, resolve } from "node:path";

/** Where the paths of permissions are meant from. */
export interface PathPlaces {
  /** Folder of the person, for `~/`. */
  readonly home: string;
  /** Real path of the project, for relative paths. */
  readonly project: string;
}

/** The absolute path that a permission means. */
export function permittedPath(path: string, { home, project }: PathPlaces): string {
  if (path === "~" || path.startsWith("~/")) return join(home, path.slice(1));
  return isAbsolute(path) ? path : resolve(project, path);
}
