import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import type { PromptFile } from "../features/registry.ts";
import type { PromptFault, PromptSources } from "./prompt_files.ts";
import { PromptsRefused, readPrompts } from "./read_prompts.ts";

/** What a change of prompt files came to. */
export interface PromptChange {
  /** All prompts anew; null where something is wrong, and the old ones stay. */
  readonly prompts: Readonly<Record<string, PromptFile>> | null;
  /** Names of files whose text changed, came or went. */
  readonly files: readonly string[];
  /** What is wrong, with file and line. */
  readonly faults: readonly PromptFault[];
}

/** A watch over prompt files. */
export interface PromptWatch {
  /** Ends the watch. */
  close(): void;
}

/** Editors write a file in several steps: it is read when nothing has changed for so long, in milliseconds. */
const SETTLED_MS = 150;

/**
 * Watches prompt files and reads them again when one of them changes. A change that is wrong is told with its place, once; the prompts
 * from before stay in use. Folders that do not exist at the start are not watched.
 *
 * @param sources folders, and the placeholders and tools that there are
 * @param current prompts in use
 * @param tell gets each change
 * @returns the watch, to be closed
 */
export function watchPrompts(
  sources: PromptSources,
  current: Readonly<Record<string, PromptFile>>,
  tell: (change: PromptChange) => void,
): PromptWatch {
  const folders = sources.folders.filter(isFolder);
  if (folders.length === 0) return { close: () => {} };
  let watcher: Deno.FsWatcher;
  try {
    watcher = Deno.watchFs(folders, { recursive: false });
  } catch (cause) {
    // The system has no watch to give: the run does without, and says so once it can listen.
    const timer = setTimeout(() => tell({ prompts: null, files: [], faults: [unwatched(folders, cause)] }), 0);
    return { close: () => clearTimeout(timer) };
  }
  let inUse = current;
  let toldFaults = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const change = await changeOf(sources, inUse);
    if (closed) return;
    const faults = JSON.stringify(change.faults);
    if (change.prompts === null ? faults === toldFaults : change.files.length === 0 && toldFaults === "") return;
    toldFaults = change.prompts === null ? faults : "";
    if (change.prompts !== null) inUse = change.prompts;
    tell(change);
  };
  const follow = async (): Promise<void> => {
    for await (const event of watcher) {
      if (!event.paths.some((path) => path.endsWith(".md"))) continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        look().catch((cause: unknown) => tell({ prompts: null, files: [], faults: [unreadable(folders, cause)] }));
      }, SETTLED_MS);
    }
  };
  follow().catch((cause: unknown) => {
    if (!closed) tell({ prompts: null, files: [], faults: [unreadable(folders, cause)] });
  });
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
}

/** Reads all prompts again and compares them with those in use; one that is gone is a fault, since a role may need it. */
async function changeOf(sources: PromptSources, inUse: Readonly<Record<string, PromptFile>>): Promise<PromptChange> {
  try {
    const prompts = await readPrompts(sources);
    const files = [...new Set([...Object.keys(inUse), ...Object.keys(prompts)])].filter((name) =>
      prompts[name]?.text !== inUse[name]?.text
    );
    const gone = Object.keys(inUse).filter((name) => prompts[name] === undefined);
    if (gone.length === 0) return { prompts, files, faults: [] };
    const faults = gone.map((name) => ({
      place: join(sources.folders.at(-1) ?? "", name),
      text: "The file is gone. Put it back; until then its last text is used.",
    }));
    return { prompts: null, files, faults };
  } catch (error) {
    if (!(error instanceof PromptsRefused)) throw error;
    return { prompts: null, files: [], faults: error.faults };
  }
}

function unreadable(folders: readonly string[], cause: unknown): PromptFault {
  const text = reasonOf(cause);
  return { place: folders.join(", "), text: `The prompts cannot be read any more: ${text}. The last ones are used.` };
}

function unwatched(folders: readonly string[], cause: unknown): PromptFault {
  const text = reasonOf(cause);
  return { place: folders.join(", "), text: `Changes of prompts will not be seen in this run: ${text}.` };
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false; // not there, or not ours to see: then nothing of it is in use
  }
}
