import { NotCopied } from "./not_copied.ts";

/** Bytes that stay free where copies lie: as many as what runs in one leaves. */
const LEAST_FREE = 1_000_000_000;
/** Bytes that are written between two looks at the disk. */
const PER_LOOK = 200_000_000;
/** Most time that a look may take, ms: a disk over a network may not answer. */
const LOOK_MS = 10_000;

/** What may still be written to the disk that holds a copy: the journal of the run lies there too, and all else of the person. */
export class DiskRoom {
  #left = PER_LOOK;

  /** @param folder absolute path of the copy */
  constructor(readonly folder: string) {}

  /**
   * Takes room for a file, all of its holes included, since a copy has none.
   *
   * @param bytes its size
   * @throws {NotCopied} where less than a gigabyte would stay free
   */
  async take(bytes: number): Promise<void> {
    if (bytes > this.#left) {
      const free = await freeAt(this.folder) - LEAST_FREE;
      if (free < bytes) throw tooLarge(this.folder, bytes, free);
      this.#left = Math.max(bytes, Math.min(free, PER_LOOK));
    }
    this.#left -= bytes;
  }
}

function tooLarge(folder: string, bytes: number, free: number): NotCopied {
  const size = (of: number) => `${Number((of / 1e9).toPrecision(2))} GB`;
  const cause = Object.assign(new Error("no space left for a copy"), { code: "ENOSPC" });
  return new NotCopied(
    `The project is too large to be copied to ${folder}: ${size(bytes)} more are wanted, and ${
      size(Math.max(0, free + LEAST_FREE))
    } are free, of which 1 GB stays so.`,
    { cause },
  );
}

/** Bytes that are free where a folder lies; without bound where that is not told. */
async function freeAt(folder: string): Promise<number> {
  try {
    const args = ["-Pk", "--", folder];
    const signal = AbortSignal.timeout(LOOK_MS);
    const { stdout } = await new Deno.Command("df", { args, stderr: "null", signal }).output();
    // What stands before and behind the numbers may hold blanks.
    const [, kilobytes] = /\s\d+\s+\d+\s+(\d+)\s+\d+%/.exec(new TextDecoder().decode(stdout)) ?? [];
    return kilobytes === undefined ? Infinity : Number(kilobytes) * 1_024;
  } catch {
    return Infinity; // There is no such program, or the disk does not answer it.
  }
}
