import { pastWork } from "../features/attempts/past_work.ts";
import { type OwnedWrite, ownedWrites, type Owner } from "../features/files/owned_writes.ts";
import type { Fact } from "../features/fact.ts";
import { oneLine } from "../kernel/say.ts";
import { counted } from "../kernel/text.ts";
import type { Journal } from "../run/journal.ts";
import type { ChangedPart } from "../tell/changed_part.ts";
import type { Store } from "../tui/store.ts";
import { sayUndone } from "../tell/undone_files.ts";
import { moveFiles, type MoveReport } from "../work/move_files.ts";
import type { Way } from "../work/ways.ts";
import type { WriteRecord } from "../work/write_record.ts";
import { broughtIn, movedCount } from "./brought_in.ts";
import { noteByHand } from "./by_hand.ts";
import { chosenAttempt } from "./chosen_attempt.ts";
import { waitsForCommit } from "./commit_run.ts";
import type { CliContext } from "./context.ts";
import { whileHeld } from "./hold_project.ts";
import { mustBeSettled } from "./settled_writes.ts";
import { type ReadRun, runIn } from "./stored_run.ts";
import { takePartBack } from "./take_part_back.ts";
import { pastOf } from "./undone_part.ts";

/** An undo of this screen: which of the run's writes it made. */
export interface Undone {
  readonly says: string;
  readonly from: number;
  readonly to: number;
}

/** The owner of no work: what is sorted for it shows what earlier undos took. */
const NOBODY: Owner = { task: "", role: "" };

/** Undoes parts of a run that is over while its screen stands, takes that back, the last one first, and brings in what was not accepted. */
export class ScreenUndo {
  /**
   * @param context the world
   * @param id of the run
   * @param journal of the run, open for writing
   * @param tell hears that the run has new facts
   * @param isAtWork whether the run is at work
   * @param commits whether what waits for a branch is committed once the screen is left
   * @param undone what was undone of the run on this screen before, oldest first; what is undone now comes to it
   */
  constructor(
    readonly context: CliContext,
    readonly id: string,
    readonly journal: Journal<Fact>,
    readonly tell: () => void,
    readonly isAtWork: () => boolean,
    readonly commits: boolean,
    readonly undone: Undone[] = [],
  ) {}

  /**
   * Puts back what a part of the work changed.
   *
   * @returns a sentence that says what became of it
   * @throws where the run is not over, or the project is gone or held
   */
  async undo({ says, owner }: ChangedPart): Promise<string> {
    if (owner === null) {
      throw new Error("An attempt is no part by itself. [ ] chooses its task, its role or all of the run.");
    }
    return await this.#held(async (run, root) => {
      const from = ownedWrites(run.facts).length;
      const { report } = await takePartBack(run, root, owner);
      this.tell();
      const to = ownedWrites(this.#read().facts).length;
      if (to > from) this.undone.push({ says, from, to });
      const isAll = owner.task === null && owner.role === null;
      const text = said(
        report,
        isAll ? sayUndone : (count) => `${counted(count, "file")} put back as without ${says}.`,
      );
      return `${text}${to > from ? " R takes that back." : ""}`;
    });
  }

  /** What the last undo of this screen put back, in words; null where none of them can be taken back. */
  get last(): string | null {
    return this.undone.at(-1)?.says ?? null;
  }

  /**
   * Brings back what the last undo of this screen put back: each write once more, as work of the attempt that made it.
   *
   * @returns a sentence that says what became of it
   * @throws where nothing was undone here, or the project is gone or held
   */
  async redo(): Promise<string> {
    const last = this.undone.at(-1);
    if (last === undefined) throw new Error("Nothing was undone here that could be taken back.");
    return await this.#held((_run, root) => {
      const reports = this.#takenWrites(last).map(({ attempt, writes }) => {
        const run = this.#read();
        const noted = noteByHand(run, { attempt, takes: null }, []);
        const moving = { blobs: this.journal, merges: true, recorder: noted.recorder };
        const report = moveFiles(root, waysOf(writes), moving);
        noted.end(report);
        return report;
      });
      this.undone.pop();
      this.tell();
      return Promise.resolve(said(joined(reports), (count) => `${counted(count, "file")} as with ${last.says} again.`));
    });
  }

  /**
   * Brings in the best work at a task that was not accepted.
   *
   * @param task id of the task
   * @returns a sentence that says what became of it
   * @throws where there is none, the run is not over, or the project is gone or held
   */
  async apply(task: string): Promise<string> {
    return await this.#held(async (run, root) => {
      const attempt = chosenAttempt(run, task);
      const report = await broughtIn(run, root, attempt);
      this.tell();
      const text = said(
        report,
        (count) => `${counted(count, "file")} of ${attempt.task}.${attempt.number} brought in.`,
      );
      return movedCount(report) === 0 ? text : `${text} U in the changes takes that back.`;
    });
  }

  #read(): ReadRun {
    return runIn(this.journal, { id: this.id, path: this.journal.path });
  }

  async #held(act: (run: ReadRun, root: string) => Promise<string>): Promise<string> {
    const run = this.#read();
    const { info } = run.state.run;
    if (this.isAtWork()) throw new Error("The run is at work: U undoes once it is over.");
    if (this.commits && waitsForCommit(run)) {
      throw new Error(`Its work goes to a branch when you quit. Undo it then: autonomy undo ${this.id}.`);
    }
    mustBeSettled(run);
    const root = Deno.realPathSync(info?.project ?? "");
    let sentence = "";
    await whileHeld(this.context, root, async () => {
      sentence = await act(run, root);
    });
    return sentence;
  }

  /** The writes that an undo took back, in their order, as far as one attempt made them one after the other. */
  #takenWrites({ from, to }: Undone): readonly { readonly attempt: string | null; readonly writes: OwnedWrite[] }[] {
    const { facts } = this.#read();
    const owned = ownedWrites(facts).slice(0, to);
    const took = new Set(pastOf(owned, NOBODY).slice(from).flatMap((past) => [...past.took ?? []]));
    const attempts = pastWork(facts).filter(({ verdict }) => verdict === "kept");
    const groups: { readonly attempt: string | null; readonly writes: OwnedWrite[] }[] = [];
    for (const one of owned.filter(({ write }) => took.has(write as WriteRecord))) {
      const made = attempts.findLast(({ task, role }) => task === one.task && role === one.role);
      const attempt = made === undefined ? null : `${made.task}.${made.number}`;
      const last = groups.at(-1);
      if (last?.attempt === attempt) last.writes.push(one);
      else groups.push({ attempt, writes: [one] });
    }
    return groups;
  }
}

