import { dirname } from "node:path";
import { saveWhole } from "../../run/fixtures/save_whole.ts";

/** Saves files below a folder, each in one step. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await saveWhole(`${folder}/${name}`, text);
  }
}
