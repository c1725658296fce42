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

/** A limit of a run. */
export type Limit = "wallMs" | "turns" | "tokens";

/**
 * Says which limit a run ended for want of, and what it may be raised to.
 *
 * @param state state of the run when it stopped
 * @returns null where it ended for another reason, or no limit of the run was it
 */
export function wantedMore(state: State): { readonly limit: Limit; readonly value: number } | null {
  const { ending } = state.run;
  const { limits, roleLimits } = state.spending;
  if (limits === null || ending === null) return null;
  // Runs of earlier versions ended for want of these by their kind alone.
  if (ending.spent !== true && ending.kind !== "budget") return null;
  const { turns, tokens, wallMs } = limits;
  if (wallMs !== null && elapsed(state, ending.at) >= wallMs) {
    const minutes = Math.ceil(wallMs / 60_000);
    return { limit: "wallMs", value: 60_000 * Math.max(2 * minutes, minutes + MORE.minutes) };
  }
  if (turns !== null && state.spending.run.turns >= turns) {
    return { limit: "turns", value: Math.max(2 * turns, turns + MORE.turns) };
  }
  // The budget of a single role comes from the configuration: no flag raises it.
  const isOfRole = Object.keys(roleLimits).some((role) => ending.cause.startsWith(`The budget of ${role} `));
  return tokens === null || isOfRole ? null : { limit: "tokens", value: Math.max(2 * tokens, tokens + MORE.tokens) };
}

/** What the run ended for want of. */
function lacking(state: State): readonly string[] {
  if (state.run.ending?.kind === "blocked") return state.people.trusted ? ["YOUR ANSWER"] : ["--trust"];
  const more = wantedMore(state);
  if (more === null) return [];
  const { limit, value } = more;
  return limit === "wallMs"
    ? ["--timeout", `${value / 60_000}m`]
    : [limit === "turns" ? "--max-turns" : "--max-tokens", String(value)];
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
