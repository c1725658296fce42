import { writtenBy } from "../features/attempts/written_by.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import { isInProject, type OwnedWrite, ownedWrites } from "../features/files/owned_writes.ts";
import type { Writing } from "../features/files/slice.ts";
import type { State } from "../features/state.ts";
import { placeOf } from "../features/workspaces/place_of.ts";
import type { WriteFact } from "../effects/write_fact.ts";
import { BUILT_IN } from "../plugin/built_in.ts";
import { settleOpenCommand, toFact } from "../run/settle.ts";
import { settleOpenWrite, undoWrites } from "../work/undo.ts";
import { openWorkspace } from "../work/workspace.ts";
import type { WriteRecorder } from "../work/write_record.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import type { ReadRun } from "./stored_run.ts";

/** All that a run wrote to the project. */
export interface SettledWrites {
  /** Finished writes in their order, those among them that were open when the program ended. */
  readonly writes: readonly OwnedWrite[];
  /** Files that changed under a command and whose content before is not known. */
  readonly excepted: readonly string[];
  /** What closes the writes that were open. */
  readonly facts: readonly Fact[];
}

/** What is settled here is noted by whoever asked, or by nobody. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/**
 * Finds all that a run wrote to the project. Where the program ended in the middle of it, what was open is settled by what stands there, and
 * an attempt that was being taken back is taken back to its end.
 *
 * @param root real path of the project, or of a copy of all files that the run wrote
 * @param isCopy whether it is such a copy: then a command that was open stays so, since it may have changed any file
 */
export async function settledWrites(run: ReadRun, root: string, isCopy: boolean): Promise<SettledWrites> {
  const { facts, state, journal } = run;
  const takenBack = beingTakenBack(state);
  if (takenBack.length > 0) undoWrites(root, takenBack, journal);
  const settled: Fact[] = [];
  for (const [key, { write, command }] of openInProject(state)) {
    if (write !== null) {
      const found = settleOpenWrite(root, write);
      settled.push({ type: "write_closed", key, write: toFact(found.write), done: found.state === "done" });
    }
    if (command === null || isCopy) continue;
    const workspace = await openWorkspace({ root, recorder: SILENT, blobs: journal, languages: BUILT_IN.languages });
    const found = await settleOpenCommand(command, state.at, {
      root,
      settleCommand: (words, snapshot) => workspace.settleCommand(words, snapshot),
    });
    settled.push({ type: "command_closed", key, writes: found.writes.map(toFact), excepted: [...found.excepted] });
  }
  const stamped = settled.map((fact, index): Stamped => ({ ...fact, seq: state.seq + 1 + index, at: state.at }));
  const all = [...facts, ...stamped];
  const gone = new Set(takenBack);
  return {
    writes: ownedWrites(all).filter(({ write }) => !gone.has(write)),
    excepted: [
      ...new Set(all.flatMap((fact) => fact.type === "command_closed" && isInProject(fact) ? fact.excepted : [])),
    ],
    facts: settled,
  };
}

/** Paths of all files that a run wrote to the project, or was writing. */
export function writtenPaths({ facts, state }: ReadRun): readonly string[] {
  const paths = ownedWrites(facts).map(({ write }) => write.path);
  const open = openInProject(state).flatMap(([, { write }]) => write === null ? [] : [write.path]);
  return [...new Set([...paths, ...open])];
}

/**
 * Refuses what is noted in the journal where an attempt was being taken back when the program ended: that has to come to its end first.
 *
 * @throws {CommandError} exit code 3
 */
export function mustBeSettled({ id, state }: ReadRun): void {
  if (beingTakenBack(state).length === 0) return;
  throw new CommandError(
    EXIT.partial,
    `Run ${id} ended while it took an attempt back. Go on with it (autonomy run --resume ${id}), or undo all of it.`,
  );
}

/** What of an attempt in the project was being taken back when the program ended. */
function beingTakenBack(state: State): readonly WriteFact[] {
  return Object.values(state.effects.open).flatMap(({ effect }) =>
    effect.kind === "take_back" ? writtenBy(state, effect.attempt) ?? [] : []
  );
}

/** What was being written to the project when the program ended, by key of its effect. */
export function openInProject(state: State): readonly (readonly [string, Writing])[] {
  return Object.values(state.effects.open).flatMap(({ effect }) => {
    const writing = state.files.writing[effect.key];
    return writing === undefined || placeOf(state, effect) !== null ? [] : [[effect.key, writing] as const];
  });
}
