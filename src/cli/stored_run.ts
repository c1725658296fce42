import { reasonOf } from "../kernel/reason_of.ts";
import { factParser } from "../features/fact_parser.ts";
import { BUILT_IN } from "../plugin/built_in.ts";
import { EMPTY, evolve } from "../features/features.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Message } from "../features/messages/message.ts";
import { type Journal, openJournal } from "../run/journal.ts";
import { JournalBusy, JournalError } from "../run/journal_error.ts";
import { misshapen, neverBegan, openRunStore, type RunStore, type StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { projectFolder, stateHome } from "./places.ts";
import type { ShownRun } from "../tell/shown_run.ts";

/** How every journal of this program is opened: facts that it does not know are refused when they are read. */
const FACTS = factParser(BUILT_IN);

/** A run as it stands in its journal. */
export interface ReadRun extends ShownRun {
  /** The open journal, for texts; the caller closes it. */
  readonly journal: Journal<Fact>;
}

/**
 * Opens the store of runs.
 *
 * @param context where the state folder is asked for
 * @returns the store
 */
export function runStore(context: CliContext): RunStore {
  return openRunStore(stateHome(context.environment), { unknownIn: FACTS.unknownIn, checkFirst: mustBeStart });
}

/** Which runs `last` is the newest of. */
export interface RunsOf {
  /** Folder as it was named; the current one where absent. */
  readonly project?: string;
  /** Whether the runs of all projects are meant. */
  readonly all?: boolean;
}

/**
 * Finds a run by its id or the beginning of it; `last` is the newest of the project.
 *
 * @param context where the state folder is asked for
 * @param id what was typed
 * @param of whose runs `last` is the newest of
 * @returns the run
 * @throws {CommandError} exit code 2 when none or more than one fits
 * @throws {JournalError} when it cannot be told which is the newest
 */
export function findRun(context: CliContext, id: string, of: RunsOf = {}): StoredRun {
  const store = runStore(context);
  if (id === "last") return newestRun(context, of);
  try {
    return store.find(id);
  } catch (cause) {
    if (cause instanceof JournalError) throw cause;
    const text = reasonOf(cause);
    throw new CommandError(EXIT.usage, `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, { cause });
  }
}

/**
 * Finds the newest run of a project, or of all.
 *
 * @param context where the state folder is asked for
 * @param of whose runs
 * @returns the run
 * @throws {CommandError} exit code 2 when there is none
 * @throws {JournalError} when a run cannot be read that may be it
 */
export function newestRun(context: CliContext, of: RunsOf): StoredRun {
  const store = runStore(context);
  if (of.all === true) {
    const newest = store.list()[0];
    if (newest !== undefined) return newest;
    throw new CommandError(
      EXIT.usage,
      `There is no run in ${store.folder} yet. Start one: ${context.command} run "GOAL".`,
    );
  }
  const project = projectFolder(of.project ?? ".", context.folder);
  const newest = store.newest((first) => isStartOf(first as Stamped, project));
  if (newest !== null) return newest;
  throw new CommandError(
    EXIT.usage,
    `There is no run of ${project} yet. Start one: ${context.command} run "GOAL". ` +
      `Those of other projects, rehearsals among them, are listed by \`${context.command} runs -a\` and named by their ids; ` +
      `\`${context.command} rehearse --continue\` goes on with the newest rehearsal.`,
  );
}

/** Whether a fact is the start of a run of a project. */
function isStartOf(fact: Stamped, project: string): boolean {
  return fact.type === "run_started" && fact.project === project;
}

/**
 * Opens the journal of a run.
 *
 * @param run the run
 * @param readOnly whether nothing will be written; a reader does not disturb a run at work
 * @param program name and version that a new journal notes
 * @returns the journal
 * @throws {JournalError} when it cannot be opened; where another process holds a run that has ended, with the key that closes its screen
 */
export function journalOf(run: { readonly path: string }, readOnly: boolean, program?: string): Journal<Fact> {
  try {
    return openJournal<Fact>({ ...FACTS, path: run.path, readOnly, program });
  } catch (cause) {
    if (!(cause instanceof JournalBusy) || !hasEnded(run.path)) throw cause;
    throw new JournalBusy(`${cause.message}. It has ended already: press q on its screen, which holds it`, { cause });
  }
}

/**
 * Looks whether a run can be read to its end, before anything is started for it.
 *
 * @param run the run
 * @throws {JournalError} when it cannot, with the place, or a newer program wrote it
 */
export function mustBeReadable(run: StoredRun): void {
  readRun(run).journal.close();
}

/** Whether the last fact of a journal, which another process holds, is the end of its run. */
function hasEnded(path: string): boolean {
  const journal = openJournal<Fact>({ ...FACTS, path, readOnly: true });
  try {
    const [last] = journal.read(journal.last());
    return last?.type === "run_ended";
  } finally {
    journal.close();
  }
}

/**
 * Reads a whole run. The caller closes its journal.
 *
 * @param run the run
 * @param readOnly whether the journal is opened for reading only
 * @returns facts and the state that they fold to
 * @throws {JournalError} when the journal cannot be read, with the place, or a newer program wrote it
 */
export function readRun(run: StoredRun, readOnly = true): ReadRun {
  const journal = journalOf(run, readOnly);
  try {
    return runIn(journal, run);
  } catch (error) {
    const blamed = blamedOn(journal, error);
    journal.close();
    throw blamed;
  }
}

/**
 * Reads a whole run out of its open journal.
 *
 * @param journal the journal, which stays open
 * @param run the run
 * @returns facts and the state that they fold to
 */
export function runIn(journal: Journal<Fact>, run: Pick<StoredRun, "id" | "path">): ReadRun {
  const facts: Stamped[] = [];
  const messages = new Map<string, Message>();
  let state = EMPTY;
  for (const stored of journal.read()) {
    const fact: Stamped = stored;
    // The others hang on the first; each of them was checked when it was written, and is again where it leads to a failure.
    if (facts.length === 0) mustBeOfForm(journal.path, fact, mustBeStart);
    facts.push(fact);
    const before = state.messages.list;
    state = evolve(state, fact);
    if (state.messages.list === before) continue;
    for (const message of state.messages.list) messages.set(message.id, message);
  }
  if (state.run.info === null) throw neverBegan(run);
  return { id: run.id, facts, state, messages: [...messages.values()], journal };
}

/**
 * Does something with a run that was read, and closes its journal whatever happens. Where a fact that is not as its form has it led to a failure,
 * that is told.
 *
 * @param run the run; its journal is closed afterwards
 * @param action what is done
 * @returns what it gives
 */
export async function withRun<T>(run: ReadRun, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw blamedOn(run.journal, error);
  } finally {
    run.journal.close();
  }
}

/**
 * Reads with what a stored run was started.
 *
 * @param run the run
 * @returns its first fact; null where it has none yet
 */
export function startFactOf(run: StoredRun): Extract<Stamped, { type: "run_started" }> | null {
  const first = run.first() as Stamped | null;
  return first?.type === "run_started" ? first : null;
}

/**
 * Reads with what a stored run that is to go on was started.
 *
 * @param run the run
 * @returns its first fact
 * @throws {JournalError} when it cannot be read, or there is none
 */
export function begunWith(run: StoredRun): Extract<Stamped, { type: "run_started" }> {
  const start = startFactOf(run);
  if (start !== null) return start;
  throw neverBegan(run);
}

/** Checks what a run was started with. */
function mustBeStart(fact: unknown): void {
  const { type } = FACTS.validate(fact);
  if (type !== "run_started") throw new Error(`a run begins with run_started, not with ${type}`);
}

function mustBeOfForm(path: string, fact: Stamped, check: (fact: unknown) => unknown = FACTS.validate): void {
  try {
    check(fact);
  } catch (cause) {
    throw misshapen(path, fact.seq, cause);
  }
}

/**
 * Looks for a fact that is not of its form where something that reads a journal failed: reading takes facts as they are, since each was
 * checked when it was written.
 *
 * @param journal the open journal
 * @param error what was thrown
 * @returns the place of the damage, where there is one; what was thrown otherwise
 */
export function blamedOn(journal: Journal<Fact>, error: unknown): unknown {
  if (error instanceof JournalError || error instanceof CommandError) return error;
  try {
    for (const fact of journal.read()) mustBeOfForm(journal.path, fact);
    return error;
  } catch (cause) {
    return cause;
  }
}
