import { fileURLToPath } from "node:url";

/** Folder of the program. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Examples in TypeScript that import the door, as they are printed in a file. */
export async function printedExamples(path: string): Promise<readonly string[]> {
  const text = (await Deno.readTextFile(`${root}/${path}`)).replaceAll(/^ \* ?/gm, "");
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""]) => code)
    .filter((code) => code.includes('from "autonomy"'));
}
