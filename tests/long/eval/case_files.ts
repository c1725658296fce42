import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type CaseLanguage, RUNNERS } from "../../eval/read_cases.ts";

/** Whether the program is there that runs the tests of a language. */
export function isThere(language: CaseLanguage): boolean {
  return new Deno.Command("which", { args: [RUNNERS[language]], stdout: "null" }).outputSync().success;
}

/** The texts of a folder by path; none where it does not exist. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), readFileSync(path, "utf8")];
  }));
}
