import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { forBundler, readLater } from "./for_bundler.ts";

/** What the program reads beside its modules while it runs, and the sources: processes of plugins and of rehearsals begin there. */
const COPIED = ["src", "prompts", "deno.json", "deno.lock", "plugins/templates", "plugins/examples", "LICENSE"];

/** What is bundled. */
const BUNDLED = ["main.ts", "src", "plugins", "prompts", "deno.json", "deno.lock"];

/** Imported by Ink for its developers alone. */
const ABSENT = "react-devtools-core";

/**
 * Writes the program as few files that load fast, with all that they read beside them, into a folder. Of nine hundred modules each takes
 * Deno half a millisecond and more to load, measured on two cores: out of the bundle the panes of a run stand in half the time.
 *
 * @param root folder of the program's sources
 * @param target folder that is written anew
 * @throws {Error} where the bundler fails, with what it said
 */
export async function bundle(root: string, target: string): Promise<void> {
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  try {
    const [tree, written] = [join(part, "tree"), join(part, "program")];
    for (const path of BUNDLED) await cp(join(root, path), join(tree, path), { recursive: true });
    for (const path of await sources(tree)) {
      const text = await readFile(join(tree, path), "utf8");
      await writeFile(join(tree, path), forBundler(path, text));
    }
    const plugins = await pluginsIn(join(tree, "plugins"));
    await runBundler(tree, written, ["main.ts", ...plugins.map(({ module }) => `plugins/${module}`)]);
    await finish(written, plugins);
    for (const path of COPIED) await cp(join(root, path), join(written, path), { recursive: true });
    await mkdir(dirname(target), { recursive: true });
    // The command is there again at once, and what a kill leaves of the old one goes with the next.
    await rename(target, join(part, "before")).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(written, target);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Paths of the modules below a folder, relative to it, with slashes. */
async function sources(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => name.replaceAll("\\", "/"));
}

/** A plugin that comes with the program: its module in `plugins/`, and the name of its file in the bundle. */
interface BuiltIn {
  readonly module: string;
  readonly name: string;
}

/** The plugins that come with the program, as the loader of plugins finds them. */
async function pluginsIn(folder: string): Promise<readonly BuiltIn[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: BuiltIn[] = [];
  for (const entry of entries) {
    if (entry.isFile()) found.push({ module: entry.name, name: entry.name.replace(/\.tsx?$/, "") });
    else if ((await readdir(join(folder, entry.name))).includes("mod.ts")) {
      found.push({ module: `${entry.name}/mod.ts`, name: entry.name });
    }
  }
  return found;
}

/** Runs Deno's bundler in a folder. */
async function runBundler(tree: string, outdir: string, entries: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--minify",
      "--code-splitting",
      "--platform=deno",
      "--packages=bundle",
      `--external=${ABSENT}`,
      `--outdir=${outdir}`,
      ...entries,
    ],
    cwd: tree,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`deno bundle failed:\n${new TextDecoder().decode(stderr).trim()}`);
}

/** Gives each plugin the name under which it is found, and hides from Deno what is loaded later. */
async function finish(written: string, plugins: readonly BuiltIn[]): Promise<void> {
  for (const { module, name } of plugins.filter(({ module }) => module.includes("/"))) {
    const path = join(written, "plugins", module.replace(/\.tsx?$/, ".js"));
    // It lies a folder deeper than where it goes.
    const text = (await readFile(path, "utf8")).replace(/(\bfrom|\bimport\(?)"\.\.\/\.\.\//g, '$1"../');
    await writeFile(join(written, "plugins", `${name}.js`), text);
    await rm(dirname(path), { recursive: true });
  }
  const files = (await readdir(written, { recursive: true })).filter((name) => name.endsWith(".js"))
    .map((name) => name.replaceAll("\\", "/"));
  for (const path of files) {
    const text = await readFile(join(written, path), "utf8");
    await writeFile(join(written, path), readLater(text, path, new Set(files)));
  }
}
