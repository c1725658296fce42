import { elapsed } from "../features/run/elapsed.ts";
import { shellLine } from "../features/words_of.ts";
import type { State } from "../features/state.ts";
import { shownAddress } from "../fleet/host_address.ts";
import type { Config } from "./config.ts";

/** What a spent limit is raised by at least, so that the run does not end the same way at once. */
const MORE = { turns: 100, tokens: 200_000, minutes: 10 } as const;

/**
 * Says with which words after `autonomy run` a run goes on: with the flags that it was started with and that are not stored, and with
 * what it lacked at its end.
 *
 * @param state state of the run when it stopped
 * @param config the configuration that it had
 * @returns the words, as a shell reads them; null for an accepted run
 */
export function goOnWords(state: State, config: Config): string | null {
  const { info: run, ending } = state.run;
  if (run === null || ending?.kind === "accepted") return null;
  // A rehearsal starts its own hosts again.
  const flags = run.label === "" ? crewFlags(config) : [];
  return shellLine(["--resume", run.id, ...lacking(state), ...flags]);
}

/** What the run ended for want of. */
function lacking(state: State): readonly string[] {
  const { ending } = state.run;
  const { limits, roleLimits } = state.spending;
  if (limits === null || ending === null) return [];
  if (ending.kind === "blocked") return state.people.trusted ? ["YOUR ANSWER"] : ["--trust"];
  // Runs of earlier versions ended for want of these by their kind alone.
  if (ending.spent !== true && ending.kind !== "budget") return [];
  const { turns, tokens, wallMs } = limits;
  if (wallMs !== null && elapsed(state, ending.at) >= wallMs) {
    const minutes = Math.ceil(wallMs / 60_000);
    return ["--timeout", `${Math.max(2 * minutes, minutes + MORE.minutes)}m`];
  }
  if (turns !== null && state.spending.run.turns >= turns) {
    return ["--max-turns", String(Math.max(2 * turns, turns + MORE.turns))];
  }
  // The budget of a single role comes from the configuration: no flag raises it.
  const isOfRole = Object.keys(roleLimits).some((role) => ending.cause.startsWith(`The budget of ${role} `));
  return tokens === null || isOfRole ? [] : ["--max-tokens", String(Math.max(2 * tokens, tokens + MORE.tokens))];
}

/** The flags that the command line gave of hosts, models and ways: a stored run does not hold them. */
function crewFlags(config: Config): readonly string[] {
  const roles = Object.entries(config.roles);
  return [
    ...(config.named === null ? [] : ["--config", config.named]),
    ...Object.entries(config.hosts).flatMap(([name, { value, origin }]) =>
      origin === "--host" ? ["--host", `${name}=${shownAddress(value.url)}`] : []
    ),
    ...(config.modelOfAll === null ? [] : ["-m", config.modelOfAll.value]),
    ...roles.flatMap(([role, { models }]) =>
      models?.origin === "--model" ? ["-m", `${role}=${models.value.join()}`] : []
    ),
    ...roles.flatMap(([role, { way }]) => way?.origin === "--way" ? ["--way", `${role}=${way.value}`] : []),
    ...config.allow.flatMap(({ value, origin }) => origin === "--allow" ? ["--allow", value.join(" ")] : []),
  ];
}
