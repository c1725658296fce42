import * as z from "zod";
import { elides, type Expects, outOfFence, textAsMeant, ToolError, type Workspace } from "../../src/plugin/mod.ts";
import type { LineRange } from "./locate.ts";
import { type OpenFile, unixLines } from "./open_file.ts";

/** Most lines that a model writes in one piece. */
export const MOST_LINES = 300;
/** Lines shown before and after a change. */
const SURROUNDINGS = 3;
/** Most lines of a file that a result shows. */
const MOST_SHOWN = 60;

/** The file that a tool changes, as its first argument. */
export const path = z.string().describe("The file, relative to the project.");

/** Writes a changed file; without `expects` it must be what the turn was shown: the change goes by lines or names that it knows. */
export async function replaceText(
  path: string,
  before: OpenFile,
  text: string,
  from: number,
  replacement: string,
  workspace: Workspace,
  expects?: Expects,
): Promise<string> {
  if (text === before.text) throw new ToolError(`The new text is what ${path} holds already; nothing was changed.`);
  await workspace.write(path, before.restore(text), expects);
  const to = from + Math.max(1, countLines(replacement)) - 1;
  return `Changed ${path}. It now reads:\n${shownLines(text, { from: from - SURROUNDINGS, to: to + SURROUNDINGS })}`;
}

/**
 * The text that was written in place of another, as it is meant, out of the fence around it.
 * @param original the text whose place it takes
 * @throws {ToolError} where it is a change that cannot be applied
 */
export function meant(path: string, content: string, original: string): string {
  const { text, ...fenced } = outOfFence(unixLines(content), { path, original }) ?? { text: unixLines(content) };
  const read = textAsMeant(text, { path, original, ...fenced });
  if ("fault" in read) throw new ToolError(read.fault);
  return read.text;
}

/** @throws {ToolError} where a text is longer than what a model writes at once */
export function refuseLong(text: string): void {
  const lines = countLines(text);
  if (lines <= MOST_LINES) return;
  throw new ToolError(
    `The text has ${lines} lines; at most ${MOST_LINES} are taken at once. Use edit_file for one part after the other.`,
  );
}

/** @throws {ToolError} where a line of a text stands for what was left out of it */
export function refuseElided(text: string, before: string): void {
  const line = elides(text, before);
  if (line === null) return;
  throw new ToolError(
    `The line "${line}" leaves text out, and nothing fills it in. Write every line, or use edit_file for one part.`,
  );
}

/** Lines with their numbers, from the middle of which is left out what is too much. */
export function shownLines(text: string, range: LineRange): string {
  const lines = text.replace(/\n$/, "").split("\n");
  const from = Math.max(1, range.from);
  const to = Math.min(lines.length, range.to);
  const shown = lines.slice(from - 1, to).map((line, index) => `${from + index}| ${line.slice(0, 250)}`);
  if (shown.length <= MOST_SHOWN) return shown.join("\n");
  const half = MOST_SHOWN / 2;
  return [...shown.slice(0, half), `(${shown.length - MOST_SHOWN} lines not shown)`, ...shown.slice(-half)].join("\n");
}

/** Lines of a text; a last line end begins no further line. */
export function countLines(text: string): number {
  return text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
