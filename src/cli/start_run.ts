import type { Intent } from "../features/intent.ts";
import { ARBITER } from "../features/registry.ts";
import type { Way } from "../kernel/call.ts";
import type { WriteFact } from "../effects/write_fact.ts";
import type { Fact } from "../features/fact.ts";
import type { Journal } from "../run/journal.ts";
import type { PluginsSlice } from "../features/plugins/slice.ts";
import { factsOf } from "../plugin/live/live_facts.ts";
import type { Offer } from "../plugin/offer.ts";
import { openRun } from "../run/open_run.ts";
import type { Run } from "../run/run.ts";
import { newRunId, type StoredRun } from "../run/run_store.ts";
import { hideIn } from "../run/state_folder.ts";
import type { WriterLock } from "../run/writer_lock.ts";
import { watchPrompts } from "../run/watch_prompts.ts";
import { endOrphans } from "../work/command_mark.ts";
import { ignoreFilesBefore } from "../work/snapshot.ts";
import { openWorkspace } from "../work/workspace.ts";
import type { WriteRecorder } from "../work/write_record.ts";
import { copiesOf, type HeldCopies, offered } from "./copies_of.ts";
import type { Crew } from "./crew.ts";
import type { CliContext } from "./context.ts";
import { dirtyFiles } from "./dirty_files.ts";
import { assembled } from "./assembled.ts";
import { knownRun, NO_PLUGINS } from "./known_run.ts";
import { LET_GO, lettingGo } from "./letting_go.ts";
import { LiveCrew } from "./live/live_crew.ts";
import { holdProject } from "./hold_project.ts";
import { stateHome } from "./places.ts";
import type { Situation } from "./situation.ts";
import { blamedOn, journalOf, runStore } from "./stored_run.ts";
import { missingIn } from "./missing_in.ts";
import { noLongerTrusted, rememberTrust, trustGiven } from "./run_trust.ts";
import { raisedLimits } from "./raised_limits.ts";
import { branchAtResume, wantedBranch } from "./wanted_branch.ts";
import { trustProject } from "./trust.ts";
import { programOf, runStarted } from "./run_started.ts";
import type { ResumeManner, RunWish } from "./run_wish.ts";

/** What shuts the gate. */
const SHUT: Intent = { kind: "hold", scope: "all", of: "" };

/** A run at work with its journal. */
export interface StartedRun {
  readonly id: string;
  readonly run: Run;
  readonly journal: Journal<Fact>;
  /** Place of the first fact of this process. */
  readonly from: number;
  /** Sentences about how it goes on, for a person without a screen. */
  readonly notes: readonly string[];
  /** What plugins offer now, in order. */
  offers(): readonly Offer[];
  /** Closes the journal and removes what was made beside it; the run must be over. */
  close(): Promise<void>;
}

/** The yes to new tests, whatever they will be. */
const YES_AHEAD: Fact = { type: "tests_accepted", ahead: true };

/**
 * Starts a new run.
 *
 * @param context the world
 * @param crew who works
 * @param wish goal and manner
 * @returns the run at work
 * @throws {JournalError} when its journal cannot be made
 */
export async function startRun(context: CliContext, crew: Crew, wish: RunWish): Promise<StartedRun> {
  const { project, trusted } = crew.situation;
  const dirty = trusted ? await dirtyFiles(project, wish.signal) : [];
  const id = wish.id ?? newRunId(Date.now(), Math.random());
  const { goal, kept = true } = wish;
  const branch = await wantedBranch(crew.situation, { run: id, goal, kept }, wish.signal);
  // Before anything is stored: a run that is refused leaves nothing behind.
  const hold = holdProject(context, project);
  const missing = await missingIn(crew, wish.signal).catch((error) => {
    hold.release();
    throw error;
  });
  const journal = held(hold, () => journalOf({ path: runStore(context).create(id) }, false, programOf(context)));
  return await open(context, crew, { id, journal, hold, apart: false, signal: wish.signal }, [
    runStarted(context, crew, wish, { run: id, dirty }),
    ...(wish.acceptTests ? [YES_AHEAD] : []),
    ...branch,
    ...missing,
    assembled(crew.capabilities, crew.fleet, "at the start"),
    ...pluginsAt(crew, NO_PLUGINS, "start"),
  ], wish.step ? [SHUT] : []);
}

/**
 * Goes on with a stored run.
 *
 * @param context the world
 * @param crew who works
 * @param stored the run
 * @param wish manner; `shown` says whether there is a screen to pass messages on, `words` are what the person says to its arbiter, null
 *   for nothing
 * @returns the run at work
 * @throws {JournalError} when its journal cannot be opened
 */
export async function resumeRun(
  context: CliContext,
  crew: Crew,
  stored: StoredRun,
  { headless, shown, step, talk, words, acceptTests, signal }: ResumeManner,
): Promise<StartedRun> {
  const journal = journalOf(stored, false, programOf(context));
  const { config, trusted } = crew.situation;
  const { known, hold } = knownOf(context, crew, journal);
  const branch = await branchAtResume(crew.situation, known, stored.id, signal).catch((error) => {
    hold.release();
    journal.close();
    throw error;
  });
  const letGo = shown ? [] : lettingGo(known);
  // What was trusted when the run was left may not be what stands there now.
  const waits = known.trusted ? noLongerTrusted(crew.situation) : {};
  const first: Fact[] = [
    { type: "run_resumed", headless, ...(talk === undefined ? {} : { talk }), ...waits },
    ...letGo,
    ...(acceptTests ? [YES_AHEAD] : []),
    ...branch,
    ...pluginsAt(crew, known.plugins, "left"),
    assembled(crew.capabilities, crew.fleet, "at the resume", journal.read()),
  ];
  const limits = raisedLimits(config, known.limits);
  if (limits !== null) first.push({ type: "limits_raised", limits });
  if (trusted && !known.trusted) first.push(...trustGiven(known));
  const said: Intent[] = words === null || words.trim() === "" ? [] : [{ kind: "say", to: ARBITER, text: words }];
  const wishes = step && !known.gated ? [...said, SHUT] : said;
  const { apart } = known;
  const started = await open(context, crew, { id: stored.id, journal, hold, apart, signal }, first, wishes);
  return letGo.length === 0 ? started : { ...started, notes: [LET_GO] };
}

