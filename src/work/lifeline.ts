/** How long the supervisor may take to end a command: its own grace three times, and two seconds. */
const MOST_ENDING_MS = 8_000;

/** The pipe by which the supervisor knows that we live and want its command. */
export class Lifeline {
  readonly #process: Deno.ChildProcess;
  readonly #group: () => number | null;
  readonly #pipe: WritableStreamDefaultWriter<Uint8Array>;
  #lastResort: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param process the supervisor
   * @param group the process group of its command; null while it is unknown
   */
  constructor(process: Deno.ChildProcess, group: () => number | null) {
    this.#process = process;
    this.#group = group;
    this.#pipe = process.stdin.getWriter();
  }

  /** Gives the order to run a command, as a line of JSON; it fails only when the supervisor is gone already. */
  async order(line: string): Promise<void> {
    await this.#pipe.write(new TextEncoder().encode(line)).catch(() => undefined);
  }

  /** Gives the order to end, and ends all by force where the supervisor does not do it in time. */
  cut(): void {
    if (this.#lastResort !== undefined) return;
    this.#lastResort = setTimeout(() => killAll(this.#group(), this.#process), MOST_ENDING_MS);
    void this.#close();
  }

  /** To be called when the supervisor has ended. */
  async release(): Promise<void> {
    clearTimeout(this.#lastResort);
    if (this.#lastResort === undefined) await this.#close();
  }

  /** Closing the pipe is the order to end; it fails only when the supervisor is gone already. */
  async #close(): Promise<void> {
    await this.#pipe.close().catch(() => undefined);
  }
}

/** Ends the group and its supervisor when the supervisor did not do it in time. */
function killAll(group: number | null, process: Deno.ChildProcess): void {
  killGroup(group);
  quietly(() => process.kill("SIGKILL"));
}

/** Ends a process group by force; null is none. */
export function killGroup(group: number | null): void {
  if (group !== null) quietly(() => Deno.kill(-group, "SIGKILL"));
}

function quietly(kill: () => void): void {
  try {
    kill();
  } catch {
    // Gone already.
  }
}
