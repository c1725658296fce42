import { existsSync } from "node:fs";

/** Most time that one call of git may take, ms. */
const BOUND_MS = 60_000;
/** Characters of what git says of a failure that are kept. */
const MOST_SAID = 300;

/**
 * Variables of git that say who commits, what is configured and where its own files are; all others would mean another repository than the
 * project's. Where programs run in a container, that the repository is to be trusted is often configured by numbered ones.
 */
const KEPT_VARIABLE =
  /^GIT_(?:(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|EXEC_PATH)$/;

/**
 * Settings over those of the repository: no program of its choice watches files or hears of commits, nothing is tidied up, and line ends that
 * are converted keep no work from being committed.
 */
const SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.safecrlf=false",
  "gc.auto=0",
  "maintenance.auto=false",
];

/** What git answered. */
export interface GitAnswer {
  readonly ok: boolean;
  /** Standard output. */
  readonly bytes: Uint8Array;
  /** Standard output as text, without blanks around it. */
  readonly text: string;
  /** The end of what it said on standard error, on one line. */
  readonly said: string;
}

/** What one call has beside its words. */
export interface GitCall {
  /** What it reads from standard input. */
  readonly input?: Uint8Array | string;
  /** Absolute path of an index in place of the person's. */
  readonly index?: string;
  /** Variables of the environment beside those that stand. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Thrown where there is no git on this machine. */
export class NoGit extends Error {
  override readonly name = "NoGit";
}

/** Calls git in a folder, without hooks, prompts, locks that can be left out, or variables that mean another repository. */
export class Git {
  readonly #signal: AbortSignal;

  /**
   * @param folder absolute path of the folder that git is called in
   * @param signal ends each call
   */
  constructor(readonly folder: string, signal: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * Calls git once.
   *
   * @param args words after `git`
   * @returns what it answered, whatever its exit code
   * @throws {NoGit} where there is none; what the signal was aborted with; a TimeoutError where it takes too long
   */
  async call(args: readonly string[], { input, index, variables }: GitCall = {}): Promise<GitAnswer> {
    this.#signal.throwIfAborted();
    const until = AbortSignal.any([this.#signal, AbortSignal.timeout(BOUND_MS)]);
    const child = this.#spawn(args, until, { ...(index === undefined ? {} : { GIT_INDEX_FILE: index }), ...variables });
    const writing = child.stdin.getWriter();
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
    const write = async () => {
      if (bytes !== undefined) await writing.write(bytes);
      await writing.close();
    };
    // One that ends before it has read all says so by its code.
    const [{ success, stdout, stderr }] = await Promise.all([child.output(), write().catch(() => {})]);
    until.throwIfAborted();
    const said = new TextDecoder().decode(stderr).trim().replace(/\s+/g, " ").slice(-MOST_SAID);
    return { ok: success, bytes: stdout, text: new TextDecoder().decode(stdout).trim(), said };
  }

  /**
   * Calls git where it has to succeed.
   *
   * @throws where it does not, with what it said
   */
  async must(args: readonly string[], call: GitCall = {}): Promise<GitAnswer> {
    const answer = await this.call(args, call);
    if (answer.ok) return answer;
    throw new Error(`git ${args[0]} failed: ${answer.said === "" ? "it said nothing" : answer.said}`);
  }

  #spawn(args: readonly string[], signal: AbortSignal, variables: Readonly<Record<string, string>>): Deno.ChildProcess {
    const around = Object.entries(Deno.env.toObject())
      .filter(([name]) => !name.startsWith("GIT_") || KEPT_VARIABLE.test(name));
    try {
      return new Deno.Command("git", {
        args: [...SETTINGS.flatMap((setting) => ["-c", setting]), ...args],
        cwd: this.folder,
        clearEnv: true,
        env: {
          ...Object.fromEntries(around),
          ...{ GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" },
          ...variables,
        },
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
        signal,
      }).spawn();
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      // The same error is given for the folder.
      if (!existsSync(this.folder)) throw new Error(`${this.folder} is not there any more`, { cause });
      throw new NoGit("there is no git on this machine", { cause });
    }
  }
}