/**
 * Gives the screen what it can do to the work of a run that is over.
 *
 * @param undo undoes and brings in
 * @param parts the parts of the work, as the screen names them
 */
export function handOf(
  undo: ScreenUndo,
  parts: () => readonly ChangedPart[],
): Required<Pick<Store, "undo" | "redo" | "lastUndone" | "apply">> {
  return {
    async undo(part) {
      const found = parts().find((one) => one.id === part);
      if (found === undefined) throw new Error(`There is no part ${part} of the run's work.`);
      return await undo.undo(found);
    },
    redo: () => undo.redo(),
    lastUndone: () => undo.last,
    apply: (task) => undo.apply(task),
  };
}

/** The way of each file over its writes, forward. */
function waysOf(writes: readonly OwnedWrite[]): readonly Way[] {
  const ways = new Map<string, Way>();
  for (const { write: { path, before, after, modeBefore, modeAfter } } of writes) {
    const side = (hash: string | null, mode: number | null) => hash === null ? null : { hash, mode: mode ?? 0 };
    const from = ways.get(path)?.steps[0]?.from ?? side(before, modeBefore);
    ways.set(path, { path, steps: [{ from, to: side(after, modeAfter), isCovered: false }], createdFolders: [] });
  }
  return [...ways.values()];
}

function joined(reports: readonly MoveReport[]): MoveReport {
  const all = (
    name: "restored" | "removed" | "merged" | "unchanged",
  ) => [...new Set(reports.flatMap((one) => one[name]))];
  return {
    restored: all("restored"),
    removed: all("removed"),
    merged: all("merged"),
    unchanged: all("unchanged"),
    left: reports.flatMap(({ left }) => left),
  };
}

/** Most files that are named where they were left. */
const MOST_NAMED = 6;

/** What became of files, in a sentence: those that were left by their names first, then why. */
function said({ restored, removed, merged, unchanged, left }: MoveReport, how: (count: number) => string): string {
  const moved = new Set([...restored, ...removed, ...merged]).size - unchanged.length;
  if (left.length === 0) return moved === 0 ? "Every file stands so already." : how(moved);
  const names = left.slice(0, MOST_NAMED).map(({ path }) => oneLine(path, 60)).join(", ");
  const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : "";
  const reasons = [...new Set(left.map(({ reason }) => oneLine(reason, 120)))];
  return `${moved === 0 ? "No file is moved." : how(moved)} ${left.length} left: ${names}${more}: ${
    reasons.join("; ")
  }.`;
}
