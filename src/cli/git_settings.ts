import type { ConfigFile } from "./config_schema.ts";
import type { Setting } from "./setting.ts";

/** Whether and where accepted work is committed. */
export interface GitSettings {
  /** Whether it is. */
  readonly commit: Setting<boolean>;
  /** Name of the branch, in which `{goal}` stands for words of the goal and `{run}` for the end of the run's id. */
  readonly branch: Setting<string>;
}

/** Finds the value of a field in the files that hold. */
type Find = <Value>(
  field: string,
  get: (values: ConfigFile) => Value | undefined,
) => Setting<Value> | undefined;

/** A branch of its own for each run. */
export const USUAL_BRANCH = "autonomy/{goal}-{run}";

/**
 * Reads whether and where accepted work is committed. A branch that the command line names is wanted.
 *
 * @param overrides what the command line says
 * @param find finds the value of a field
 */
export function gitSettings(
  { commit, branch }: { readonly commit?: boolean; readonly branch?: string },
  find: Find,
): GitSettings {
  const commits: Setting<boolean> | undefined = commit !== undefined
    ? { value: commit, origin: "--commit" }
    : branch !== undefined
    ? { value: true, origin: "--branch" }
    : find<boolean>("commit", ({ git }) => git?.commit);
  return {
    commit: commits ?? { value: false, origin: "default" },
    branch: branch !== undefined
      ? { value: branch, origin: "--branch" }
      : find<string>("branch", ({ git }) => git?.branch) ?? { value: USUAL_BRANCH, origin: "default" },
  };
}
