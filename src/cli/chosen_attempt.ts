import type { AttemptVerdict } from "../features/attempts/facts.ts";
import { type AttemptWork, bestOf, pastWork } from "../features/attempts/past_work.ts";
import { counted } from "../kernel/text.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import type { ReadRun } from "./stored_run.ts";

/**
 * Finds the attempt that is meant: a named one, or of a task the one that the checks said the best of among those that were not accepted, else
 * the last that was.
 *
 * @param run the run
 * @param wanted a task (`T1`) or an attempt (`T1.2`)
 * @throws {CommandError} exit code 2 where there is none, with what there is
 */
export function chosenAttempt(run: ReadRun, wanted: string): AttemptWork {
  const works = pastWork(run.facts);
  const named = works.find(({ task, number }) => `${task}.${number}` === wanted);
  const some = works.filter(({ files }) => files.length > 0);
  const own = some.filter(({ task }) => task === wanted);
  const best = bestOf(own.filter(({ verdict }) => verdict !== "kept")) ?? own.at(-1);
  const found = named ?? best;
  if (found !== undefined && found.files.length > 0) return found;
  const names = some.map(({ task, number }) => `${task}.${number}`).join(", ");
  const there = names === "" ? "No attempt of it changed a file." : `Attempts that changed files: ${names}.`;
  const isKnown = named !== undefined || run.state.tasks.list.some(({ id }) => id === wanted);
  throw new CommandError(
    EXIT.usage,
    isKnown
      ? `${wanted} of run ${run.id} has no change to look at. ${there}`
      : `Run ${run.id} has no task or attempt ${wanted}. ${there}`,
  );
}

/** What became of an attempt. */
export const BECAME: Readonly<Record<AttemptVerdict, string>> = {
  kept: "accepted",
  refuted: "not accepted",
  empty: "changed nothing",
  failed: "failed",
  cancelled: "ended, another was first",
};

/** Says which attempt it is and what became of it. */
export function sayAttempt({ task, number, role, verdict, checks, passing, broke }: AttemptWork): string {
  const said = [
    verdict === null ? "never ended" : BECAME[verdict],
    ...(checks === 0 ? [] : [`${passing} of ${counted(checks, "check")} of the task pass with it`]),
    ...(broke === 0 ? [] : [`broke ${counted(broke, "result")}`]),
  ];
  return `${task}.${number} by ${role}: ${said.join(", ")}`;
}
