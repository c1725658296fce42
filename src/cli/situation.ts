import { CommandError } from "./command_error.ts";
import { type Config, type ConfigSources, loadConfig, type Overrides } from "./config.ts";
import type { CliContext } from "./context.ts";
import { takeKey } from "../fleet/host_address.ts";
import { EXIT } from "./exit_code.ts";
import { CONFIG_FILE, projectFolder, stateHome } from "./places.ts";
import { type BoundFlags, type CrewFlags, type GitFlags, overridesOf } from "./run_flags.ts";
import { type Standing, standingOf } from "./trust.ts";
import { changesText, waitsText } from "./trust_text.ts";

/** A project with all that is configured for it. */
export interface Situation {
  /** Real path of the project. */
  readonly project: string;
  readonly config: Config;
  /** Whether the project was trusted before as it is now, or is by its flag: its checks and commands may run. */
  readonly trusted: boolean;
  /** Whether the plugins, prompts and settings of the project's own folders count: the one gate that all of them go through. */
  readonly loads: boolean;
  /** Whether the trust comes from the flag alone. */
  readonly newlyTrusted: boolean;
  /** What the configuration was read from, to read it again. */
  readonly sources: ConfigSources;
  /** How the trust stands, with the files that it is about; null for a project of the program's own, for which nothing is noted. */
  readonly standing: Standing | null;
}

/**
 * Finds the project that a command is about and reads its configuration.
 *
 * @param context the world
 * @param flags flags of the command
 * @param changes what is set beside the flags: a project, hosts, ways; `own` for a project that the program made
 * @returns project, configuration and trust
 * @throws {CommandError} exit code 2 for a missing project, 7 for a wrong configuration
 */
export function situationOf(
  context: CliContext,
  flags: CrewFlags & Partial<BoundFlags> & GitFlags,
  changes: Overrides & { readonly project?: string; readonly own?: boolean } = {},
): Situation {
  const project = projectFolder(changes.project ?? flags.project ?? ".", context.folder);
  const own = changes.own === true;
  if (!own) refuseOurOwn(project, stateHome(context.environment));
  const standing = own ? null : standingOf(stateHome(context.environment), project);
  const known = standing === null || standing.state === "trusted";
  const trusted = known || flags.trust;
  const loads = trusted && standing !== null && standing.fault === null;
  const flagged = overridesOf(flags);
  const overrides: Overrides = {
    ...flagged,
    ...(changes.hosts === undefined ? {} : { hosts: changes.hosts }),
    ways: { ...changes.ways, ...flagged.ways },
    withoutFiles: changes.withoutFiles,
  };
  const sources: ConfigSources = {
    environment: context.environment,
    project,
    trusted: loads,
    unread: standing !== null && !trusted && isOtherThanTrusted(standing, CONFIG_FILE),
    overrides,
    folder: context.folder,
  };
  const config = loadConfig(sources);
  // Now, not when a host is opened: before that, checks are looked for, and not every command opens every host.
  for (const variable of config.keyVariables) takeKey(variable);
  return { project, config, trusted, loads, newlyTrusted: trusted && !known, sources, standing };
}

/** Whether a file of a project that was trusted once is not the one that was. */
function isOtherThanTrusted({ state, changes }: Standing, path: string): boolean {
  return state !== "never" && changes.some((change) => change.path === path);
}

/** Commands of a run work in its project, so what we keep of runs is none. */
function refuseOurOwn(project: string, state: string): void {
  let real = state;
  try {
    real = Deno.realPathSync(state);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (project !== real && !project.startsWith(`${real}/`)) return;
  throw new CommandError(
    EXIT.usage,
    `${project} is where Autonomy keeps its runs (${real}): no project may lie there. Name another folder with --project.`,
  );
}

/** Said by a command that only looks, where its flag was the trust. */
export const LOOK_TRUST = "trusted for this look only: a run with --trust notes it";

/**
 * Says what of the project's own configuration is not used yet.
 *
 * @param config the configuration
 * @returns sentences for people
 */
export function waitingNotes(config: Config): string[] {
  return config.waiting.map((place) => `Not used until the project is trusted (start a run with --trust): ${place}.`);
}

/**
 * Says how the trust in the project stands, where that is worth knowing.
 *
 * @param situation the project
 * @returns sentences for people
 */
export function trustNotes({ standing, trusted, newlyTrusted }: Situation): string[] {
  if (standing === null) return [];
  const notes = trusted ? [] : [waitsText(standing)];
  if (newlyTrusted && standing.changes.length > 0) notes.push(`Trusted as it stands now: ${changesText(standing)}.`);
  if (trusted && standing.fault !== null) {
    notes.push(`No plugin, prompt or setting of the project's own folders is used. ${standing.fault}`);
  }
  return notes.filter((note) => note !== "");
}
