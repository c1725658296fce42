/** The last entry that npm, npx and their kin put before a person's own search path when they start a program. */
const LAST_OF_NPM = /\/node-gyp-bin\/?$/;

/**
 * Gives a search path as the person has it: what npx put before it, Node's folder and what lies beside it among them, would else stand in
 * for the programs of pyenv and the like. It stays behind theirs, where it may hold the only Node or Deno.
 *
 * @param path the search path of this program
 * @returns the one for commands and checks
 */
export function ownPath(path: string): string {
  const entries = path.split(":");
  const last = entries.findLastIndex((entry) => LAST_OF_NPM.test(entry));
  if (last === -1 || last === entries.length - 1) return path;
  return [...entries.slice(last + 1), ...entries.slice(0, last + 1)].join(":");
}
