import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";

/** Rights of the owner of a folder: to see, to change and to enter it. */
const OWN = 0o700;

/** How far the clock of a file system may be behind ours, ms. */
const COARSE_MS = 100;

/** Lets a link to a place stand somewhere, in whatever link's place. */
export function linkTo(target: string, place: string): void {
  if (lookAt(place) !== null) {
    if (Deno.readLinkSync(place) === target) return;
    Deno.removeSync(place);
  }
  Deno.symlinkSync(target, place);
}

/** The second of a file's last change, its times included: Deno 2.9 gives it no finer. */
export function secondOf({ ctime }: Deno.FileInfo): number {
  return Math.floor((ctime?.getTime() ?? 0) / 1_000);
}

/**
 * The second that a file changed at a moment may have, at the earliest.
 *
 * @param ms since 1970
 */
export function second(ms: number): number {
  return Math.floor((ms - COARSE_MS) / 1_000);
}

/** Bytes that are read at once: more would hold the program. */
const PIECE = 4_000_000;

/** Whether two files hold the same; false where one cannot be read. */
export async function isEqual(one: string, other: string): Promise<boolean> {
  try {
    const size = Deno.statSync(one).size;
    if (size !== Deno.statSync(other).size) return false;
    if (size <= PIECE) return Buffer.compare(Deno.readFileSync(one), Deno.readFileSync(other)) === 0;
    return await isEqualByPieces(one, other, size);
  } catch {
    return false; // gone, or not to be read: it is copied anew
  }
}

async function isEqualByPieces(one: string, other: string, size: number): Promise<boolean> {
  await using left = await open(one);
  await using right = await open(other);
  const [mine, theirs] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  for (let at = 0; at < size;) {
    const read = Math.min(
      (await left.read(mine, 0, PIECE, at)).bytesRead,
      (await right.read(theirs, 0, PIECE, at)).bytesRead,
    );
    if (read === 0 || Buffer.compare(mine.subarray(0, read), theirs.subarray(0, read)) !== 0) return false;
    at += read;
  }
  return true;
}

/** What stands at a path, a link not followed; null for nothing. */
export function lookAt(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

/** What is in a folder; nothing where it is gone or closed to us. */
export function entriesOf(folder: string): Iterable<Deno.DirEntry> {
  try {
    return Deno.readDirSync(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return [];
    throw error;
  }
}

/**
 * Whether a folder holds something by whose name nobody here can reach it, since it is no UTF-8: it can be removed with its folder alone.
 *
 * @param entries what was listed of it
 */
export function holdsUnnamed(folder: string, entries: readonly Deno.DirEntry[]): boolean {
  return entries.some(({ name }) => name.includes("\uFFFD") && lookAt(`${folder}/${name}`) === null);
}

/**
 * Gives us the rights on a folder that what ran in it may have taken: else what is in it could be neither seen nor removed.
 *
 * @returns what it looked like before; null where nothing stands there
 */
export function openUp(folder: string): Deno.FileInfo | null {
  const look = lookAt(folder);
  const { isDirectory = false, mode = 0 } = look ?? {};
  if (isDirectory && (mode! & OWN) !== OWN) Deno.chmodSync(folder, mode! & 0o777 | OWN);
  return look;
}

/** Removes what stands at a path, also where the rights on a folder in it were taken; nothing may stand there. */
export async function removeAll(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
    const pending = [path];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      openUp(folder);
      for (const entry of entriesOf(folder)) if (entry.isDirectory) pending.push(`${folder}/${entry.name}`);
    }
    await Deno.remove(path, { recursive: true });
  }
}
