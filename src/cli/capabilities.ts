import type { RunnableTool } from "../ports/tool.ts";
import { reviewDecisions } from "../asks/review/review_decisions.ts";
import { allDecisions } from "../features/decisions/kinds.ts";
import { join } from "node:path";
import { PLACEHOLDERS } from "../prompt/prompt.ts";
import type { EffectKind, RunRegistry } from "../effects/effect_kind.ts";
import { ARBITER, type Kinds } from "../features/registry.ts";
import type { LoadedPlugins, PluginFolder } from "../plugin/load.ts";
import type { OpenPlugin } from "../plugin/open_in_process.ts";
import { findSkills } from "../plugin/skills/find_skills.ts";
import type { McpServers } from "../mcp/mcp_servers.ts";
import type { Offer } from "../plugin/offer.ts";
import { buildRegistry, type RegistryFault, type RoleOverrides } from "../plugin/registry.ts";
import { completeCheck } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
import type { Check, PassedOver } from "../languages/runner.ts";
import { type ChecksFound, lookForChecks } from "../work/detect_checks.ts";
import type { GuardedTexts, PromptFault, PromptSources } from "../run/prompt_files.ts";
import { readPrompts } from "../run/read_prompts.ts";
import { CommandError } from "./command_error.ts";
import type { Config } from "./config.ts";
import { EXIT } from "./exit_code.ts";
import type { CliContext } from "./context.ts";
import { type JoinCrew, joining } from "./join_crew.ts";
import {
  BUILT_IN_PLUGINS,
  BUILT_IN_PROMPTS,
  configFolder,
  PROJECT_FOLDER,
  SKILL_FOLDERS,
  stateHome,
} from "./places.ts";
import { knownPlugins, pluginFolders, pluginOpener, type PluginSources } from "./known_plugins.ts";
import { withServers } from "./known_servers.ts";
import { strayNotes } from "./open_with_settings.ts";
import type { Setting } from "./setting.ts";
import type { Situation } from "./situation.ts";
import { trustedTexts } from "./trusted_texts.ts";

/** What plugins, prompts and configuration offer a crew. */
export interface Capabilities {
  readonly registry: RunRegistry;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Where the prompts were read from, to read them again. */
  readonly promptSources: PromptSources;
  /** Plugins, and the MCP servers of the configuration behind them. */
  readonly plugins: LoadedPlugins;
  readonly servers: McpServers;
  /** Folders that plugins of a person or of the project lie in, in order of precedence. */
  readonly pluginFolders: readonly PluginFolder[];
  /** How their plugins are opened. */
  readonly open: OpenPlugin;
  /** Joins other offers with prompts and the configuration. */
  readonly join: JoinCrew;
  /** Notes the crew that is in use, and offers that may be in use next: prompts may name the tools of all of them. */
  use(registry: RunRegistry, next?: readonly Offer[]): void;
  /** Roles whose model the command line named: no other is taken for them. */
  readonly named: ReadonlySet<string>;
  /** Checks of the project, configured or detected. */
  readonly checks: readonly Check[];
  /** What speaks of a check of the project and is none; nothing where checks are configured. */
  readonly passedOver: readonly PassedOver[];
  /** Sentences for people: what was left out and why. */
  readonly notes: readonly string[];
}

/** What capabilities are read for. */
export interface CapabilitySources extends PluginSources {
  /** Which texts of that folder count; absent: all. */
  readonly guarded?: GuardedTexts;
  /** What can happen in a run; absent: what comes with Autonomy. */
  readonly kinds?: Kinds<EffectKind>;
  /** Most time to wait for MCP servers of which nobody knows what they offer, in milliseconds; absent: none is started. */
  readonly learnsMs?: number;
}

/**
 * Says what the capabilities of a situation are read from: plugins and prompts of the project's own go through the trust in it.
 *
 * @param context the world
 * @param situation project, configuration and trust
 * @returns all but the signal
 */
