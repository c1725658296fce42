import { fenceLines, labelOf } from "./text_blocks.ts";
import { extensionOf } from "./wanted_block.ts";

/** Endings of files in which fences stand. */
const MARKDOWN = /^(?:md|mdx|markdown)$/i;

/** What stands in a fence, and what that is said to be. */
export interface Fenced {
  /** The text between the marks. */
  readonly text: string;
  /** The language that the fence names; empty where none. */
  readonly label: string;
}

/**
 * Takes a text out of the one fence around all of it, which then is of the reply and not of the file.
 *
 * @param text what was written for a file
 * @param known path of the file, and the text whose place it takes: one that begins with a fence itself keeps it
 * @returns what stands in the fence; null where the fence is none, not the only one, or of the file
 */
export function outOfFence(
  text: string,
  { path, original = "" }: { readonly path?: string; readonly original?: string },
): Fenced | null {
  if (MARKDOWN.test(extensionOf(path))) return null;
  const lines = text.replace(/^(?:[ \t]*\n)+/, "").trimEnd().split("\n");
  const fences = fenceLines(lines);
  if (fences.length !== 2 || fences[0] !== 0 || fences[1] !== lines.length - 1) return null;
  if (fenceLines([original.trimStart().split("\n")[0] ?? ""]).length > 0) return null;
  return { text: lines.slice(1, -1).join("\n"), label: labelOf(lines[0] ?? "") };
}
