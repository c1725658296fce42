import { dirname } from "node:path/posix";
import type { ProjectFile, TakingPlace } from "./taking_place.ts";

/** An import of names from a place. */
const FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b/gm;

/**
 * Writes the import by which a Python file takes a name from another: as another file takes from there, else as its neighbour's in a folder.
 *
 * @param name what is taken
 * @param from the other file
 * @param place where it is taken to
 * @param files finds the files that a text imports, as the language does
 * @returns the statement; null where files of other folders are never taken from
 */
export function pythonTaking(
  name: string,
  from: ProjectFile,
  { file, others, paths }: TakingPlace,
  files: (path: string, text: string, files: readonly string[]) => readonly string[],
): string | null {
  const shown = [file, ...others].flatMap(({ path, text }) =>
    [...text.matchAll(FROM)].flatMap(([statement, module = ""]) => {
      // What begins with points means another file from another folder.
      if (module.startsWith(".") && dirname(path) !== dirname(file.path)) return [];
      return files(path, `${statement.trim()} ${name}`, [from.path]).length > 0 ? [module] : [];
    })
  );
  if (shown[0] !== undefined) return `from ${shown[0]} import ${name}`;
  if (dirname(file.path) !== dirname(from.path)) return null;
  const stem = from.path.slice(from.path.lastIndexOf("/") + 1).replace(/\.pyi?$/, "");
  const isPackage = paths.includes(`${dirname(file.path)}/__init__.py`);
  return `from ${isPackage ? "." : ""}${stem} import ${name}`;
}
