import type { CommandResult } from "../ports/workspace.ts";
import { BoundedText } from "./bounded_text.ts";
import type { WatchedBound } from "./command_bounds.ts";

/** A command that could not be started at all. */
export class CommandNotStarted extends Error {
  override readonly name = "CommandNotStarted";

  /**
   * @param reason `missing` when there is no such program, `forbidden` when it may not be executed
   * @param message what was tried and what to do
   */
  constructor(readonly reason: "missing" | "forbidden" | "other", message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** What the supervisor says of a command. */
type Report =
  | { readonly supervisor: "started"; readonly group: number }
  | { readonly supervisor: "bound"; readonly bound: WatchedBound }
  | { readonly supervisor: "failed"; readonly code: string | null; readonly message: string }
  | { readonly supervisor: "ended"; readonly code: number | null; readonly signal: string | null };

type Outcome = Exclude<Report, { supervisor: "started" | "bound" }>;

/** All that is said of a command while it runs: its output, and what its supervisor reports. */
export class CommandWords {
  readonly #output: BoundedText;
  /** What stood on the supervisor's standard error and was no report. */
  readonly #noise = new BoundedText(500, 500);
  #group: number | null = null;
  #outcome: Outcome | null = null;
  #bound: WatchedBound | null = null;

  /** @param most characters of output to keep: a third of the beginning, the rest of the end */
  constructor(most: number) {
    this.#output = new BoundedText(Math.floor(most / 3), most - Math.floor(most / 3));
  }

  /** The process group of the command; null until it has started. */
  get group(): number | null {
    return this.#group;
  }

  /** The bound that it passed, as who watched it says; null where it passed none. */
  get bound(): WatchedBound | null {
    return this.#bound;
  }

  /** Adds a piece of its output. */
  add(text: string): void {
    this.#output.add(text);
  }

  /** Adds a line of the supervisor's standard error. */
  report(line: string): void {
    const report = readReport(line);
    if (report === null) this.#noise.add(`${line}\n`);
    else if (report.supervisor === "started") this.#group = report.group;
    else if (report.supervisor === "bound") this.#bound = report.bound;
    else this.#outcome = report;
  }

  /**
   * Makes the result, once the supervisor has ended.
   *
   * @param asked the command, and the folder it was to run in
   * @param ended seconds that it took, and whether it was ended because it took too long
   * @throws {CommandNotStarted} when it did not run at all
   */
  result(
    asked: { readonly command: readonly string[]; readonly folder: string },
    ended: Pick<CommandResult, "timedOut" | "seconds">,
  ): CommandResult {
    const result = { ...ended, output: this.#output.toString(), cut: this.#output.cut };
    const outcome = this.#outcome;
    if (outcome?.supervisor === "ended") return { code: outcome.code, signal: outcome.signal, ...result };
    const noise = this.#noise.toString();
    if (outcome?.code === "ENCLOSED") throw notEnclosed(asked, result.output);
    // Ended by us before it had reported: as good as ended by the signal.
    if (outcome === null && noise === "") return { code: null, signal: "SIGKILL", ...result };
    throw notStarted(outcome, asked, noise);
  }
}

/** Says why a command did not run. */
function notStarted(
  outcome: Extract<Report, { supervisor: "failed" }> | null,
  { command: [program = ""], folder }: { readonly command: readonly string[]; readonly folder: string },
  noise: string,
): CommandNotStarted {
  if (outcome === null) {
    const said = `${program} was not run: its supervisor ended early and said: ${noise.trim()}`;
    return new CommandNotStarted("other", said);
  }
  if (outcome.code === "ENOENT") {
    const said = `${program} was not found: install it, or name a program that is on the PATH.`;
    return new CommandNotStarted("missing", said);
  }
  if (outcome.code === "EACCES") {
    const said = `${program} may not be executed here: look at its permissions.`;
    return new CommandNotStarted("forbidden", said);
  }
  return new CommandNotStarted("other", `${program} could not be started in ${folder}: ${outcome.message}`);
}

/** Says why a command did not run enclosed: bubblewrap's last words say it. */
function notEnclosed(
  asked: { readonly command: readonly string[]; readonly folder: string },
  output: string,
): CommandNotStarted {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const words = last.startsWith("bwrap: ") ? last.slice("bwrap: ".length) : "nothing";
  const code = !words.startsWith("execvp ")
    ? null
    : words.endsWith(": No such file or directory")
    ? "ENOENT"
    : words.endsWith(": Permission denied")
    ? "EACCES"
    : null;
  if (code !== null) return notStarted({ supervisor: "failed", code, message: "" }, asked, "");
  const said = `${asked.command[0]} was not run: its sandbox could not be made, and bubblewrap said: ${words}. ` +
    "`autonomy doctor` says which sandbox works here.";
  return new CommandNotStarted("other", said);
}

/** Reads a line of the supervisor; null for anything else that stood on its standard error. */
function readReport(line: string): Report | null {
  if (!line.startsWith('{"supervisor":')) return null;
  try {
    return JSON.parse(line) as Report;
  } catch {
    return null;
  }
}
