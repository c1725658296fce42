import { fileURLToPath } from "node:url";

/** Folder of the program. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A page for people. */
export interface Page {
  /** Relative to the program's folder. */
  readonly path: string;
  readonly text: string;
}

/** Reads the README and all pages of `docs/`. */
export async function readPages(): Promise<readonly Page[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(`${ROOT}/docs`)) if (name.endsWith(".md")) names.push(name);
  const paths = ["README.md", ...names.sort().map((name) => `docs/${name}`)];
  return await Promise.all(paths.map(async (path) => ({ path, text: await Deno.readTextFile(`${ROOT}/${path}`) })));
}

/** Blocks of code of a page that are of one language. */
export function codeBlocks({ text }: Page, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, code = ""]) =>
    name === language ? [code] : []
  );
}
