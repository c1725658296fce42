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
import type { LoadedPlugins } from "../plugin/load.ts";
import { findSkills } from "../plugin/skills/find_skills.ts";
import { buildRegistry, type RegistryFault, type RoleOverrides } from "../plugin/registry.ts";
import { completeCheck } from "../languages/check.ts";
import type { Check } from "../languages/runner.ts";
import { detectChecks } from "../work/detect_checks.ts";
import type { GuardedTexts, PromptFault, PromptSources } from "../run/prompt_files.ts";
import { readPrompts } from "../run/read_prompts.ts";
import { CommandError } from "./command_error.ts";
import type { Config } from "./config.ts";
import { EXIT } from "./exit_code.ts";
import type { CliContext } from "./context.ts";
import {
  BUILT_IN_PLUGINS,
  BUILT_IN_PROMPTS,
  configFolder,
  PROJECT_FOLDER,
  SKILL_FOLDERS,
  stateHome,
} from "./places.ts";
import { knownPlugins, type PluginSources } from "./known_plugins.ts";
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
  readonly plugins: LoadedPlugins;
  /** Roles whose model the command line named: no other is taken for them. */
  readonly named: ReadonlySet<string>;
  /** Checks of the project, configured or detected. */
  readonly checks: readonly Check[];
  /** Sentences for people: what was left out and why. */
  readonly notes: readonly string[];
}

/** What capabilities are read for. */
export interface CapabilitySources extends PluginSources {
  /** Which texts of that folder count; absent: all. */
  readonly guarded?: GuardedTexts;
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
  const plugins = await knownPlugins(sources);
  const notes = [...pluginNotes(plugins), ...strayNotes(config, plugins)];
  const offered = plugins.offers.flatMap(({ specialists }) => specialists);
  const roles = overridesByRole(config, offered.map(({ role }) => role));
  const bounds = Object.fromEntries(Object.entries(config.bounds).map(([name, { value }]) => [name, value]));
  // The prompts speak of tools and decisions, which are known once the roles are.
  const unread = Object.fromEntries(
    offered.map(({ prompt }) => [prompt, { name: prompt, text: "", placeholders: [] }]),
  );
  const { skills, notes: ofSkills } = await findSkills(skillFolders(sources));
  const known = buildRegistry({ offers: plugins.offers, prompts: unread, skills, kinds });
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
  const built = buildRegistry({ offers: plugins.offers, prompts, roles, bounds, skills, kinds });
  refuseFaults(config, built.faults, plugins);
  if (built.registry.roles[ARBITER] === undefined) {
    throw new CommandError(EXIT.config, `No plugin offers the role ${ARBITER}. Put plugins/specialists.ts back.`);
  }
  notes.push(
    ...[...built.faults, ...built.notes, ...ofSkills].map(({ place, text }) => `${placeIn(config, place)}: ${text}`),
    ...endlessRoles(built.registry),
  );
  const { languages } = built.registry;
  const checks = config.checks?.value.map((check) => completeCheck(check, languages)) ??
    await detectChecks(project, languages, signal);
  return {
    registry: { ...built.registry, rules: allRules(built.registry, checks, config) },
    tools: built.tools,
    promptSources,
    plugins,
    named: namedRoles(config, offered),
    checks,
    notes,
  };
}

/** Asked before each effect: the application's own rules, then those of plugins. */
function allRules({ languages, rules }: RunRegistry, checks: readonly Check[], config: Config): readonly Rule[] {
  const free = {
    exact: checks.map(({ command }) => command),
    beginnings: config.allow.map(({ value }) => value),
  };
  return [
    leaseRule,
    protectionRule(languages),
    documentRule,
    commandRule(free),
    forcedRule,
    // Of several that ask, the last one's question is put.
    secretRule,
    ...rules,
  ];
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

function namedRoles(config: Config, offered: readonly { readonly role: string }[]): ReadonlySet<string> {
  if (config.modelOfAll !== null) return new Set(offered.map(({ role }) => role));
  return new Set(
    Object.entries(config.roles).flatMap(([role, { models }]) => models?.origin === "--model" ? [role] : []),
  );
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
