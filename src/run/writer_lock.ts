/** A lock that is held until it is released or its process dies. */
export interface WriterLock {
  /** Gives the lock back; a second call does nothing. */
  release(): void;
}

/** Thrown when another process holds the lock. */
export class LockHeld extends Error {
  override readonly name = "LockHeld";

  /** @param holder process id of the holder, as it noted it; null where the file does not say */
  constructor(readonly path: string, readonly holder: number | null) {
    super(`${path} is locked by ${holder === null ? "another process" : `process ${holder}`}`);
  }
}

/**
 * Takes an exclusive lock on a file beside what it protects. The kernel ends the lock when the process dies, however it
 * dies, so there is no stale lock. The file itself stays: removing it would let two processes hold two files of one name.
 *
 * @param path absolute path of the lock file; made with mode 0600
 * @throws {LockHeld} when another open file holds it
 */
export function takeLock(path: string): WriterLock {
  const file = Deno.openSync(path, { read: true, write: true, create: true, mode: 0o600 });
  try {
    if (!tryLock(file)) throw new LockHeld(path, noted(file));
    file.truncateSync();
    file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch (error) {
    file.close();
    throw error;
  }
  return lockOn(file);
}

/**
 * Takes an exclusive lock on a folder itself: nothing is written, and whoever locks it by another path meets the same lock.
 *
 * @param path absolute path of the folder
 * @throws {LockHeld} when another process holds it
 */
export function takeFolderLock(path: string): WriterLock {
  const folder = Deno.openSync(path, { read: true });
  if (tryLock(folder)) return lockOn(folder);
  folder.close();
  throw new LockHeld(path, null);
}

function lockOn(file: Deno.FsFile): WriterLock {
  let held = true;
  return {
    release: () => {
      if (!held) return;
      held = false;
      // Closed alone it would stay locked as long as a child process that is just being made has it open as well.
      file.unlockSync();
      file.close();
    },
  };
}

/** Times that a lock is tried, and the pause between: a reader that only looks holds it for an instant. */
const TRIES = 20;
const PAUSE_MS = 5;

function tryLock(file: Deno.FsFile): boolean {
  for (let tries = 1; !file.tryLockSync(true); tries += 1) {
    if (tries === TRIES) return false;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return true;
}

/**
 * Looks whether a process holds a lock; nothing is written.
 *
 * @param path absolute path of the lock file
 * @returns false also where there is none
 */
export function isLocked(path: string): boolean {
  return holderOf(path) !== undefined;
}

/**
 * Looks which process holds a lock; nothing is written.
 *
 * @param path absolute path of the lock file
 * @returns its process id, null where it did not note it; undefined where none holds it
 */
export function holderOf(path: string): number | null | undefined {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { read: true });
  } catch {
    // Whoever holds the lock has made the file.
    return undefined;
  }
  try {
    if (!file.tryLockSync(false)) return noted(file);
    file.unlockSync();
    return undefined;
  } finally {
    file.close();
  }
}

/** Reads the process id that the holder wrote into the lock file. */
function noted(file: Deno.FsFile): number | null {
  const buffer = new Uint8Array(20);
  const length = file.readSync(buffer) ?? 0;
  const pid = Number.parseInt(new TextDecoder().decode(buffer.subarray(0, length)), 10);
  return Number.isNaN(pid) ? null : pid;
}
