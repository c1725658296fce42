import type { FileMeasure } from "./measure.ts";

/** What is measured, relative to the project; what `measure.json` excludes is not. */
const FOLDERS = ["src", "plugins", "lint", "build", "tests", "main.ts"];

/** What `deno lint --json` tells, as far as it is read here. */
interface LintResult {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
  readonly errors: readonly { readonly file_path: string; readonly message: string }[];
}

/**
 * Measures all files of a project, in order of their paths. `deno lint` reads them, since it alone has Deno's own syntax tree to offer: its
 * rule `measure/file` tells each file's measure in place of a message.
 *
 * @param root folder of the project, as a URL that ends with a slash
 * @throws {Error} when a file could not be read
 */
export async function measureTree(root: URL): Promise<readonly FileMeasure[]> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["lint", "--json", "--config", "lint/measure.json", ...FOLDERS],
    cwd: root,
    stdout: "piped",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stdout);
  if (!said.startsWith("{")) throw new Error(`deno lint measured nothing:\n${new TextDecoder().decode(stderr)}`);
  const { diagnostics, errors } = JSON.parse(said) as LintResult;
  if (errors.length > 0) {
    const lines = errors.map(({ file_path, message }) => `${file_path}: ${message}`);
    throw new Error(`deno lint could not measure ${errors.length} files:\n${lines.join("\n")}`);
  }
  return diagnostics.filter(({ code }) => code === "measure/file")
    .map(({ message }) => JSON.parse(message) as FileMeasure)
    .sort((one, other) => one.path < other.path ? -1 : 1);
}
