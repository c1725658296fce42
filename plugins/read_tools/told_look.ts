import type { FilesBelow } from "../../src/plugin/mod.ts";

/** Most ignored entries that are named. */
const MOST_NAMED = 12;

/**
 * Says what a look passed over, and whether it was complete.
 *
 * @param look what was looked at
 * @param folder the folder, as it is told
 * @returns sentences in brackets, each on a line of its own; empty where nothing is to be said
 */
export function lookTold({ files, ignored, isIgnored, isComplete }: FilesBelow, folder: string): readonly string[] {
  const named = ignored.slice(0, MOST_NAMED).join(", ");
  const more = ignored.length > MOST_NAMED ? ", …" : "";
  return [
    ...(isIgnored ? [`(${folder} is ignored by the project's rules; what tools made in it is left out.)`] : []),
    ...(ignored.length === 0 ? [] : [`(Ignored, and not looked at: ${named}${more}.)`]),
    ...(isComplete ? [] : [`(Only the first ${files.length} files were looked at; name a folder.)`]),
  ];
}
