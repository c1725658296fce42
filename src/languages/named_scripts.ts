import { normalize } from "node:path/posix";

/** A program that runs the files that it is given, with what stands behind it in a command. */
const RUNS =
  /(?:^|[\s;&|(@-])(?:python[\d.]{0,8}|node|deno|bun|tsx|ts-node|sh|bash|zsh|ruby|perl|php)[ \t]([^\n;&|]{0,400})/gm;
/** What separates the words of a command, also in what is given to an option. */
const BETWEEN = /[\s"'`;&|=(),<>$@]+/;
/** Files that programs run. */
const SCRIPT = /^[\w./-]{1,200}\.(?:py|[cm]?[jt]sx?|sh|bash|rb|pl|php)$/;
/** Characters of a text that are looked at. */
const LOOKED_AT = 20_000;
/** Scripts that start others, one within the other. */
const DEEPEST = 3;
const MOST = 40;

/**
 * Names the files of a project that the commands of a text run, and the ones that such scripts run: they say what is checked.
 *
 * @param text a recipe, a task, a script
 * @param read gives a file's text; empty where there is none
 * @returns paths as they are written, without a leading `./`
 */
export async function namedScripts(text: string, read: (path: string) => Promise<string>): Promise<string[]> {
  const found = new Set<string>();
  let texts = [text];
  for (let depth = 0; depth < DEEPEST && texts.length > 0; depth += 1) {
    const next = texts.flatMap(scriptsIn).filter((path) => !found.has(path)).slice(0, MOST);
    for (const path of next) found.add(path);
    // Only a shell's script is read as commands; another program's may hold anything.
    texts = await Promise.all(next.filter((path) => /\.(?:sh|bash)$/.test(path)).map(read));
  }
  return [...found];
}

function scriptsIn(text: string): string[] {
  const looked = text.slice(0, LOOKED_AT);
  const behind = [...looked.matchAll(RUNS)].flatMap(([, words = ""]) => words.split(BETWEEN));
  const alone = looked.split(BETWEEN).filter((word) => word.startsWith("./"));
  return [...behind, ...alone].filter((word) => SCRIPT.test(word)).map((word) => normalize(word));
}
