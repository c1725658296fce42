import { dirname, join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import type { PromptFile } from "../features/registry.ts";
import type { PromptFault, PromptSources } from "./prompt_files.ts";
import { PromptsRefused, readPrompts } from "./read_prompts.ts";
import { SENTENCES } from "./read_sentences.ts";
import { type FolderWatch, watchFolders } from "./watch_folders.ts";

/** What a change of prompt files came to. */
export interface PromptChange {
  /** All prompts anew; null where something is wrong, and the old ones stay. A sentence that is wrong is left out alone. */
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
 * Watches prompt files and reads them again when one of them changes, also in a folder that is made later. A change that is wrong is told
 * with its place, once; the prompts from before stay in use.
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
  const { folders } = sources;
  let inUse = current;
  let toldFaults = "[]";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const fail = (fault: PromptFault) => closed || tell({ prompts: null, files: [], faults: [fault] });
  const look = async (): Promise<void> => {
    const change = await changeOf(sources, inUse);
    if (closed) return;
    const faults = JSON.stringify(change.faults);
    if (change.files.length === 0 && faults === toldFaults) return;
    toldFaults = faults;
    if (change.prompts !== null) inUse = change.prompts;
    tell(change);
  };
  let watch: FolderWatch | null = null;
  try {
    const wanted = folders.flatMap((folder) => [folder, join(folder, SENTENCES)]);
    const list = sources.guarded?.list;
    if (list !== undefined) wanted.push(dirname(list));
    watch = watchFolders(wanted, (paths) => {
      if (paths !== null && !paths.some((path) => path.endsWith(".md") || path === list)) return;
      clearTimeout(timer);
      timer = setTimeout(() => look().catch((cause: unknown) => fail(unreadable(folders, cause))), SETTLED_MS);
    }, (cause) => fail(unreadable(folders, cause)));
  } catch (cause) {
    // The system has no watch to give: the run does without, and says so once it can listen.
    timer = setTimeout(() => fail(unwatched(folders, cause)), 0);
  }
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      watch?.close();
    },
  };
}

/** Reads all prompts again and compares them with those in use; one that is gone is a fault, since a role may need it. */
async function changeOf(sources: PromptSources, inUse: Readonly<Record<string, PromptFile>>): Promise<PromptChange> {
  const notes: PromptFault[] = [];
  try {
    const prompts = await readPrompts({ ...sources, note: (fault) => notes.push(fault) });
    const files = [...new Set([...Object.keys(inUse), ...Object.keys(prompts)])].filter((name) =>
      prompts[name]?.text !== inUse[name]?.text
    );
    // Without a file of sentences those that came with the program are used.
    const gone = Object.keys(inUse).filter((name) => prompts[name] === undefined && !name.startsWith(`${SENTENCES}/`));
    if (gone.length === 0) return { prompts, files, faults: notes };
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
