import type { WriteFact } from "../../core/effect.ts";
import type { Stamped } from "../../core/fact.ts";
import { settleOpenWrite, undoWrites } from "../../run/undo.ts";
import { changedFiles, standing } from "../changed_files.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { findRun, type ReadRun, readRun } from "../stored_run.ts";
import { oneLine, plural } from "../table.ts";

/** Flags of `undo`. */
export interface UndoFlags {
  readonly dryRun: boolean;
}

/**
 * Puts every file that a run changed back to what it was before.
 *
 * @param flags `dryRun` only says what would happen
 * @param id run, or the beginning of its id
 * @throws {CommandError} exit code 2 for an unknown run or a project that is gone; a journal at work is exit code 8
 */
export default function undo(this: CliContext, flags: UndoFlags, id: string): void {
  // Opened for writing, so that no run works on the project from its journal at the same time.
  const run = readRun(findRun(this, id), flags.dryRun);
  try {
    const root = projectOf(run);
    if (flags.dryRun) sayWhatWouldHappen(this, run, root);
    else takeBack(this, run, root);
  } finally {
    run.journal.close();
  }
}

function projectOf({ id, state }: ReadRun): string {
  if (state.run === null) throw new CommandError(EXIT.usage, `Run ${id} never began: there is nothing to undo.`);
  try {
    return Deno.realPathSync(state.run.project);
  } catch (cause) {
    throw new CommandError(
      EXIT.usage,
      `The project of run ${id} was ${state.run.project}, which is not there any more: there is nothing to undo.`,
      { cause },
    );
  }
}

/** All writes of a run in their order: of tools, of commands, and those that were open when the program ended. */
function writesOf(facts: readonly Stamped[], root: string, run: ReadRun): WriteFact[] {
  const writes = facts.flatMap((fact) =>
    fact.type === "write_closed" && fact.done ? [fact.write] : fact.type === "command_closed" ? fact.writes : []
  );
  for (const { write } of Object.values(run.state.effects)) {
    if (write === null) continue;
    const settled = settleOpenWrite(root, write);
    if (settled.state === "done") writes.push({ ...settled.write, createdFolders: [...settled.write.createdFolders] });
  }
  return writes;
}

function takeBack(context: CliContext, run: ReadRun, root: string): void {
  const { restored, removed, left } = undoWrites(root, writesOf(run.facts, root, run), run.journal);
  const say = (line: string) => context.stdout.write(`${line}\n`);
  for (const path of restored) say(`restored  ${oneLine(path)}`);
  for (const path of removed) say(`removed   ${oneLine(path)}`);
  for (const { path, reason } of left) say(`left      ${oneLine(path)}: ${oneLine(reason)}`);
  for (const { path, why } of exceptedOf(run)) say(`left      ${oneLine(path)}: ${why}`);
  if (restored.length + removed.length + left.length === 0) say(`Run ${run.id} changed no file of ${root}.`);
  else {say(
      `${plural(restored.length + removed.length, "file")} of ${root} as before run ${run.id}, ${left.length} left.`,
    );}
  if (left.length > 0) context.endWith(EXIT.partial);
}

/** Files that commands touched and whose content before is not kept. */
function exceptedOf(run: ReadRun): readonly { readonly path: string; readonly why: string }[] {
  const paths = run.facts.flatMap((fact) => fact.type === "command_closed" ? fact.excepted : []);
  return [...new Set(paths)].map((path) => ({ path, why: "a command changed it, and its content before is not kept" }));
}

function sayWhatWouldHappen(context: CliContext, run: ReadRun, root: string): void {
  const say = (line: string) => context.stdout.write(`${line}\n`);
  const files = changedFiles(run.state);
  for (const { path, change } of files) {
    const stands = standing(root, run.state, path);
    if (stands === "as before") say(`as before ${oneLine(path)}`);
    else if (stands === "changed since") say(`left      ${oneLine(path)}: someone changed it since`);
    else say(`${change === "made" ? "removed  " : "restored "} ${oneLine(path)}`);
  }
  for (const { path, why } of exceptedOf(run)) say(`left      ${oneLine(path)}: ${why}`);
  say(
    files.length === 0
      ? `Run ${run.id} changed no file of ${root}.`
      : "Nothing was changed: this is what undo would do.",
  );
}
