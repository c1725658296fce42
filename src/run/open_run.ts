import type { Fact } from "../features/fact.ts";
import type { Intent } from "../features/intent.ts";
import { folding } from "../kernel/fold.ts";
import type { WriteRecorder } from "../work/write_record.ts";
import { Loop } from "./loop.ts";
import { movedFiles } from "./moved_files.ts";
import type { Run, RunParts } from "./run.ts";
import { settle } from "./settle.ts";

/**
 * Starts the loop of a run on its journal: a new one whose first facts are committed, or one that goes on where it was left.
 *
 * @param parts what it is made of
 * @param first facts that begin it, or begin it anew
 * @param wishes what a person wants at once
 * @throws where a wish is refused
 */
export async function openRun(parts: RunParts, first: readonly Fact[], wishes: readonly Intent[] = []): Promise<Run> {
  const folds = folding(parts.registry.features);
  const state = folds.fold(parts.journal.read(), folds.empty);
  const loop = new Loop(parts, folds, state);
  if (state.seq > 0) {
    const { workspace } = parts;
    const settled = await settle(state, parts.registry, {
      root: workspace.root,
      settleCommand: (...command) => workspace.recordedBy(SILENT).settleCommand(...command),
    });
    // After the first facts, so that the time since the stop does not count as time of the run.
    loop.commit([...first, ...settled, ...movedFiles(state, workspace)]);
  } else loop.commit(first);
  for (const wish of wishes) {
    const refused = loop.send(wish);
    if (refused !== null) throw new Error(`${wish.kind} is not possible: ${refused}`);
  }
  loop.start();
  return loop;
}

/** Settling returns what it found; the caller commits it. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };
