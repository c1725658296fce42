import { changedFiles } from "../features/files/changed_files.ts";
import type { RunBefore } from "../features/run/facts.ts";
import type { State } from "../features/state.ts";
import { plainName } from "../kernel/say.ts";
import { asLeft, LEFT } from "../tell/as_left.ts";

/**
 * Says of a run what the next one on the same screen is told of it.
 *
 * @param state the run, at which nothing is at work
 */
export function runBefore(state: State): RunBefore {
  const { info, ending } = asLeft(state).run;
  return {
    run: info?.id ?? "",
    goal: info?.goal ?? "",
    ending: ending?.left === true ? LEFT : plainName(ending?.kind ?? ""),
    cause: ending?.cause ?? "",
    files: changedFiles(state.files.byPath).map(({ path }) => path),
  };
}
