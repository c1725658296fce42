import type { Crew } from "./crew.ts";
import type { StartForm } from "../tui/store.ts";
import { CommandError } from "./command_error.ts";
import { crewPlaces, tooSmall } from "./crew_places.ts";
import { EXIT } from "./exit_code.ts";

/**
 * Refuses to start where a role cannot be played: no host answers, none has a model that was named, or one holds too little for a prompt.
 *
 * @param crew the crew and its hosts
 * @throws {CommandError} exit code 6, with what to do
 */
export function mustBePlayable(crew: Crew): void {
  const reasons = new Set(crewPlaces(crew).filter(({ model }) => model === null).map(({ note }) => note));
  const lacks = [...reasons, ...tooSmall(crew)];
  if (lacks.length > 0) throw new CommandError(EXIT.no_host, lacks.join("\n"));
}

/**
 * Makes what is shown while the goal is asked for.
 *
 * @param crew the crew and its hosts
 * @returns the form
 */
export function startForm(crew: Crew): StartForm {
  const rows = crewPlaces(crew).map(({ role, model, host, note }) => ({
    role,
    model: model ?? "none",
    host: host ?? "",
    note,
  }));
  return {
    project: crew.situation.project,
    rows,
    checks: crew.capabilities.checks.map(({ command }) => command.join(" ")),
    notes: crew.notes,
  };
}
