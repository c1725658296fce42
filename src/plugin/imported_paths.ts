import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** An address of a file by its relative or absolute path, or by `file:`, in an import. */
const IMPORTED = /((?:\bfrom|\bimport)\s*(?:\(\s*)?(["'`]))((?:\.{1,2}\/|\/|file:\/\/)[^"'`\n]+)(\2)/g;
const MODULE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** A file that a module imports by its path. */
export interface ImportedPath {
  /** As it is written. */
  readonly specifier: string;
  /** Absolute path. */
  readonly path: string;
}

/** Whether a file is a module by its name: what it imports is looked at, too. */
export function isModule(path: string): boolean {
  return MODULE.test(path);
}

/**
 * Finds the files that a module imports by their paths, packages left out. What looks like a comment may stand in a text: an import that it
 * hides is one all the same.
 *
 * @param module absolute path of the module
 * @param text what it holds
 * @returns files in the order in which they stand there; one may come more than once
 */
export function importedPaths(module: string, text: string): readonly ImportedPath[] {
  return [...`${text}\n${withoutComments(text)}`.matchAll(IMPORTED)].map(([, , , specifier = ""]) => ({
    specifier,
    path: pathOf(module, specifier),
  }));
}

function pathOf(module: string, specifier: string): string {
  const [bare = ""] = specifier.split(/[?#]/, 1);
  if (bare.startsWith("file:")) return fileURLToPath(bare);
  return isAbsolute(bare) ? bare : join(dirname(module), bare);
}

/** A module's text without what may stand between the words of an import and says nothing. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf("/*"); at >= 0; at = text.indexOf("/*", from)) {
    parts.push(text.slice(from, at));
    const end = text.indexOf("*/", at + 2);
    from = end < 0 ? text.length : end + 2;
  }
  return [...parts, text.slice(from)].join(" ");
}
