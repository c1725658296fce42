import { cp } from "node:fs/promises";
import { join } from "node:path";
import { TOOL_CACHES } from "../sandbox/cache_environment.ts";
import { Breathing } from "../breathing.ts";
import { entriesOf, lookAt, removeAll } from "./looks.ts";

/** More is not taken over: copying it would cost more than what it saves. */
const MOST = { entries: 8_000, bytes: 200_000_000 };

/**
 * What tools left in their caches when the project was looked at as it stands, before any work of a model: compilers take half a minute to
 * build a standard library, and each copy begins with empty caches of its own. It lies where no command reaches it.
 */
export class FirstCaches {
  readonly #folder: string;
  #taken = false;

  /** @param folder absolute path where it is kept; made when there is something to keep */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Keeps what stands in the caches beside a copy, the first time only, and where that is not too much.
   *
   * @param temporary absolute path of what commands of the copy saw as `/tmp`
   * @throws the signal's reason when it was aborted
   */
  async keep(temporary: string, signal: AbortSignal): Promise<void> {
    if (this.#taken) return;
    this.#taken = true;
    const caches = join(temporary, TOOL_CACHES);
    if (await isLittle(caches, new Breathing(signal))) await copied(caches, this.#folder, signal);
  }

  /**
   * Lays it beside a copy whose caches are empty.
   *
   * @throws the signal's reason when it was aborted; the caches are empty then
   */
  async lay(temporary: string, signal: AbortSignal): Promise<void> {
    if (lookAt(this.#folder) !== null) await copied(this.#folder, join(temporary, TOOL_CACHES), signal);
  }
}

/** Whether there is something, and not too much of it. */
async function isLittle(folder: string, breathing: Breathing): Promise<boolean> {
  const pending = [folder];
  let [entries, bytes] = [0, 0];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { name, isDirectory } of entriesOf(next)) {
      if (breathing.isDue) await breathing.pause();
      const path = `${next}/${name}`;
      entries += 1;
      if (isDirectory) pending.push(path);
      else bytes += lookAt(path)?.size ?? 0;
      if (entries > MOST.entries || bytes > MOST.bytes) return false;
    }
  }
  return entries > 0;
}

/** Copies a folder whole, or not at all: half of a cache could hold half of a file. */
async function copied(from: string, to: string, signal: AbortSignal): Promise<void> {
  const filter = () => !signal.aborted;
  try {
    await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter });
    signal.throwIfAborted();
  } catch {
    await removeAll(to);
    signal.throwIfAborted();
  }
}
