import type { State } from "../state.ts";
import { shellLine } from "../words_of.ts";

/** A command that a person may run, as a shell reads it. */
export interface LeftToRun {
  readonly command: string;
  /** What became of it in the run; empty where it did not run. */
  readonly why: string;
}

/** Names the commands that kept attempts wanted and that did not run in the project with success, each once. */
export function leftCommands({ later: { left, waiting } }: State): readonly LeftToRun[] {
  const waits = waiting.flatMap(({ commands }) => commands.map(({ command }) => ({ command, why: "" })));
  const found = new Map<string, LeftToRun>();
  for (const { command, why } of [...left, ...waits]) {
    const line = shellLine(command);
    found.set(line, { command: line, why: why === "" ? found.get(line)?.why ?? "" : why });
  }
  return [...found.values()];
}
