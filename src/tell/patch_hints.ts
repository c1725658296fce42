import type { LeftToRun } from "../features/later/left_commands.ts";
import type { State } from "../features/state.ts";
import { projectAtEnd } from "../features/setup/setup_note.ts";
import { oneLine } from "../kernel/say.ts";

/** A command that helps, and what it is for. */
export interface Hint {
  readonly label: string;
  readonly words: string;
}

/**
 * Names the commands by which a person looks at work that was not accepted, and takes it over.
 *
 * @param run id of the run
 * @param tasks tasks that have such work
 * @param command words that start the program, such as `autonomy`
 * @returns none where there is no such work
 */
export function patchHints(run: string, tasks: readonly string[], command: string): readonly Hint[] {
  const [task, ...others] = tasks.map((id) => oneLine(id, 20));
  if (task === undefined) return [];
  const also = others.length === 0 ? "" : ` (also ${others.slice(0, 5).join(", ")})`;
  return [
    { label: "Look", words: `${command} diff ${run} ${task}${also}` },
    { label: "Take over", words: `${command} apply ${run} ${task}` },
  ];
}

/**
 * Names the command that says yes to new tests.
 *
 * @param run id of the run
 * @param waits whether the run waits for that
 * @param command words that start the program, such as `autonomy`
 * @returns none where it does not
 */
export function acceptHints(run: string, waits: boolean, command: string): readonly Hint[] {
  return waits ? [{ label: "Say yes", words: `${command} accept ${run}` }] : [];
}

/**
 * Names the command by which a person tries what was built in a new project, and how it ended when it was tried.
 *
 * @returns none where nothing was started
 */
export function tryHints(state: State): readonly Hint[] {
  const tried = projectAtEnd(state)?.tried ?? null;
  return tried === null ? [] : [{ label: "Try it", words: `${tried.command}  (${oneLine(tried.ended, 200)})` }];
}

/**
 * Names the commands that accepted work wanted run in the project, and that are left to the person.
 *
 * @param project absolute path
 * @returns a label for all of them, and the words of each; null where there are none
 */
export function leftHints(
  project: string,
  left: readonly LeftToRun[],
): { readonly label: string; readonly words: readonly string[] } | null {
  if (left.length === 0) return null;
  return {
    label: `Left for you to run in ${oneLine(project, 1_000)}`,
    words: left.map(({ command, why }) => `${command}${why === "" ? "" : `  (${oneLine(why)})`}`),
  };
}