/** A run whose journal is open and whose project is held. */
interface Opened {
  readonly id: string;
  readonly journal: Journal<Fact>;
  readonly hold: WriterLock;
  /** Whether it was offered copies of the project before. */
  readonly apart: boolean;
  readonly signal: AbortSignal;
}

async function open(
  context: CliContext,
  crew: Crew,
  { id, journal, hold, apart, signal }: Opened,
  first: readonly Fact[],
  wishes: readonly Intent[] = [],
): Promise<StartedRun> {
  const home = stateHome(context.environment);
  const orphans = endOrphans();
  orphans.catch(() => {}); // Awaited below, unless something else breaks before.
  const live = new LiveCrew(crew, { home, blobs: journal, checksTypes: true });
  try {
    const { situation, capabilities, fleet } = crew;
    const from = journal.last() + 1;
    const { trusted, standing } = situation;
    if (trusted && standing !== null) trustProject(home, standing);
    hideIn(home, situation.project);
    // Before anything of the project is looked at: what a killed program's commands left may write there yet.
    await orphans;
    const ignoreFiles = ignoreFilesBefore(writesOf(journal), journal);
    const workspace = await openWorkspace({
      root: situation.project,
      recorder: NO_EFFECT,
      blobs: journal,
      checks: situation.config.checks?.value,
      languages: capabilities.registry.languages,
      ignoreFiles,
    });
    const held = await copiesOf(context, crew, journal, { wasApart: apart, ignoreFiles }, signal);
    const run = await openRun(
      {
        journal,
        workspace,
        copies: held?.copies ?? null,
        fleet,
        registry: capabilities.registry,
        tools: capabilities.tools,
        ways: waysOf(situation),
        named: capabilities.named,
        watchPrompts: (tell) => watchPrompts(capabilities.promptSources, capabilities.registry.prompts, tell),
        memory: crew.memory,
        watchCrew: (wake) => live.watch(wake),
        now: () => Date.now(),
      },
      [...first, ...await offered(context, crew, apart, signal)],
      wishes,
    );
    if (standing !== null) rememberTrust(context, standing, run);
    // Its screen may stand long after its end: what is given back then is another run's.
    let over: Promise<void> | null = null;
    const giveBack = () => over ??= endOf(live, held).finally(hold.release);
    const quietly = () => giveBack().catch(() => {}); // Who closes it is told.
    run.done.then(quietly, quietly);
    const close = async () => {
      journal.close();
      await giveBack();
    };
    return { id, run, journal, from, notes: [], offers: () => live.offers, close };
  } catch (error) {
    await live.close();
    const blamed = blamedOn(journal, error);
    hold.release();
    journal.close();
    throw blamed;
  }
}

/** Ends what stands beside a run, once nothing of it is at work. */
async function endOf(live: LiveCrew, held: HeldCopies | null): Promise<void> {
  try {
    await live.close();
  } finally {
    await held?.close();
  }
}

/** What is to be told of the plugins that a run begins with, or goes on with. */
function pluginsAt(crew: Crew, known: PluginsSlice, why: "start" | "left"): readonly Fact[] {
  return factsOf.start({ plugins: known }, crew.capabilities.plugins.offers, why);
}

/** Each effect has a recorder of its own; beside them nothing may be written. */
const NO_EFFECT: WriteRecorder = {
  opened: outsideEffects,
  closed: outsideEffects,
  commandOpened: outsideEffects,
  commandClosed: outsideEffects,
};

function outsideEffects(): never {
  throw new Error(
    "The project was about to be changed outside of any effect: this is a fault of Autonomy; nothing was changed.",
  );
}

/** Reads what of a run's facts a resume has to know, and holds its project; the journal is closed where one of them cannot be. */
function knownOf(context: CliContext, crew: Crew, journal: Journal<Fact>) {
  try {
    return { known: knownRun(journal.read()), hold: holdProject(context, crew.situation.project) };
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** Does something while a lock is held, which is given back where it fails. */
function held<T>(hold: WriterLock, action: () => T): T {
  try {
    return action();
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** What a run has written to the project so far, in its order; of a write that was open when the program ended, too. */
function* writesOf(journal: Journal<Fact>): Iterable<WriteFact> {
  for (const fact of journal.read()) {
    if (fact.type !== "write_opened" && fact.type !== "command_closed" || fact.workspace !== undefined) continue;
    if (fact.type === "write_opened") yield fact.write;
    else yield* fact.writes;
  }
}

function waysOf({ config }: Situation): Record<string, Way> {
  return Object.fromEntries(
    Object.entries(config.roles).flatMap(([role, { way }]) => way === undefined ? [] : [[role, way.value]]),
  );
}
