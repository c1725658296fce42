import { askShell, endMarked, MARK_VARIABLE, markedProcesses } from "./marked_processes.ts";

/**
 * Bits of the parts of a mark: a fixed number by which it is told, the program's process id and start, and chance, which tells commands of
 * one program apart, also those of its workers.
 */
const KIND = 0b1011n;
const BITS = { pid: 22n, start: 16n, chance: 20n };

/** Says of processes: what `/proc` knows, else whether there is one. */
const LIVES = `for pid in "$@"; do
  cat "/proc/$pid/stat" 2>/dev/null || { kill -0 "$pid" 2>/dev/null && echo "($pid) S"; } || echo "($pid) X"
done`;

/** Says in which space of process ids processes are. */
const SPACES = `for pid in "$@"; do readlink "/proc/$pid/ns/pid" || echo none; done`;

/** Looks at our own start before we do without commands, and the time between two, ms. */
const LOOKS = 20;
const LOOK_MS = 50;

let own: Promise<bigint> | null = null;

/**
 * Makes the mark of a command, a number below 2^62, which holds who started it: so the next program finds what a killed one left.
 *
 * @returns the mark as it is written into a bound, and with those of the commands around us as it is written into the environment
 */
export async function newMark(): Promise<{ readonly mark: string; readonly environment: Record<string, string> }> {
  own ??= ownStart();
  const start = await own;
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  const number = ((KIND << BITS.pid | last(BigInt(Deno.pid), BITS.pid)) << BITS.start | start) << BITS.chance |
    last(BigInt(chance), BITS.chance);
  const around = Deno.env.get(MARK_VARIABLE);
  return {
    mark: `${number}`,
    environment: { [MARK_VARIABLE]: around === undefined ? `${number}` : `${around},${number}` },
  };
}

/** When this program started: a mark that said something else would have its command taken for one that was left. */
async function ownStart(): Promise<bigint> {
  for (let look = 0; look < LOOKS; look++) {
    const lives = await livesOf([Deno.pid]);
    if (lives !== null) return lives[0]?.start ?? 0n;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  own = null;
  throw new Error("No command can be started: the machine has no room for one more process. End some and try again.");
}

/**
 * Ends what commands of programs left behind that were killed together with their supervisors. Those of a program that lives, or that is
 * of another space of process ids such as a container's, are left alone.
 *
 * @returns how many processes were ended
 */
export async function endOrphans(): Promise<number> {
  const found = await markedProcesses((mark) => starterOf(mark) !== null);
  if (found.length === 0) return 0;
  const starters = new Set(found.flatMap(({ marks }) => marks.map((mark) => starterOf(mark)!.pid)));
  const living = await livesOf([...starters]);
  if (living === null) return 0;
  const lives = new Map(living.map((life) => [life.pid, life]));
  const isDead = (mark: string) => {
    const starter = starterOf(mark);
    return starter !== null && lives.get(starter.pid)?.start !== starter.start;
  };
  const left = found.filter(({ marks }) => marks.some(isDead));
  const spaces = (await askShell(SPACES, [Deno.pid, ...left.map(({ pid }) => pid)].map(String))).said.split("\n");
  const here = new Set(
    left.filter((_, at) => spaces[at + 1] === spaces[0]).flatMap(({ marks }) => marks.filter(isDead)),
  );
  return here.size === 0 ? 0 : await endMarked((mark) => here.has(mark));
}

/** The program that made a mark; null for a number that is none. */
function starterOf(mark: string): { readonly pid: number; readonly start: bigint } | null {
  if (!/^\d{18,19}$/.test(mark)) return null;
  const rest = BigInt(mark) >> BITS.chance;
  if (rest >> (BITS.pid + BITS.start) !== KIND) return null;
  return { pid: Number(last(rest >> BITS.start, BITS.pid)), start: last(rest, BITS.start) };
}

/** When a process started, cut to its last bits. */
interface Life {
  readonly pid: number;
  readonly start: bigint;
}

/** Looks which processes live, and when they started, where that can be known; null where nobody could look. */
async function livesOf(pids: readonly number[]): Promise<readonly Life[] | null> {
  return livesIn((await askShell(LIVES, pids.map(String))).said, pids);
}

/**
 * Reads which processes live.
 *
 * @param said what {@link LIVES} said, a line for each of `pids`
 * @returns those that live; null where it did not say something of each, as when the machine has no room for one more process: by that nobody
 *   is dead
 */
export function livesIn(said: string, pids: readonly number[]): readonly Life[] | null {
  const lines = said.trimEnd().split("\n");
  if (said === "" || lines.length !== pids.length) return null;
  return lines.flatMap((line, at) => {
    // The name of a program stands in parentheses and may hold some.
    const [state = "X", ...fields] = line.slice(line.lastIndexOf(")") + 1).trim().split(" ");
    return /[ZX]/.test(state) ? [] : [{ pid: pids[at]!, start: last(BigInt(fields[18] ?? 0), BITS.start) }];
  });
}

function last(number: bigint, bits: bigint): bigint {
  return BigInt.asUintN(Number(bits), number);
}
