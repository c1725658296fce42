import { writtenBy } from "../../features/attempts/written_by.ts";
import { ToolError } from "../../ports/tool.ts";
import { undoWrites } from "../../work/undo.ts";
import { type EffectKind, Refusal } from "../effect_kind.ts";
import type { WriteFact } from "../write_fact.ts";
import { TakeBackEffect, TakenBack } from "./take_back_effect.ts";

/** Takes an attempt back, and records the way back like any other write, so that undoing the run stays exact. */
export const takeBack: EffectKind<TakeBackEffect, TakenBack> = {
  exclusive: "project",
  schema: TakeBackEffect,
  result: TakenBack,
  says: ({ attempt }) => `taking back attempt ${attempt.split(".").at(-1)}`,
  tell: { started: ["key", "attempt"], finished: ["restored", "left"] },
  perform({ key, attempt: name }, { state, project, blobs, note }) {
    const written = writtenBy(state, name);
    if (written === null) return Promise.reject(new Refusal(`Attempt ${name} is not open.`));
    const report = undoWrites(project.root, written, blobs);
    const restored = [...report.restored, ...report.removed];
    // A program that ended right after the record takes back once more: what is recorded already happened once.
    const writes = restored.map((path) => wayBack(written.filter((write) => write.path === path)))
      .filter((write) => state.files.byPath[write.path]?.current !== write.after);
    note({ type: "command_closed", key, writes, excepted: [] });
    if (report.disk !== undefined) {
      const [first] = report.left;
      return Promise.reject(
        new ToolError(`${first?.path} was not put back: ${first?.reason}`, { cause: report.disk }),
      );
    }
    return Promise.resolve({ kind: "take_back", restored, left: report.left.map((one) => ({ ...one })) });
  },
};

function wayBack(writes: readonly WriteFact[]): WriteFact {
  const first = writes[0]!;
  const last = writes.at(-1)!;
  return {
    path: first.path,
    before: last.after,
    after: first.before,
    modeBefore: last.modeAfter,
    modeAfter: first.modeBefore,
    createdFolders: [],
  };
}
