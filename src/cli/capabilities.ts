import type { RunnableTool } from "../ports/tool.ts";
import { reviewDecisions } from "../asks/review/review_decisions.ts";
import { allDecisions } from "../features/decisions/kinds.ts";
import { join } from "node:path";
import { PLACEHOLDERS } from "../prompt/prompt.ts";
import type { EffectKind, RunRegistry } from "../effects/effect_kind.ts";
import { ARBITER, type Kinds, type Rule } from "../features/registry.ts";
import { commandRule, forcedRule } from "../features/command_rule.ts";
import { protectionRule } from "../features/protection/protection_rule.ts";
import { documentRule, leaseRule } from "../features/rules.ts";
import { secretRule } from "../features/secret_rule.ts";
import { type LoadedPlugins, loadPlugins, type PluginFolder } from "../plugin/load.ts";
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
import { BUILT_IN_PLUGINS, BUILT_IN_PROMPTS, configFolder, PROJECT_FOLDER, stateHome } from "./places.ts";
import type { Situation } from "./situation.ts";
import { trustedTexts } from "./trusted_texts.ts";

/** What plugins, prompts and configuration offer a crew. */
export interface Capabilities {
  readonly registry: RunRegistry;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Where the prompts were read from, to read them again. */
  readonly promptSources: PromptSources;
  readonly plugins: LoadedPlugins;
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
export interface CapabilitySources {
  readonly config: Config;
  readonly environment: (name: string) => string | undefined;
  /** Real path of the project. */
  readonly project: string;
  /** Whether plugins and prompts of the project's own folder count. */
  readonly trusted: boolean;
  /** Which texts of that folder count; absent: all. */
  readonly guarded?: GuardedTexts;
  readonly signal: AbortSignal;
  /** What can happen in a run; absent: what comes with Autonomy. */
  readonly kinds?: Kinds<EffectKind>;
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
  const plugins = await loadPlugins(pluginFolders(sources), { signal });
  const notes = pluginNotes(plugins);
  const offered = plugins.offers.flatMap(({ specialists }) => specialists);
  const roles = overridesByRole(config, offered.map(({ role }) => role));
  const bounds = Object.fromEntries(Object.entries(config.bounds).map(([name, { value }]) => [name, value]));
  // The prompts speak of tools and decisions, which are known once the roles are.
  const unread = Object.fromEntries(
    offered.map(({ prompt }) => [prompt, { name: prompt, text: "", placeholders: [] }]),
  );
  const known = buildRegistry({ offers: plugins.offers, prompts: unread, kinds });
  const decisions = [...allDecisions(known.registry), ...reviewDecisions(known.registry)].map(({ name }) => name);
  const promptSources = {
    folders: [
      ...(trusted ? [join(project, PROJECT_FOLDER, "prompts")] : []),
      join(configFolder(sources.environment), "prompts"),
      BUILT_IN_PROMPTS,
    ],
    placeholders: PLACEHOLDERS,
    ...(trusted && sources.guarded !== undefined ? { guarded: sources.guarded } : {}),
    tools: [...known.tools.keys(), ...decisions],
  };
  const note = ({ place, text }: PromptFault) => notes.push(`${place}: ${text}`);
  const prompts = await readPrompts({ ...promptSources, note });
  const built = buildRegistry({ offers: plugins.offers, prompts, roles, bounds, kinds });
  refuseFaults(config, built.faults, plugins);
  if (built.registry.roles[ARBITER] === undefined) {
    throw new CommandError(EXIT.config, `No plugin offers the role ${ARBITER}. Put plugins/specialists.ts back.`);
  }
  notes.push(...built.faults.map(({ place, text }) => `${place}: ${text}`), ...endlessRoles(built.registry));
  const { languages } = built.registry;
  const { checks, passedOver } = await checksOf(config, project, languages, signal);
  const free = {
    // Models run commands in the project's own folder.
    exact: checks.filter(({ folder }) => folder === "").map(({ command }) => command),
    beginnings: config.allow.map(({ value }) => value),
  };
  const rules: Rule[] = [
    leaseRule,
    protectionRule(languages),
    documentRule,
    commandRule(free),
    forcedRule,
    // Of several that ask, the last one's question is put.
    secretRule,
    ...built.registry.rules,
  ];
  return {
    registry: { ...built.registry, rules },
    tools: built.tools,
    promptSources,
    plugins,
    named: namedRoles(config, offered),
    checks,
    passedOver,
    notes,
  };
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

/**
 * Lists the folders that plugins are loaded from.
 *
 * @param sources configuration, project and trust
 * @returns folders in order of precedence
 * @throws {CommandError} exit code 7 where a configured folder does not exist
 */
function pluginFolders({ config, environment, project, trusted }: CapabilitySources): PluginFolder[] {
  for (const { value, origin } of config.plugins) {
    try {
      if (Deno.statSync(value).isDirectory) continue;
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) continue;
    }
    throw new CommandError(
      EXIT.config,
      `${origin}: the plugin folder ${value} does not exist. Make it, or correct the path.`,
    );
  }
  const configured = (of: "user" | "project"): PluginFolder[] =>
    config.plugins.filter((folder) => folder.of === of).map(({ value }) => ({
      path: value,
      origin: of,
      trusted: of === "user" || trusted,
    }));
  return [
    { path: BUILT_IN_PLUGINS, origin: "built-in", trusted: true },
    { path: join(configFolder(environment), "plugins"), origin: "user", trusted: true },
    ...configured("user"),
    { path: join(project, PROJECT_FOLDER, "plugins"), origin: "project", trusted },
    ...configured("project"),
  ];
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
      limits: own?.limits?.value,
    };
  }
  return overrides;
}

function namedRoles(config: Config, offered: readonly { readonly role: string }[]): ReadonlySet<string> {
  if (config.modelOfAll !== null) return new Set(offered.map(({ role }) => role));
  return new Set(
    Object.entries(config.roles).flatMap(([role, { models }]) => models?.origin === "--model" ? [role] : []),
  );
}

/** The place of a configured role in its file, where the registry only knows `roles.NAME`. */
function placeIn(config: Config, place: string): string {
  const role = /^roles\.(.+)$/.exec(place)?.[1];
  const settings = role === undefined ? undefined : config.roles[role];
  const origin = settings === undefined
    ? undefined
    : Object.values(settings).find((setting) => setting !== undefined)?.origin;
  return origin === undefined ? place : `${origin} (${place})`;
}
