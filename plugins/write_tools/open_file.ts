import { diffArrays } from "diff";
import type { Workspace } from "../../src/plugin/mod.ts";

/** A file's text with `\n` at the end of lines, and the way back to how the file ends them. */
export interface OpenFile {
  readonly text: string;
  /** Hash of what was read. */
  readonly hash: string;
  /** Gives a changed text the byte order mark and the line ends of the file. */
  readonly restore: (text: string) => string;
}

/** Most lines on each side that are compared one by one. */
const MOST_COMPARED = 2_000;

/**
 * Opens a text file to be changed.
 *
 * @param path the file, relative to the project
 */
export async function openFile(path: string, workspace: Workspace): Promise<OpenFile> {
  const { text, hash } = await workspace.read(path);
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const body = text.slice(mark.length);
  return { hash, text: unixLines(body), restore: (changed) => mark + withEndsOf(body, changed) };
}

/** @param text any text @returns it with `\n` at the end of lines, without a byte order mark */
export function unixLines(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** The end of each line of a file: of a line that stays its own, of one that takes another's place that one's, else that of the line before. */
function withEndsOf(body: string, changed: string): string {
  if (!body.includes("\r\n")) return changed;
  const ended = body.split("\n");
  const ends = ended.slice(0, -1).map((line) => line.endsWith("\r") ? "\r\n" : "\n");
  const wide = ends.filter((end) => end === "\r\n").length * 2 >= ends.length ? "\r\n" : "\n";
  if (ends.every((end) => end === wide)) return changed.replaceAll("\n", wide);
  const before = ended.map((line) => line.replace(/\r$/, ""));
  const after = changed.split("\n");
  const own = endsFor(before, after, ends, wide);
  return after.map((line, index) => index === after.length - 1 ? line : line + own[index]).join("");
}

function endsFor(before: readonly string[], after: readonly string[], ends: readonly string[], wide: string): string[] {
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) tail++;
  const result: string[] = ends.slice(0, head);
  const add = (from: number | null) => result.push((from === null ? result.at(-1) : ends[from]) ?? wide);
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  const parts = Math.max(old.length, fresh.length) > MOST_COMPARED
    ? [{ removed: true, value: old }, { added: true, value: fresh }]
    : diffArrays(old, fresh);
  let at = head;
  let removed: number[] = [];
  for (const part of parts) {
    if (part.removed === true) removed = part.value.map(() => at++);
    else if (part.added === true) {
      for (const [index] of part.value.entries()) add(removed[index] ?? null);
      removed = [];
    } else {
      removed = [];
      for (const _ of part.value) add(at++);
    }
  }
  for (let index = before.length - tail; index < before.length; index++) add(index);
  return result;
}
