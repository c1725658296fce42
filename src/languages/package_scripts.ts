import { type Fields, fieldsIn, fieldsOf } from "./fields.ts";
import { above } from "./parts.ts";
import type { ProjectView } from "./runner.ts";

/** Scripts that run others, at most so many one after the other. */
const MOST_SCRIPTS = 20;
/** Words of one script that are looked at. */
const MOST_WORDS = 200;
/** Scripts that make something, or look at how it is written: none of that is a test, unless the name says so. */
const MAKES =
  /^(?:pre|post)?(?:build|compile|bundle|clean|generate|codegen|prepare|lint|format|fmt|types?|typecheck|tsc|docs?|start|serve|dev|install)(?![a-z])/;
/** Characters of one script that are looked at. */
const LOOKED_AT = 4_000;

/** Files by which a package manager is known, in the order in which they count. */
const LOCKS: readonly (readonly [file: string, tool: PackageTool])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

/** A program that manages packages and runs the scripts of package.json. */
export type PackageTool = "npm" | "pnpm" | "yarn" | "bun";

/** What package.json says of tests. */
export interface TestScripts {
  /** The test script; null where there is none, or the one that `npm init` writes. */
  readonly test: string | null;
  /** That script, the ones around it, and those of tests that it runs, a line each. */
  readonly all: string;
  /** All fields of the file. */
  readonly fields: Fields;
}

/**
 * Reads the scripts of a package.
 *
 * @param text of its package.json
 */
export function testScripts(text: string): TestScripts {
  const fields = fieldsIn(text);
  const scripts = fieldsOf(fields.scripts);
  const { test } = scripts;
  const isReal = typeof test === "string" && test.trim() !== "" && !/no test specified/.test(test);
  return { test: isReal ? test : null, all: scriptsOf(scripts), fields };
}

/**
 * Tells which program manages the packages of a folder: by its own files, else by those of the folders above.
 *
 * @param project the folder that holds package.json
 */
export async function packageTool(project: ProjectView): Promise<PackageTool> {
  const folders = [project.folder, ...above(project.folder)];
  for (const folder of folders) {
    const at = (file: string) => folder === "" ? file : `${folder}/${file}`;
    const named = String(fieldsIn(await project.whole.text(at("package.json"))).packageManager ?? "");
    const [tool] = /^(?:npm|pnpm|yarn|bun)(?=@)/.exec(named) ?? [];
    if (tool !== undefined) return tool as PackageTool;
    const lock = LOCKS.find(([file]) => project.whole.has(at(file)));
    if (lock !== undefined) return lock[1];
  }
  return "npm";
}

/** The test script and the scripts of tests that it runs. */
function scriptsOf(scripts: Fields): string {
  const names = ["pretest", "test", "posttest"];
  const texts: string[] = [];
  for (let index = 0; index < Math.min(names.length, MOST_SCRIPTS); index += 1) {
    const script = scripts[names[index]!];
    if (typeof script !== "string") continue;
    texts.push(script.slice(0, LOOKED_AT));
    const named = texts.at(-1)!.split(/[;&|\n]+/).flatMap(argumentsIn).slice(0, MOST_WORDS);
    const run = named.flatMap((word) => scriptsCalled(word, Object.keys(scripts)));
    names.push(
      ...new Set(run.filter((name) => (/test|check/.test(name) || !MAKES.test(name)) && !names.includes(name))),
    );
  }
  return texts.join("\n");
}

/** Words of a command, without the program that it starts, which may be called as a script is. */
function argumentsIn(command: string): readonly string[] {
  const words = command.split(/[\s"']+/).filter((word) => word !== "" && !/^\w+=/.test(word));
  return words.slice(1);
}

/** The scripts that a word calls: by its name, behind the name of a manager, as in `npm:unit`, or by what many begin with, as in `test:*`. */
function scriptsCalled(word: string, names: readonly string[]): readonly string[] {
  const name = word.replace(/^(?:npm|pnpm|yarn|bun):/, "");
  if (!/:\*{1,2}$/.test(name)) return names.includes(name) ? [name] : [];
  const beginning = name.slice(0, name.indexOf("*"));
  return names.filter((one) => one.startsWith(beginning));
}
