import { lstatSync, readlinkSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { ToolError } from "../ports/tool.ts";

/** Links followed on one path before it is taken for a circle; Linux's own bound. */
const MOST_LINKS = 40;

/** Folders that tools may look at but not write: one holds history, the other what the crew is allowed to do. */
const CLOSED_FOLDERS: ReadonlySet<string> = new Set([".git", ".autonomy"]);

/** How a path is resolved. */
export interface ResolveOptions {
  /** Refuses the folders that only people write: `.git` and `.autonomy`. */
  readonly forWriting?: boolean;
  /** Takes a link at the end of the path as itself, as deleting does, and not as the file behind it. */
  readonly keepLastLink?: boolean;
}

/**
 * Finds the place inside the project that a path names, links followed. The file need not exist; its parents may be
 * links too.
 *
 * @param root absolute real path of the project
 * @param path what the model gave: relative, or absolute inside the project
 * @param options what the path is for
 * @returns path relative to the project with `/` between its parts, free of links; `.` for the project itself
 * @throws {ToolError} when the path is empty, leaves the project or may not be written
 */
export function resolveProjectPath(root: string, path: string, options: ResolveOptions = {}): string {
  const shown = JSON.stringify(path.slice(0, 200));
  if (path.trim() === "") {
    throw new ToolError("The path is empty; give a path relative to the project, such as src/main.py.");
  }
  if (path.includes("\0")) throw new ToolError(`The path ${shown} has a NUL character; give a path without it.`);
  const given = isAbsolute(path) ? relative(root, path) : path;
  const parts = given.split(sep === "\\" ? /[\\/]/ : "/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || isAbsolute(given)) {
    throw new ToolError(`The path ${shown} leaves the project; give a path relative to the project, without "..".`);
  }
  const real = follow(root, parts, options.keepLastLink ?? false, shown);
  if (options.forWriting) {
    const closed = real.find((part) => CLOSED_FOLDERS.has(part.toLowerCase()));
    if (closed !== undefined) {
      throw new ToolError(`The path ${shown} is inside ${closed}, which is not written by tools.`);
    }
  }
  return real.length === 0 ? "." : real.join("/");
}

/**
 * Whether a folder above a recorded path has become a link, so that the path names another place than it did.
 *
 * @param root absolute real path of the project
 * @param path relative path that was free of links
 */
export function leadsElsewhere(root: string, path: string): boolean {
  try {
    return resolveProjectPath(root, path, { keepLastLink: true }) !== path;
  } catch (error) {
    if (error instanceof ToolError) return true;
    throw error;
  }
}

/** Walks the parts from the root and replaces each link by where it points. */
function follow(root: string, parts: readonly string[], keepLastLink: boolean, shown: string): string[] {
  let done: string[] = [];
  let pending = [...parts];
  let links = 0;
  const outside = () => new ToolError(`The path ${shown} leaves the project through a link; give another path.`);
  while (true) {
    const part = pending.shift();
    if (part === undefined) return done;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (done.pop() === undefined) throw outside();
      continue;
    }
    const target = keepLastLink && pending.length === 0 ? null : linkTarget(join(root, ...done, part));
    if (target === null) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) throw new ToolError(`The path ${shown} goes round in links; give another path.`);
    const inside = isAbsolute(target) ? relative(root, target) : target;
    if (isAbsolute(target)) {
      if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw outside();
      done = [];
    }
    pending = [...inside.split(sep), ...pending];
  }
}

/** Where a link points; null where the place is no link or does not exist. */
function linkTarget(place: string): string | null {
  try {
    return lstatSync(place).isSymbolicLink() ? readlinkSync(place) : null;
  } catch (error) {
    // What does not exist yet, also below something that is a file, cannot lead anywhere.
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return null;
    throw error;
  }
}
