import { dirname, join } from "node:path/posix";

/** A part that is loaded later, as `loadLater` is called: its type names the same module as its address. */
const LATER = /loadLater<typeof import\("([^"]+)"\)>\(\s*import\.meta\.resolve\("([^"]+)"\),?\s*\)/g;

/** A bundler writes modules together into files of other names, so that an address of a module of ours leads nowhere. */
const ADDRESS = /import\.meta\.resolve\(\s*"\.{1,2}\//;

/** Modules of the plugins that come with the program; templates are copied and not run. */
const PLUGIN = /^plugins\/(?!templates\/)/;

/**
 * Writes a module so that a bundler understands it: what is loaded later becomes an `import()`, which the bundler gives a file of its own,
 * and the module's own address becomes that of the copy of its source beside the bundle, so that files beside it are found.
 *
 * @param path of the module, relative to the program's folder, with slashes
 * @param text of the module
 * @throws {Error} where it names another module in a way that no bundler can follow
 */
export function forBundler(path: string, text: string): string {
  const imported = text.replace(LATER, (call, type: string, address: string) => {
    if (type !== address) throw new Error(`${path}: ${call} loads another module than its type says. Name the same.`);
    return `import("${address}")`;
  });
  if (ADDRESS.test(imported)) {
    throw new Error(
      `${path}: the address of a module is resolved, and none is there in a bundle. Use loadLater for it.`,
    );
  }
  if (PLUGIN.test(path) && imported.includes("import.meta.url")) {
    throw new Error(
      `${path}: a plugin's own address is another one in a bundle. Have the door give what is wanted of it.`,
    );
  }
  return imported.replaceAll("import.meta.url", `new URL("./${path}", import.meta.url).href`);
}

/**
 * Hides the files that are loaded later from Deno, which would read them, and all that they lead to, before the first line runs.
 *
 * @param text of a file that the bundler wrote
 * @param path of that file in the bundle, with slashes
 * @param files of the bundle
 */
export function readLater(text: string, path: string, files: ReadonlySet<string>): string {
  return text.replace(/\bimport\("(\.{1,2}\/[^"\\]+)"\)/g, (whole, address: string) =>
    // A text of the program that looks the same names no file.
    files.has(join(dirname(path), address)) ? `import(""+"${address}")` : whole);
}
