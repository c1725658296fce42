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
}

/** Something wrong in a prompt file. */
export interface PromptFault {
  /** `file:line`, the line counted from 1. */
  readonly place: string;
  readonly text: string;
}

/** `{{name}}`, or braces that were meant to be one. */
export const PLACEHOLDER = /\{\{(?:\s*([a-z][a-z0-9_]*)\s*\}\})?/g;

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

/** The place of an offset, as `file:line`. */
export function placeIn(path: string, content: string, offset: number): string {
  return `${path}:${content.slice(0, offset).split("\n").length}`;
}
