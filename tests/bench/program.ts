/** Size of the terminals that programs run in. */
const ROWS = 50;
const COLUMNS = 200;

/** A program in a pseudo-terminal of its own. */
export interface Program {
  /** Process of the program itself. */
  readonly pid: number;
  /** When the program was started, by `performance.now()`. */
  readonly began: number;
  /** Bytes that it has written. */
  bytes(): number;
  /**
   * Waits until a text has been written.
   *
   * @param text the text
   * @param from what {@link written} said before what is meant; all that is kept, its last {@link KEPT} characters at least, where absent
   * @returns when the piece that completed it arrived, by `performance.now()`
   * @throws when it does not come within 30 s
   */
  shows(text: string, from?: number): Promise<number>;
  /** Characters that it has written. */
  written(): number;
  /** Types keys; returns when they are handed over. */
  type(keys: string): Promise<void>;
  /** Ends it and what runs in its terminal. */
  end(): Promise<void>;
}

const LONGEST_MS = 30_000;
/** Characters of output that are kept: with all of a minute's each search, and each collection of garbage, would be measured as the program's. */
const KEPT = 100_000;
const ENDING_MS = 5_000;

/**
 * Starts a program in a pseudo-terminal made by `script`, of 200 columns and 50 rows.
 *
 * @param words program and arguments
 * @param environment variables beside those of this process
 * @returns the program, once its process is about to start
 */
export async function openProgram(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const command = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qfec", `stty rows ${ROWS} cols ${COLUMNS}; echo "process $$."; exec ${command}`, "/dev/null"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    env: { TERM: "xterm-256color", SHELL: "/bin/sh", ...environment },
  }).spawn();
  const keys = child.stdin.getWriter();
  let text = "";
  let dropped = 0;
  let bytes = 0;
  let arrived = Promise.withResolvers<number>();
  const tell = () => {
    arrived.resolve(performance.now());
    arrived = Promise.withResolvers();
  };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      bytes += chunk.byteLength;
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 2 * KEPT) {
        dropped += text.length - KEPT;
        text = text.slice(-KEPT);
      }
      tell();
    }
  })();
  let ended = false;
  const over = child.status.then(() => {
    ended = true;
    tell();
  });
  const shows = async (wanted: string, since = 0): Promise<number> => {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), LONGEST_MS);
    try {
      let at: number | null = performance.now();
      let from = since;
      for (;;) {
        if (text.indexOf(wanted, Math.max(0, from - dropped)) !== -1) return at;
        from = Math.max(since, dropped + text.length - wanted.length);
        if (ended) break;
        at = await Promise.race([arrived.promise, late.promise]);
        if (at === null) break;
      }
    } finally {
      clearTimeout(timer);
    }
    throw new Error(
      `${command} ${ended ? "ended without showing" : `did not show within ${LONGEST_MS} ms:`} ${
        JSON.stringify(wanted)
      }; ` +
        `its last output was ${JSON.stringify(text.slice(-400))}`,
    );
  };
  let process: number | null = null;
  const end = async (): Promise<void> => {
    process ??= processOf(text);
    if (!ended && process !== null) signal(process, "SIGTERM");
    const timer = setTimeout(() => {
      if (process !== null) signal(process, "SIGKILL");
      child.kill("SIGKILL");
    }, ENDING_MS);
    await over;
    clearTimeout(timer);
    await reading;
    await keys.close().catch(() => {});
  };
  try {
    const began = await shows("process ");
    await shows(".\r\n");
    process = processOf(text)!;
    return {
      pid: process,
      began,
      bytes: () => bytes,
      written: () => dropped + text.length,
      shows,
      type: (typed) => keys.write(new TextEncoder().encode(typed)),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function processOf(text: string): number | null {
  const found = /process (\d+)\./.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function signal(process: number, name: Deno.Signal): void {
  try {
    Deno.kill(process, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Runs a command to its end.
 *
 * @param words program and arguments
 * @returns what it wrote
 * @throws when it fails
 */
export async function outputOf(...words: readonly [string, ...string[]]): Promise<string> {
  const [program, ...args] = words;
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`${words.join(" ")} failed: ${new TextDecoder().decode(stderr)}`);
}

/**
 * Watches how much of a core a process takes while something else is done.
 *
 * @param pid the process
 * @param work what is done meanwhile
 * @returns percent of one core
 */
export async function shareOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const perSecond = Number(await outputOf("getconf", "CLK_TCK"));
  const [before, began] = [await ticksOf(pid), performance.now()];
  await work();
  return (await ticksOf(pid) - before) / perSecond / ((performance.now() - began) / 1_000) * 100;
}

/** How long a process has worked, all its threads together, in the kernel's ticks: fields 14 and 15 of `/proc/PID/stat`. */
async function ticksOf(pid: number): Promise<number> {
  // Reading /proc ourselves would need all permissions. The name before the last bracket may hold spaces.
  const fields = (await outputOf("cat", `/proc/${pid}/stat`)).split(") ").at(-1)!.split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
