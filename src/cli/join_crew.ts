import type { CrewInUse } from "../effects/crew_in_use.ts";
import type { EffectKind, RunRegistry } from "../effects/effect_kind.ts";
import { commandRule, forcedRule } from "../features/command_rule.ts";
import { protectionRule } from "../features/protection/protection_rule.ts";
import type { Kinds, PromptFile, Rule } from "../features/registry.ts";
import { criteriaRule } from "../features/criteria/criteria_rule.ts";
import { documentRule, freeRule, leaseRule } from "../features/rules.ts";
import { secretRule } from "../features/secret_rule.ts";
import type { Check } from "../languages/runner.ts";
import type { Offer } from "../plugin/offer.ts";
import { buildRegistry, type RegistryFault, type RoleOverrides } from "../plugin/registry.ts";
import type { RegistryNote } from "../plugin/registry_note.ts";
import type { Skill } from "../plugin/skills/find_skills.ts";
import type { Config } from "./config.ts";

/** A crew, and what does not fit in it. */
export interface JoinedCrew {
  readonly crew: CrewInUse;
  readonly faults: readonly RegistryFault[];
  /** What is worth knowing of it and is no fault. */
  readonly notes: readonly RegistryNote[];
}

/** Joins offers with prompts and the configuration. */
export type JoinCrew = (
  offers: readonly Offer[],
  prompts: Readonly<Record<string, PromptFile>>,
) => JoinedCrew;

/**
 * Makes what joins offers with the configuration, at the start and whenever an offer becomes another.
 *
 * @param config the configuration
 * @param rest checks of the project, kinds of things, skills, and what the configuration says of some roles
 */
export function joining(
  config: Config,
  { checks, kinds, skills, overridesOf }: {
    readonly checks: readonly Check[];
    readonly skills?: readonly Skill[];
    readonly kinds?: Kinds<EffectKind>;
    readonly overridesOf: (roles: readonly string[]) => Readonly<Record<string, RoleOverrides>>;
  },
): JoinCrew {
  const bounds = Object.fromEntries(Object.entries(config.bounds).map(([name, { value }]) => [name, value]));
  return (offers, prompts) => {
    const offered = offers.flatMap(({ specialists }) => specialists);
    const roles = overridesOf(offered.map(({ role }) => role));
    const { registry, tools, faults, notes } = buildRegistry({ offers, prompts, roles, bounds, skills, kinds });
    const rules = allRules(registry, checks, config);
    return { crew: { registry: { ...registry, rules }, tools, named: namedRoles(config, offered) }, faults, notes };
  };
}

/** Asked before each effect: the application's own rules, then those of plugins. */
function allRules({ languages, rules, tools }: RunRegistry, checks: readonly Check[], config: Config): readonly Rule[] {
  const free = {
    // Models run commands in the project's own folder.
    exact: checks.filter(({ folder }) => folder === "").map(({ command }) => command),
    beginnings: config.allow.map(({ value }) => value),
  };
  return [
    leaseRule,
    protectionRule(languages, tools),
    documentRule,
    criteriaRule(languages),
    commandRule(free),
    forcedRule,
    freeRule(tools),
    // Of several that ask, the last one's question is put.
    secretRule,
    ...rules,
  ];
}

function namedRoles(config: Config, offered: readonly { readonly role: string }[]): ReadonlySet<string> {
  if (config.modelOfAll !== null) return new Set(offered.map(({ role }) => role));
  return new Set(
    Object.entries(config.roles).flatMap(([role, { models }]) => models?.origin === "--model" ? [role] : []),
  );
}
