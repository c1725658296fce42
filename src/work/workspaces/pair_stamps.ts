/** Numbers of a file, and of the other one. */
const OF_ONE = 5;
const OF_PAIR = 2 * OF_ONE;
/** Pairs for which there is room at first. */
const FIRST_ROOM = 1_024;

/**
 * What two files looked like from outside when they held the same, by path: either differs once its content does, but for changes within a
 * second. All numbers lie in one array: of a hundred thousand files each object, and each text that is made to compare them, is time of the
 * collector.
 */
export class PairStamps {
  readonly #places = new Map<string, number>();
  readonly #free: number[] = [];
  #numbers = new Float64Array(FIRST_ROOM * OF_PAIR);

  /** All paths. */
  get paths(): Iterable<string> {
    return this.#places.keys();
  }

  /** Whether both look as they did; false where nothing is known of them. */
  isSame(path: string, one: Deno.FileInfo, other: Deno.FileInfo): boolean {
    const at = this.#places.get(path);
    return at !== undefined && this.#is(at, one) && this.#is(at + OF_ONE, other);
  }

  /** Remembers what they look like. */
  set(path: string, one: Deno.FileInfo, other: Deno.FileInfo): void {
    const at = this.#places.get(path) ?? this.#room();
    this.#places.set(path, at);
    this.#note(at, one);
    this.#note(at + OF_ONE, other);
  }

  delete(path: string): void {
    const at = this.#places.get(path);
    if (at === undefined) return;
    this.#places.delete(path);
    this.#free.push(at);
  }

  clear(): void {
    this.#places.clear();
    this.#free.length = 0;
    this.#numbers = new Float64Array(FIRST_ROOM * OF_PAIR);
  }

  /** Place of a pair that is not there yet. */
  #room(): number {
    const at = this.#free.pop() ?? this.#places.size * OF_PAIR;
    if (at + OF_PAIR > this.#numbers.length) {
      const more = new Float64Array(2 * this.#numbers.length);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    return at;
  }

  #is(at: number, { ino, size, mtime, ctime, mode }: Deno.FileInfo): boolean {
    const numbers = this.#numbers;
    return numbers[at] === ino && numbers[at + 1] === size && numbers[at + 2] === timeOf(mtime) &&
      numbers[at + 3] === timeOf(ctime) && numbers[at + 4] === mode;
  }

  #note(at: number, { ino, size, mtime, ctime, mode }: Deno.FileInfo): void {
    this.#numbers.set([ino ?? -1, size, timeOf(mtime), timeOf(ctime), mode ?? -1], at);
  }
}

/** Milliseconds since 1970; -1 where the file system tells none. */
function timeOf(date: Date | null): number {
  return date?.getTime() ?? -1;
}
