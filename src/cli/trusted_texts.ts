import { join, relative } from "node:path";
import { type GuardedTexts, markdownFiles } from "../run/prompt_files.ts";
import { contentHash } from "../work/content_hash.ts";
import { CommandError } from "./command_error.ts";
import { PROJECT_FOLDER } from "./places.ts";
import { type Standing, trustedFiles, trustPath } from "./trust.ts";

/**
 * Gives the prompts of a project as they were trusted, also while a run is at work: what is written there meanwhile waits for a yes.
 *
 * @param state state folder, whose list may say yes meanwhile
 * @param standing how the trust in the project stood at the start
 * @returns the texts that count
 */
export function trustedTexts(state: string, { project, hashes }: Standing): GuardedTexts {
  const kept = new Map<string, Map<string, string>>();
  const noted = () => {
    try {
      return trustedFiles(state, project);
    } catch (error) {
      // A list that cannot be read says no.
      if (!(error instanceof CommandError)) throw error;
      return null;
    }
  };
  return {
    folder: join(project, PROJECT_FOLDER, "prompts"),
    list: trustPath(state),
    async read(folder, tell) {
      const allowed = noted();
      const texts = kept.get(folder) ?? new Map<string, string>();
      kept.set(folder, texts);
      const files = await markdownFiles(folder);
      const waits = (file: string, what: string) =>
        tell({
          place: join(folder, file),
          text: `${what} since the project was trusted; ${
            texts.has(file) ? "its text from then is used" : "it is not used"
          } until you say yes: autonomy trust.`,
        });
      for (const file of files) {
        const path = join(folder, file);
        const key = relative(project, path);
        const text = await Deno.readTextFile(path);
        const hash = contentHash(text);
        if (hash === allowed?.[key] || hash === hashes[key]) texts.set(file, text);
        else if (texts.get(file) !== text) {
          waits(file, hashes[key] === undefined ? "The file is new" : "The file changed");
        }
      }
      for (const file of [...texts.keys()].filter((name) => !files.includes(name))) {
        if (allowed !== null && !Object.hasOwn(allowed, relative(project, join(folder, file)))) texts.delete(file);
        else waits(file, "The file was removed");
      }
      return new Map([...texts].sort(([a], [b]) => a < b ? -1 : 1));
    },
  };
}
