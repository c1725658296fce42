import { dirname, join } from "node:path";

/** What prompt files are checked with. */
export interface PromptSources {
  /** Folders with `*.md`, the one whose files count most first: a file hides those of the same name in later folders. */
  readonly folders: readonly string[];
  /** Placeholders that are filled in, without braces. */
  readonly placeholders: readonly string[];
  /** Names of all tools and decisions. */
  readonly tools: readonly string[];
  /** Hears what is wrong with a sentence of a person's own, in whose place the one that comes with Autonomy stands; nobody where absent. */
  readonly note?: (fault: PromptFault) => void;
  /** Texts of one of the folders, and of the one of sentences below it, that count only as they were trusted. */
  readonly guarded?: GuardedTexts;
}

/** Texts of a folder that are not taken as they stand on the disk. */
export interface GuardedTexts {
  /** Absolute path. */
  readonly folder: string;
  /** File whose change may let other texts count. */
  readonly list: string;
  /**
   * Reads the texts that count.
   *
   * @param folder the folder, or the one of sentences below it
   * @param tell hears what does not count, and why
   * @returns texts by their file names, in order
   */
  read(folder: string, tell: (fault: PromptFault) => void): Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads the texts of a folder.
 *
 * @param sources says how
 * @returns texts by their file names, in order; none where there is no such folder
 */
export async function promptTexts(sources: PromptSources, folder: string): Promise<ReadonlyMap<string, string>> {
  const { guarded, note = () => {} } = sources;
  if (guarded !== undefined && (folder === guarded.folder || dirname(folder) === guarded.folder)) {
    return await guarded.read(folder, note);
  }
  const texts = new Map<string, string>();
  for (const file of await markdownFiles(folder)) texts.set(file, await Deno.readTextFile(join(folder, file)));
  return texts;
}

/** Something wrong in a prompt file. */
export interface PromptFault {
  /** `file:line`, the line counted from 1. */
  readonly place: string;
  readonly text: string;
}

/** Names of the prompt files in a folder, in order; none where there is no such folder. */
export async function markdownFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory && entry.name.endsWith(".md") && !entry.name.startsWith(".")) files.push(entry.name);
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  return files.sort();
}