export function capabilitySources(context: CliContext, situation: Situation): Omit<CapabilitySources, "signal"> {
  const { config, project, loads, standing } = situation;
  const { environment } = context;
  const guarded = loads && standing !== null ? trustedTexts(stateHome(environment), standing) : undefined;
  return { config, environment, project, trusted: loads, guarded };
}

/**
 * Loads plugins and prompts, joins them with the configuration and checks that all fits together.
 *
 * @param sources configuration, project and trust
 * @returns what a crew can do
 * @throws {CommandError} exit code 7 where a built-in plugin, a prompt or the configuration is wrong, 2 where a flag is
 */
export async function loadCapabilities(sources: CapabilitySources): Promise<Capabilities> {
  const { config, project, trusted, signal, kinds } = sources;
  const { servers, plugins } = await withServers(sources, await knownPlugins(sources));
  const notes = [...pluginNotes(plugins), ...strayNotes(config, plugins)];
  const offered = plugins.offers.flatMap(({ specialists }) => specialists);
  // The prompts speak of tools and decisions, which are known once the roles are.
  const unread = Object.fromEntries(
    offered.map(({ prompt }) => [prompt, { name: prompt, text: "", placeholders: [] }]),
  );
  const { skills, notes: ofSkills } = await findSkills(skillFolders(sources));
  const known = buildRegistry({ offers: plugins.offers, prompts: unread, skills, kinds });
  let named = namesOf(known.registry);
  const promptSources: PromptSources = {
    folders: [
      ...(trusted ? [join(project, PROJECT_FOLDER, "prompts")] : []),
      join(configFolder(sources.environment), "prompts"),
      BUILT_IN_PROMPTS,
    ],
    placeholders: PLACEHOLDERS,
    ...(trusted && sources.guarded !== undefined ? { guarded: sources.guarded } : {}),
    get tools() {
      return named;
    },
  };
  const note = ({ place, text }: PromptFault) => notes.push(`${place}: ${text}`);
  const prompts = await readPrompts({ ...promptSources, note });
  const { languages } = known.registry;
  const { checks, passedOver } = await checksOf(config, project, languages, signal);
  const joins = joining(config, { checks, kinds, skills, overridesOf: (roles) => overridesByRole(config, roles) });
  const { crew, faults, notes: ofCrew } = joins(plugins.offers, prompts);
  refuseFaults(config, faults, plugins);
  if (crew.registry.roles[ARBITER] === undefined) {
    throw new CommandError(EXIT.config, `No plugin offers the role ${ARBITER}. Put plugins/specialists.ts back.`);
  }
  notes.push(
    ...[...faults, ...ofCrew, ...ofSkills].map(({ place, text }) => `${placeIn(config, place)}: ${text}`),
    ...endlessRoles(crew.registry),
  );
  return {
    ...crew,
    promptSources,
    plugins,
    servers,
    pluginFolders: pluginFolders(sources).filter(({ origin }) => origin !== "built-in"),
    open: pluginOpener(sources),
    join: joins,
    use(registry, next = []) {
      const tools = next.flatMap((offer) => offer.tools.map(({ declaration }) => declaration.name));
      named = [...new Set([...namesOf(registry), ...tools])];
    },
    checks,
    passedOver,
    notes,
  };
}

/** Names that prompts may speak of: tools and decisions. */
function namesOf(registry: RunRegistry): readonly string[] {
  const decisions = [...allDecisions(registry), ...reviewDecisions(registry)].map(({ name }) => name);
  return [...Object.keys(registry.tools), ...decisions];
}

/** The checks of a project: those that are configured, else those that are found. */
async function checksOf(
  { checks: configured }: Config,
  project: string,
  languages: Languages,
  signal: AbortSignal,
): Promise<ChecksFound> {
  if (configured === null) return await lookForChecks(project, languages, signal);
  return { checks: configured.value.map((check) => completeCheck(check, languages)), passedOver: [] };
}

/**
 * Refuses a crew whose own parts do not fit together.
 *
 * @throws {CommandError} exit code 2 where only the command line is at fault, 7 otherwise
 */
