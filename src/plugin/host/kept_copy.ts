import { readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PluginFiles } from "../plugin_files.ts";
import { HOSTED_FOLDER } from "./state_file.ts";

/** Most copies that are kept. */
const MOST_KEPT = 100;

/**
 * Puts a copy of a plugin's files where it runs from: what is saved meanwhile changes nothing in a version that is at work. The place follows
 * from the content, so that what is compiled of it is found again at the next start.
 *
 * @param state state folder
 * @returns real path of the copy's folder
 */
export function keptCopy(state: string, { files, hash }: PluginFiles): string {
  const copies = join(state, HOSTED_FOLDER, "copies");
  const folder = join(copies, hash.slice(0, 32));
  let isNew = false;
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    if (holds(path, bytes)) continue;
    isNew = true;
    Deno.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${Deno.pid}~`;
    Deno.writeFileSync(beside, bytes, { mode: 0o600 });
    Deno.renameSync(beside, path);
  }
  const now = new Date();
  utimesSync(folder, now, now);
  if (isNew) removeOldest(copies);
  return Deno.realPathSync(folder);
}

function holds(path: string, bytes: Uint8Array): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === bytes.length && readFileSync(path).equals(bytes);
}

/** Keeps the copies that were used last. */
function removeOldest(copies: string): void {
  const names = readdirSync(copies);
  if (names.length <= MOST_KEPT) return;
  const used = names.map((name) => {
    const path = join(copies, name);
    return { path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  for (const { path } of used.sort((one, other) => other.at - one.at).slice(MOST_KEPT)) {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch {
      // Another program removes it at the same time, or its next start does.
    }
  }
}
