import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Languages } from "../languages/language.ts";
import { placeAt } from "./file_state.ts";
import { supervise } from "./supervise.ts";

/** Bound of a question to a program, ms. */
const QUESTION_MS = 10_000;

/** What may stand in a folder that holds no project yet: what a repository is begun with, and what belongs to this program or an editor. */
const BESIDE =
  /^(?:\.git|\.hg|\.svn|\.jj|\.gitignore|\.gitattributes|\.editorconfig|\.github|\.gitlab|\.vscode|\.idea|\.DS_Store|\.autonomy|\.agents|(?:readme|licen[cs]e|copying|notice|changelog|contributing|authors)(?:\.\w+)?)$/i;

/** A folder that holds no project yet. */
export interface MissingProject {
  /** Its entries. */
  readonly entries: string[];
  /** Languages whose tools are there, each with the first way of setting a project up that has what it needs. */
  readonly able: { readonly called: string; readonly way: string }[];
}

/**
 * Looks whether a folder holds no project yet, and which could be set up there.
 *
 * @param root absolute path of the folder
 * @param languages whose new projects are known
 * @returns null where there is more than a project is begun with
 */
export async function missingProject(
  root: string,
  languages: Languages,
  signal: AbortSignal,
): Promise<MissingProject | null> {
  const entries = (await readdir(root)).sort();
  if (!entries.every((name) => BESIDE.test(name))) return null;
  const projects = Object.values(languages).flatMap(({ newProjects }) => newProjects ?? []);
  const able = await Promise.all(projects.map(async ({ called, ways }) => {
    for (const { name, needs, notBelow } of ways) {
      if (notBelow !== undefined && standsAbove(root, notBelow)) continue;
      if (await succeeds(needs, signal)) return [{ called, way: name }];
    }
    return [];
  }));
  return { entries, able: able.flat() };
}

function standsAbove(root: string, name: string): boolean {
  const above = dirname(root);
  return above !== root && (placeAt(join(above, name)).kind === "file" || standsAbove(above, name));
}

async function succeeds(command: readonly string[], signal: AbortSignal): Promise<boolean> {
  try {
    return (await supervise({ command, folder: "/", timeoutMs: QUESTION_MS, signal })).code === 0;
  } catch {
    signal.throwIfAborted();
    return false; // No such program.
  }
}