function refuseFaults(config: Config, faults: readonly RegistryFault[], plugins: LoadedPlugins): void {
  const ours = faults.filter(({ origin }) => origin === "built-in" || origin === "config");
  if (ours.length === 0) return;
  const places = ours.map(({ place }) => placeIn(config, place));
  throw new CommandError(
    // What a person just typed is wrong usage; what stands in a file is a wrong configuration.
    places.every((place) => place.startsWith("--")) ? EXIT.usage : EXIT.config,
    [
      "The crew cannot be put together.",
      ...ours.map(({ text }, index) => `${places[index]}: ${text}`),
      // A role that is missing may be one of theirs.
      ...(plugins.untrusted.length === 0 ? [] : [untrustedText(plugins.untrusted)]),
    ].join("\n  "),
  );
}

/** A sentence for each specialist of a plugin whose tools let it begin a turn and not end it. */
function endlessRoles({ roles, tools }: RunRegistry): readonly string[] {
  const closing = Object.keys(tools).filter((name) => tools[name]!.traits?.closes !== undefined);
  return Object.values(roles).filter(({ role, isOwn, tools: own }) =>
    role !== ARBITER && isOwn === true && !own.some((name) => closing.includes(name))
  ).map(({ role }) =>
    `The specialist "${role}" has no tool that ends its turns, so each goes on to its bounds. Add one to its tools: ${
      closing.join(", ")
    }.`
  );
}

/** Folders that skills are read from: the person's own, then those of a project that is trusted. */
function skillFolders({ environment, project, trusted }: CapabilitySources): readonly string[] {
  const own = join(configFolder(environment), "skills");
  return [own, ...(trusted ? SKILL_FOLDERS.map((folder) => join(project, folder)) : [])];
}

/** What does not load is told; the program does not start without its own plugins. */
function pluginNotes({ failures, untrusted }: LoadedPlugins): string[] {
  const own = failures.filter(({ path }) => path.startsWith(BUILT_IN_PLUGINS));
  if (own.length > 0) throw new CommandError(EXIT.config, own.map(({ text }) => text).join("\n"));
  return [
    ...failures.map(({ text }) => `Left out: ${text}`),
    ...(untrusted.length === 0 ? [] : [untrustedText(untrusted)]),
  ];
}

/**
 * Says which plugins wait for the trust in their project.
 *
 * @param paths their files
 * @returns a sentence with what to do
 */
export function untrustedText(paths: readonly string[]): string {
  return `Left out until the project is trusted (start a run with --trust): ${
    paths.length === 1 ? "the plugin" : "the plugins"
  } ${paths.join(", ")}.`;
}

function overridesByRole(config: Config, roles: readonly string[]): Record<string, RoleOverrides> {
  const all = config.modelOfAll?.value;
  const overrides: Record<string, RoleOverrides> = {};
  for (const role of new Set([...roles, ...Object.keys(config.roles)])) {
    const own = config.roles[role];
    if (own === undefined && all === undefined) continue;
    const flagged = own?.models?.origin === "--model";
    overrides[role] = {
      models: all !== undefined && !flagged ? [all] : own?.models?.value,
      host: own?.host?.value,
      window: own?.window?.value,
      temperature: own?.temperature?.value,
      tools: own?.tools?.value,
      limits: own?.limits?.value,
    };
  }
  return overrides;
}

/** The place of a configured role, or of what is said of it, in its file, where the registry only knows `roles.NAME` and `roles.NAME.tools`. */
function placeIn(config: Config, place: string): string {
  const [, role = "", key] = /^roles\.([^.]+)(?:\.(\w+))?$/.exec(place) ?? [];
  const settings: [string, Setting<unknown> | undefined][] = Object.entries(config.roles[role] ?? {});
  const found = settings.filter(([name]) => key === undefined || name === key).find(([, setting]) =>
    setting !== undefined
  );
  return found === undefined ? place : `${found[1]?.origin} (${place})`;
}
