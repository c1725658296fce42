import { dirname, join, normalize } from "node:path/posix";

/** Endings tried for an import that names none. */
const ENDINGS = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.js", "/mod.ts"];
/** Files that only pass on what others hold: one more step is looked through them. */
const PASSES_ON = /(^|\/)(index\.[jt]sx?|mod\.ts|__init__\.py|lib\.rs)$/;
/** Most subjects of one test. */
const MOST = 5;

/**
 * Finds the files that a test is about, for evidence that names the test alone: the one of the same name, then what it imports.
 *
 * @param test path of the test, relative to the project
 * @param files files of the project
 * @param read reads a file; null when it cannot be read
 * @returns files of the project, likeliest first
 */
export async function subjectsOf(
  test: string,
  files: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<readonly string[]> {
  const text = await read(test);
  if (text === null) return [];
  const imported = importsOf(test, text, files);
  const behind: string[] = [];
  for (const path of imported.filter((one) => PASSES_ON.test(one))) {
    const passed = await read(path);
    if (passed !== null) behind.push(...importsOf(path, passed, files));
  }
  const found = [...new Set([...imported, ...behind])].filter((path) => path !== test);
  const bare = bareName(test);
  // An import of the test's own name is the best guess; a file that only passes on is the last.
  const rank = (path: string) => bareName(path) === bare ? 0 : PASSES_ON.test(path) ? 2 : 1;
  const named = files.filter((path) => path !== test && bareName(path) === bare && sameFamily(path, test));
  const all = [...new Set([...found, ...(found.some((path) => rank(path) === 0) ? [] : named)])];
  return all.sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

/** `tests/test_roman.py` and `src/roman.py` have the bare name `roman`. */
function bareName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return base.replace(/^test[_-]/, "").replace(/[._-](test|spec)$/, "").toLowerCase();
}

function sameFamily(a: string, b: string): boolean {
  const family = (path: string) => path.slice(path.lastIndexOf(".") + 1).replace(/^[mc]?[jt]sx?$/, "js");
  return family(a) === family(b);
}

function importsOf(path: string, text: string, files: readonly string[]): string[] {
  if (path.endsWith(".py")) return pythonImports(path, text, files);
  if (path.endsWith(".rs")) return rustImports(text, files);
  if (path.endsWith(".go")) {
    return files.filter((file) =>
      dirname(file) === dirname(path) && file.endsWith(".go") && !file.endsWith("_test.go")
    );
  }
  return scriptImports(path, text, files);
}

function scriptImports(path: string, text: string, files: readonly string[]): string[] {
  const known = new Set(files);
  const found: string[] = [];
  for (const match of text.matchAll(/(?:from|import|require\()\s*["'](\.{1,2}\/[^"']+)["']/g)) {
    const base = normalize(join(dirname(path), match[1]!));
    const hit = ENDINGS.map((ending) => base + ending).find((one) => known.has(one)) ??
      // TypeScript sources are often imported by the name of what they compile to.
      [".ts", ".tsx"].map((ending) => base.replace(/\.[mc]?jsx?$/, ending)).find((one) => known.has(one));
    if (hit !== undefined) found.push(hit);
  }
  return found;
}

function pythonImports(path: string, text: string, files: readonly string[]): string[] {
  const found: string[] = [];
  const add = (module: string, from: string) => {
    const tail = module.replaceAll(".", "/");
    for (const ending of [`${tail}.py`, `${tail}/__init__.py`]) {
      const near = normalize(join(from, ending));
      const hit = files.find((file) => file === near) ??
        files.find((file) => file === ending || file.endsWith(`/${ending}`));
      if (hit !== undefined) found.push(hit);
    }
  };
  const pattern = /^[ \t]*(?:from\s+(\.*)([\w.]*)\s+import\s+\(?([\w, \t]*)|import\s+([\w., \t]+))/gm;
  for (const match of text.matchAll(pattern)) {
    const [, dots = "", module = "", names = "", plain] = match;
    if (plain !== undefined) {
      for (const one of plain.split(",")) add(one.trim().split(/\s/)[0]!, dirname(path));
      continue;
    }
    const from = dots.length <= 1 ? dirname(path) : join(dirname(path), ...Array(dots.length - 1).fill(".."));
    for (const name of names.split(",").map((one) => one.trim().split(/\s/)[0]!).filter((one) => one !== "")) {
      add(module === "" ? name : `${module}.${name}`, from);
    }
    if (module !== "") add(module, from);
  }
  return found;
}

function rustImports(text: string, files: readonly string[]): string[] {
  const names = [...text.matchAll(/\buse\s+\w+::(\w+)/g)].map((match) => match[1]!);
  const modules = names.flatMap((name) => [`src/${name}.rs`, `src/${name}/mod.rs`]);
  return files.filter((file) => modules.includes(file) || file === "src/lib.rs");
}
