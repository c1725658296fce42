import { spawn } from "node:child_process";
import process from "node:process";

/** What is watched of a command; the supervisor is told it as JSON, and imports this file. */
export interface Watch {
  /** Folders where it writes. */
  readonly folders: readonly string[];
  readonly mostProcesses: number;
  /** Bytes. */
  readonly mostMemory: number;
  /** Bytes. */
  readonly leastFree: number;
}

/**
 * Processes and threads of a command that the kernel lets be, so that a bomb cannot take all that the machine has between two looks. Of root
 * it heeds no bound but the one on the numbers of processes of a space, which is the space's own since Linux 6.14 and the whole machine's
 * before.
 */
export const MOST_TASKS = 4_096;

/** Time between two looks, ms. */
const TICK_MS = 100;

/**
 * Looks at each line that it reads, and ends all by force where one of the bounds is passed: a bomb of processes leaves no time to be polite,
 * and the end of the first process of a space is the end of all. It starts no process of its own to count: among thousands that want to run,
 * a new one waits its turn for seconds.
 *
 * Bounds of the kernel do not do it. Those on processes count threads too, of which a healthy command may have
 * many. The one on addresses breaks what reserves many and uses few:
 * WebAssembly, Deno; the one on data breaks programs built with AddressSanitizer or ThreadSanitizer, such as by `go test -race`. So what is
 * used is counted: first pages that no file stands for, quickly; only where that is too much, what is shared is counted once.
 *
 * `/proc` of the space of processes is reached through the root of its first process: it shows those inside and no others.
 */
const LOOK = `
inside=$1 processes=$2 memory=$3 free=$4; shift 4
page=$(getconf PAGESIZE 2>/dev/null || echo 4096); page=$((page / 1024))
over() { echo "$1"; if [ "$inside" = 1 ]; then kill -s KILL "$first"; else kill -s KILL -- "-$first"; fi; exit; }
full() { df -Pk -- "$@" 2>/dev/null | { read -r head; while read -r device blocks used left rest; do
  [ "$left" -lt "$free" ] 2>/dev/null && echo full; done; }; }
own_pid_max() { release=$(uname -r); major=\${release%%.*}; minor=\${release#*.}; minor=\${minor%%[!0-9]*}
  [ "$major" -gt 6 ] || { [ "$major" = 6 ] && [ "$minor" -ge 14 ]; }; }
[ -n "$(full "$@")" ] && free=0
disk=
read -r first || exit
proc=/proc/$first/root/proc
if [ "$inside" = 1 ] && [ -w /proc/sys/kernel/pid_max ] && own_pid_max; then
  nsenter --target "$first" --pid sh -c 'echo "$1" > /proc/sys/kernel/pid_max' sh ${MOST_TASKS} 2>/dev/null
fi
while read -r tick; do
  if [ "$inside" = 1 ]; then
    count=0 sum=0
    for one in "$proc"/[0-9]*; do
      count=$((count + 1))
      [ "$count" -gt "$processes" ] && over processes
      { read -r size resident shared rest < "$one/statm"; } 2>/dev/null && sum=$((sum + (resident - shared) * page))
    done
    if [ "$sum" -gt "$memory" ]; then
      sum=0
      for part in $(cat "$proc"/[0-9]*/smaps_rollup 2>/dev/null | sed -n 's/^Pss: *\\([0-9]*\\).*/\\1/p'); do sum=$((sum + part)); done
      [ "$sum" -gt "$memory" ] && over memory
    fi
  fi
  [ "$free" = 0 ] || kill -0 "$disk" 2>/dev/null || { { [ -n "$(full "$@")" ] && over disk; } & disk=$!; }
done`;

/** Time in which a word of the watch that ended a command arrives, ms. */
const MOST_LAST_WORD_MS = 300;

/** Watches a command, beside it. */
export class CommandWatch {
  readonly #shell;
  #ticks: ReturnType<typeof setInterval> | undefined;
  #word = "";
  readonly #ended: Promise<void>;

  /**
   * Looks how full the disk is before a command starts.
   *
   * @param watch what it may take
   * @param inside whether it has a space of processes of its own
   */
  constructor(watch: Watch, inside: boolean) {
    const kilobytes = [watch.mostMemory, watch.leastFree].map((bytes) => `${Math.floor(bytes / 1024)}`);
    const words = [inside ? "1" : "0", `${watch.mostProcesses}`, ...kilobytes, ...watch.folders];
    this.#shell = spawn("sh", ["-c", LOOK, "sh", ...words], { stdio: ["pipe", "pipe", "ignore"], detached: true });
    // Refused once the shell has ended.
    this.#shell.stdin.on("error", () => this.#rest());
    this.#shell.stdout.on("data", (piece: Uint8Array) => this.#word += new TextDecoder().decode(piece));
    this.#ended = new Promise((resolve) => {
      this.#shell.once("close", () => resolve());
      this.#shell.once("error", () => resolve());
    });
  }

  /**
   * Begins to look at a command.
   *
   * @param first its first process, as it is numbered outside: of its space where it has one, else of its group
   */
  begin(first: number): void {
    this.#shell.stdin.write(`${first}\n`);
    this.#ticks = setInterval(() => this.#shell.stdin.write("\n"), TICK_MS);
  }

  /**
   * Ends the watch of a command that has ended.
   *
   * @param byForce whether it was ended by the signal that the watch sends
   * @returns the bound for which the watch ended it; empty where it did not
   */
  async end(byForce: boolean): Promise<string> {
    if (byForce) await this.#endedWithin(MOST_LAST_WORD_MS);
    this.#rest();
    try {
      // With what it waits for.
      if (this.#shell.pid !== undefined) process.kill(-this.#shell.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    // Else what bears the command's mark would be looked for while this, which bears it too, is still going.
    await this.#endedWithin(MOST_LAST_WORD_MS);
    return this.#word.split("\n")[0] ?? "";
  }

  async #endedWithin(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, ms));
    await Promise.race([this.#ended, late]);
    clearTimeout(timer);
  }

  #rest(): void {
    clearInterval(this.#ticks);
  }
}
