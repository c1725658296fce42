import { BUILT_IN } from "../../plugin/built_in.ts";
import { counted } from "../../kernel/text.ts";
import type { WriteFact } from "../../effects/write_fact.ts";
import { settleOpenCommand, toFact } from "../../run/settle.ts";
import { settleOpenWrite, undoWrites } from "../../work/undo.ts";
import { openWorkspace } from "../../work/workspace.ts";
import type { WriteRecorder } from "../../work/write_record.ts";
import type { Fact } from "../../features/fact.ts";
import type { Writing } from "../../features/files/slice.ts";
import type { State } from "../../features/state.ts";
import { placeOf } from "../../features/workspaces/place_of.ts";
import { changedFiles } from "../../features/files/changed_files.ts";
import { standing, writtenFiles } from "../changed_files.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { holdProject } from "../hold_project.ts";
import { projectFolder } from "../places.ts";
import { blamedOn, findRun, type ReadRun, readRun } from "../stored_run.ts";
import { oneLine } from "../../kernel/say.ts";

/** Flags of `undo`. */
export interface UndoFlags {
  readonly project?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/**
 * Puts every file that a run changed back to what it was before, and says first which run and which project that is about. The project is
 * the current one, or that of a run which was named by its id.
 *
 * @param flags `dryRun` only says what would happen, `yes` answers what is asked for another project than the current one
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @throws {CommandError} exit code 2 for an unknown run or a project that is gone, 4 where the answer was no; a journal at work is exit code 8
 */
export default async function undo(this: CliContext, flags: UndoFlags, id: string): Promise<void> {
  // Opened for writing, so that no run works on the project from its journal at the same time.
  const run = readRun(findRun(this, id, { project: flags.project }), flags.dryRun);
  try {
    const root = projectOf(run);
    const here = mustBeOf(this, run, root, flags);
    this.stdout.write(`Run ${run.id} of ${oneLine(root)}: ${oneLine(run.state.run.info?.goal ?? "", 100)}\n`);
    if (flags.dryRun) return sayWhatWouldHappen(this, run, root);
    if (root !== here && !flags.yes) mayChange(this, root, here);
    const hold = holdProject(this, root);
    try {
      await takeBack(this, run, root);
    } finally {
      hold.release();
    }
  } catch (error) {
    throw blamedOn(run.journal, error);
  } finally {
    run.journal.close();
  }
}

/** The folder that the person means: the run's own, where they named one. */
function mustBeOf(context: CliContext, { id }: ReadRun, root: string, { project }: UndoFlags): string {
  const here = projectFolder(project ?? ".", context.folder);
  if (project === undefined || here === root) return here;
  throw new CommandError(EXIT.usage, `Run ${id} works in ${root}, not in ${here}. Leave --project out.`);
}

/** Asks whoever is there before another project than the current one is changed; without a person the id that was named is the yes. */
function mayChange(context: CliContext, root: string, here: string): void {
  const answer = askPerson(context, `You are in ${oneLine(here)}. Put the files of ${oneLine(root)} back? [y/N]`);
  if (answer === null || isYes(answer)) return;
  throw new CommandError(EXIT.blocked, "Nothing was changed. Answer y, or give --yes.");
}

function projectOf({ id, state }: ReadRun): string {
  const project = state.run.info?.project ?? "";
  try {
    return Deno.realPathSync(project);
  } catch (cause) {
    throw new CommandError(
      EXIT.usage,
      `The project of run ${id} was ${project}, which is not there any more: there is nothing to undo.`,
      { cause },
    );
  }
}

/** What of a run is to be taken back, and what cannot be. */
interface Undone {
  /** All writes in their order: of tools, of commands, and those that were open when the program ended. */
  readonly writes: readonly WriteFact[];
  readonly excepted: readonly string[];
}

async function undoneBy({ facts, state, journal }: ReadRun, root: string): Promise<Undone> {
  // An attempt that was being taken back is taken back to its end first: then its writes are undone already.
  const takenBack = Object.values(state.effects.open).flatMap(({ effect }) => {
    const attempt = effect.kind === "take_back" ? state.attempts.open[effect.attempt] : undefined;
    return attempt === undefined ? [] : attempt.workspace === null ? attempt.writes : attempt.applied;
  });
  if (takenBack.length > 0) undoWrites(root, takenBack, journal);
  const attempted = new Set(takenBack);
  const inProject = facts.filter(isInProject);
  const writes = inProject.flatMap((fact) =>
    fact.type === "write_closed" && fact.done ? [fact.write] : fact.type === "command_closed" ? fact.writes : []
  ).filter((write) => !attempted.has(write));
  const excepted = inProject.flatMap((fact) => fact.type === "command_closed" ? fact.excepted : []);
  for (const { write, command } of openInProject(state)) {
    if (write !== null) {
      const settled = settleOpenWrite(root, write);
      if (settled.state === "done") writes.push(toFact(settled.write));
    }
    if (command === null) continue;
    const workspace = await openWorkspace({ root, recorder: SILENT, blobs: journal, languages: BUILT_IN.languages });
    const found = await settleOpenCommand(command, state.at, {
      root,
      settleCommand: (words, snapshot) => workspace.settleCommand(words, snapshot),
    });
    writes.push(...found.writes.map(toFact));
    excepted.push(...found.excepted);
  }
  return { writes, excepted: [...new Set(excepted)] };
}

/** Whether a fact is not of a copy of the project: those are gone with the run. */
function isInProject(fact: Fact): boolean {
  return !("workspace" in fact) || fact.workspace === undefined;
}

/** What was being written to the project when the program ended. */
function openInProject(state: State): readonly Writing[] {
  return Object.values(state.effects.open).flatMap(({ effect }) => {
    const writing = state.files.writing[effect.key];
    return writing === undefined || placeOf(state, effect) !== null ? [] : [writing];
  });
}

/** What is settled here is taken back at once, and told to nobody. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

async function takeBack(context: CliContext, run: ReadRun, root: string): Promise<void> {
  const { writes, excepted } = await undoneBy(run, root);
  const { restored, removed, left } = undoWrites(root, writes, run.journal);
  const say = (line: string) => context.stdout.write(`${line}\n`);
  for (const path of restored) say(`restored  ${oneLine(path)}`);
  for (const path of removed) say(`removed   ${oneLine(path)}`);
  for (const { path, reason } of left) say(`left      ${oneLine(path)}: ${oneLine(reason)}`);
  for (const path of excepted) say(`left      ${oneLine(path)}: ${EXCEPTED}`);
  if (restored.length + removed.length + left.length === 0) say(`Run ${run.id} changed no file of ${root}.`);
  else {
    const back = counted(restored.length + removed.length, "file");
    say(`${back} of ${root} put back as before run ${run.id}, ${counted(left.length, "file")} left as found.`);
  }
  if (left.length > 0) context.endWith(EXIT.partial);
}

/** Why some files that changed under a command are not taken back. */
const EXCEPTED = "it changed while a command ran or after, and what stood in it before is not known";

function sayWhatWouldHappen(context: CliContext, run: ReadRun, root: string): void {
  const say = (line: string) => context.stdout.write(`${line}\n`);
  const written = writtenFiles(root, run.state.files);
  const files = changedFiles(written);
  for (const { path, change } of files) {
    const stands = standing(root, written, path);
    if (stands === "as before") say(`as before ${oneLine(path)}`);
    else if (stands === "changed since") say(`left      ${oneLine(path)}: someone changed it since`);
    else say(`${change === "made" ? "removed  " : "restored "} ${oneLine(path)}`);
  }
  for (const fact of run.facts) {
    if (fact.type !== "command_closed" || !isInProject(fact)) continue;
    for (const path of fact.excepted) say(`left      ${oneLine(path)}: ${EXCEPTED}`);
  }
  for (const { command } of openInProject(run.state)) {
    if (command !== null) {
      say(`and what \`${oneLine(command.words.join(" "))}\` changed, which was still running at the end`);
    }
  }
  say(
    files.length === 0
      ? `Run ${run.id} changed no file of ${root}.`
      : "Nothing was changed: this is what undo would do.",
  );
}
