import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";

/** Files that are read on the way. */
const MOST_READ = 80;

/**
 * Follows imports from some files, and names those among others that they do not come by. A file whose name any text on the way holds is
 * come by, too: not every import can be read.
 *
 * @param from files where the way begins
 * @param wanted files that may be come by
 * @param files files of the project
 * @param read reads a file; null where that cannot be
 * @returns those of `wanted` that nothing leads to; none where the way is too long to be followed, or a language tells of no imports
 */
export async function leadingTo(
  from: readonly string[],
  wanted: readonly string[],
  files: readonly string[],
  read: (path: string) => Promise<string | null>,
  languages: Languages,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const apart = new Set(wanted.filter((path) => languageOf(path, languages)?.imports?.files !== undefined));
  const way = [...new Set(from)];
  for (let index = 0; index < way.length && apart.size > 0; index++) {
    signal.throwIfAborted();
    if (index >= MOST_READ) return new Set();
    const path = way[index]!;
    apart.delete(path);
    const text = await read(path);
    if (text === null) continue;
    const words = new Set(text.match(/[\w$-]+/g) ?? []);
    for (const one of apart) if (words.has(stemOf(one))) apart.delete(one);
    for (const next of languageOf(path, languages)?.imports?.files?.(path, text, files) ?? []) {
      if (!way.includes(next)) way.push(next);
    }
  }
  return apart;
}

/** The name by which others know a file: its own, or that of its folder where it stands for that. */
function stemOf(path: string): string {
  const parts = path.split("/");
  const stem = parts.at(-1)!.replace(/\.[^.]*$/, "");
  return /^(?:index|mod|main|lib|__init__)$/.test(stem) ? parts.at(-2) ?? stem : stem;
}
