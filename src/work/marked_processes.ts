/**
 * Finds and ends the processes of a command wherever they have gone. A process can leave its group and session, close what it holds open,
 * lose its parent and clear its environment; two things stay with it and all that it starts, and bear the command's mark:
 *
 * - the variable {@link MARK_VARIABLE} of the environment that it was started with, unless it clears or overwrites that;
 * - on Linux its bound on file locks, which has had no effect since Linux 2.4.25, cannot be raised again, and can be read of any process.
 *
 * The supervisor imports this file, so it imports nothing of the rest.
 */

/** The variable that bears marks: one, or with commas those of the commands around it too. */
export const MARK_VARIABLE = "AUTONOMY_COMMAND";

/** Time between two looks whether processes heed the polite signal, ms. */
const POLL_MS = 50;
/** Rounds of finding and ending; a process that starts others faster than that is not caught. */
const ROUNDS = 100;

/** What stands in `/proc`, or where there is none (macOS) what `ps` says; both show other users' processes without their environment. */
const FIND = `if [ -d /proc/self ]; then
  exec grep -aosHE '^Max file locks +[0-9]+|${MARK_VARIABLE}=[0-9,]+|^State:.[ZX]' /proc/[0-9]*/limits /proc/[0-9]*/environ /proc/[0-9]*/status
else exec ps axeww -o pid=,stat=,command=; fi`;

/** A process that bears marks. */
export interface MarkedProcess {
  readonly pid: number;
  readonly marks: readonly string[];
}

/**
 * Runs a text of the shell.
 *
 * @returns its process, and what it wrote to standard output; empty where there is no shell
 */
export async function askShell(text: string, words: readonly string[] = []): Promise<{ pid: number; said: string }> {
  const command = new Deno.Command("sh", {
    args: ["-c", text, "sh", ...words],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  });
  try {
    const shell = command.spawn();
    const { stdout } = await shell.output();
    return { pid: shell.pid, said: new TextDecoder().decode(stdout) };
  } catch {
    // No shell, or no room for one more process: what its group does not hold is not found then.
    return { pid: 0, said: "" };
  }
}

/** Finds the processes that bear a mark and have not ended, but this one. */
export async function markedProcesses(isMeant: (mark: string) => boolean): Promise<readonly MarkedProcess[]> {
  const { pid: own, said } = await askShell(FIND);
  const marks = new Map<number, Set<string>>();
  const ended = new Set<number>([own, Deno.pid]);
  for (const line of said.split("\n")) {
    const [, inProc, listed] = /^(?:\/proc\/(\d+)\/|\s*(\d+)\s)/.exec(line) ?? [];
    const pid = Number(inProc ?? listed);
    if (Number.isNaN(pid)) continue;
    if (/:State:|^\s*\d+\s+Z/.test(line)) ended.add(pid);
    const [, words = ""] = new RegExp(`(?:${MARK_VARIABLE}=|:Max file locks +)([0-9,]+)`).exec(line) ?? [];
    for (const mark of words.split(",").filter(isMeant)) marks.set(pid, (marks.get(pid) ?? new Set()).add(mark));
  }
  return [...marks].filter(([pid]) => !ended.has(pid)).map(([pid, found]) => ({ pid, marks: [...found] }));
}

/**
 * Ends the processes that bear a mark, and what they start meanwhile.
 *
 * @param isMeant whether a mark is the one
 * @param graceMs time between the signal that asks and the one that cannot be refused, ms; 0 for the second alone
 * @returns how many were found
 */
export async function endMarked(isMeant: (mark: string) => boolean, graceMs = 0): Promise<number> {
  const asked = new Set<number>();
  const killed = new Set<number>();
  for (const start = performance.now(); performance.now() - start < graceMs;) {
    const left = await markedProcesses(isMeant);
    if (left.length === 0) return asked.size;
    for (const { pid } of left) if (!asked.has(pid)) send(pid, "SIGTERM");
    for (const { pid } of left) asked.add(pid);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  for (let round = 0; round < ROUNDS; round++) {
    const left = (await markedProcesses(isMeant)).filter(({ pid }) => !killed.has(pid));
    if (left.length === 0) break;
    for (const { pid } of left) send(pid, "SIGKILL");
    for (const { pid } of left) killed.add(pid);
  }
  return asked.union(killed).size;
}

function send(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // Gone already, or of another user.
  }
}
