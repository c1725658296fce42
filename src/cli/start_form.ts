import type { Crew } from "./crew.ts";
import type { StartForm } from "../tui/session.ts";
import { CommandError } from "./command_error.ts";
import { crewPlaces, tooSmall } from "./crew_places.ts";
import { exampleGoals } from "./example_goals.ts";
import { EXIT } from "./exit_code.ts";
import type { PastRuns } from "./past_runs.ts";
import type { Situation } from "./situation.ts";

/** Why a role cannot be played; none where all can. */
function lacksOf(crew: Crew): readonly string[] {
  const reasons = new Set(crewPlaces(crew).filter(({ model }) => model === null).map(({ note }) => note));
  return [...reasons, ...tooSmall(crew)];
}

/**
 * Refuses to start where a role cannot be played: no host answers, none has a model that was named, or one holds too little for a prompt.
 *
 * @param crew the crew and its hosts
 * @throws {CommandError} exit code 6, with what to do
 */
export function mustBePlayable(crew: Crew): void {
  const lacks = lacksOf(crew);
  if (lacks.length > 0) throw new CommandError(EXIT.no_host, lacks.join("\n"));
}

/**
 * Makes what the start screen shows.
 *
 * @param crew the crew and its hosts
 * @param gate whether each message of the next run waits from its start
 * @param past runs of the project
 * @returns the form
 */
export function startForm(crew: Crew, gate: boolean, past: PastRuns): StartForm {
  const { situation, capabilities, fleet, notes } = crew;
  const { config } = situation;
  const rows = crewPlaces(crew).map(({ role, model, host, note }) => ({
    role,
    model: model ?? "none",
    host: host ?? "",
    note,
    chosen: config.roles[role]?.models?.origin === "--model",
  }));
  return {
    project: situation.project,
    rows,
    checks: capabilities.checks.map(({ command }) => command.join(" ")),
    notes,
    runs: past.runs,
    olderRuns: past.older,
    examples: exampleGoals(capabilities.checks.length > 0),
    places: fleet.status().flatMap(({ name, state, models }) =>
      state === "up" ? models.map((model) => `${model.name}@${name}`) : []
    ),
    mode: config.mode.value,
    gate,
    trust: trustOf(situation),
    lacks: lacksOf(crew),
  };
}

function trustOf({ standing, trusted }: Situation): StartForm["trust"] {
  if (standing === null) return null;
  return trusted ? { given: true, says: "given" } : {
    given: false,
    says: "not given: its checks and commands, which run its code here, may not run yet; asked when the run begins",
  };
}
