import { dirname, relative } from "node:path/posix";
import type { ProjectFile, TakingPlace } from "./taking_place.ts";

/** An import of a file of the project: a quote, and the path in it. */
const LOCAL = /(?:\bfrom|\bimport|\brequire[ \t]*\()[ \t]*(["'])(\.{1,2}\/[^"'\n]{1,300})\1/g;
const ENDING = /\.[cm]?[jt]sx?$/;
const ANY_ENDING = /\.\w+$/;
/** What tells a script with imports from one that calls `require`. */
const MODULE = /^(?:import|export)\b/m;
const COMMON = /\brequire[ \t]*\(|\bmodule\.exports\b|^exports\./m;

/**
 * Writes the import by which a script takes a name from another file, with the quotes, endings and semicolons of the project.
 *
 * @param name what is taken
 * @param from the other file
 * @param place where it is taken to
 * @returns the statement; null where one of them is a module and the other is none, or where nothing tells how a file is named there
 */
export function scriptTaking(name: string, from: ProjectFile, { file, others }: TakingPlace): string | null {
  const isModule = MODULE.test(from.text);
  if (isModule === COMMON.test(from.text) || isOther(file.text, isModule)) return null;
  if (new RegExp(`^export[ \\t]+default\\b.*\\b${name.replaceAll("$", "\\$")}\\b`, "m").test(from.text)) return null;
  const shown = [file, from, ...others].flatMap(({ text }) => [...text.matchAll(LOCAL)])
    .filter(([, , path = ""]) => ENDING.test(path) || !ANY_ENDING.test(path));
  const written = pathOf(from.path, dirname(file.path), shown.map(([, , path = ""]) => path), isModule);
  if (written === null) return null;
  const quote = shown[0]?.[1] ?? (from.text.includes('"') || !from.text.includes("'") ? '"' : "'");
  const end = /;[ \t]*$/m.test(file.text + from.text) ? ";" : "";
  const place = `${quote}${written}${quote}`;
  return isModule ? `import { ${name} } from ${place}${end}` : `const { ${name} } = require(${place})${end}`;
}

/** Whether a script takes names in the other way. One that takes none and gives none may take them in both. */
function isOther(text: string, isModule: boolean): boolean {
  return isModule ? COMMON.test(text) && !MODULE.test(text) : MODULE.test(text);
}

/** How a file is named from a folder, with the ending that the imports of the project have. */
function pathOf(path: string, folder: string, shown: readonly string[], isModule: boolean): string | null {
  const near = relative(folder, path);
  const whole = near.startsWith(".") ? near : `./${near}`;
  const first = shown[0];
  if (first === undefined) {
    if (!/\.[cm]?jsx?$/.test(path)) return null;
    return isModule ? whole : whole.replace(ENDING, "");
  }
  const ending = ENDING.exec(first)?.[0];
  if (ending === undefined) return whole.replace(ENDING, "");
  // Sources in TypeScript may be named as what they are compiled to.
  return /\.[cm]?js$/.test(ending) && /\.tsx?$/.test(path) ? whole.replace(/\.tsx?$/, ".js") : whole;
}
