import type { RegisteredTool } from "../features/registered_tool.ts";
import { type Bounds, DEFAULT_BOUNDS } from "../features/bounds.ts";
import type { Limits } from "../kernel/limits.ts";
import type { EffectKind, RunRegistry } from "../effects/effect_kind.ts";
import type { Judge, Kinds, PromptFile, Role, Rule } from "../features/registry.ts";
import { BUILT_IN } from "./built_in.ts";
import { type PluginRule, runView } from "./view.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { Offer, OfferedSpecialist, Origin } from "./offer.ts";

/** What the configuration says of one role, over what its plugin says. */
export interface RoleOverrides {
  /** Models in order of preference, `name` or `name@host`, in place of the plugin's. */
  readonly models?: readonly string[];
  /** Host that its models are wanted on: each model without a host is tried there first. */
  readonly host?: string;
  /** Context window in tokens. */
  readonly window?: number;
  readonly temperature?: number;
  readonly limits?: Limits;
}

/** What a registry is made of. */
export interface RegistrySources {
  readonly offers: readonly Offer[];
  /** Prompt files by file name, such as `coding.md`. */
  readonly prompts: Readonly<Record<string, PromptFile>>;
  /** Overrides by role. */
  readonly roles?: Readonly<Record<string, RoleOverrides>>;
  readonly bounds?: Partial<Bounds>;
  /** What can happen in a run; absent: what comes with Autonomy. */
  readonly kinds?: Kinds<EffectKind>;
}

/** Something that does not fit together, and where. */
export interface RegistryFault {
  /** The plugin's file and the member in it, or the place in the configuration. */
  readonly place: string;
  readonly text: string;
  /** Where it came from: faults of `built-in` and `config` should stop the start, others are told. */
  readonly origin: Origin | "config";
}

/** A registry with the tools behind it. */
export interface BuiltRegistry {
  /** Plain values for the run. */
  readonly registry: RunRegistry;
  /** Tools by name. */
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Roles with a fault are left out of the registry, overrides with a fault are not applied. */
  readonly faults: readonly RegistryFault[];
}

/**
 * Joins what plugins, prompts and configuration offer, and checks that it fits together: each tool, prompt and role that is named exists.
 * @param sources offers in order, prompts by file name, overrides
 * @returns registry, tools and everything that does not fit
 */
export function buildRegistry(sources: RegistrySources): BuiltRegistry {
  const { offers, prompts, kinds = BUILT_IN } = sources;
  const faults: RegistryFault[] = [];
  const tools = new Map<string, RunnableTool>();
  for (const { tools: offered } of offers) {
    for (const tool of offered) tools.set(tool.declaration.name, tool);
  }
  const offered = offers.flatMap(({ path, origin, specialists }) =>
    specialists.map((specialist, index) => ({ path, origin, specialist, index }))
  );
  const named = offered.map(({ specialist }) => specialist.role);
  const roles: Record<string, Role> = {};
  const roleLimits: Record<string, Limits> = {};
  for (const { path, origin, specialist, index } of offered) {
    const wrong = missingParts(specialist, {
      tools,
      prompts,
      roles: named,
      phases: kinds.phases.map(({ phase }) => phase),
    });
    for (const { member, text } of wrong) {
      const place = `${path}: specialists[${index}].${member} (role "${specialist.role}")`;
      faults.push({ place, text, origin });
    }
    if (wrong.length > 0) continue;
    const overrides = sources.roles?.[specialist.role] ?? {};
    roles[specialist.role] = roleOf(specialist, overrides, origin);
    if (overrides.limits !== undefined) roleLimits[specialist.role] = overrides.limits;
  }
  for (const role of Object.keys(sources.roles ?? {})) {
    if (named.includes(role)) continue;
    const text = `There is no role "${role}"; the roles are ${named.join(", ")}.`;
    faults.push({ place: `roles.${role}`, text, origin: "config" });
  }
  const registry: RunRegistry = {
    ...kinds,
    roles,
    tools: Object.fromEntries([...tools].map(([name, tool]) => [name, registered(tool)])),
    rules: offers.flatMap(({ rules }) => rules.map(asRule)),
    judges: offers.flatMap(asJudge),
    prompts,
    bounds: { ...DEFAULT_BOUNDS, ...sources.bounds },
    roleLimits,
  };
  return { registry, tools, faults };
}

interface Known {
  readonly tools: ReadonlyMap<string, unknown>;
  readonly prompts: Readonly<Record<string, unknown>>;
  readonly roles: readonly string[];
  readonly phases: readonly string[];
}

function missingParts(
  specialist: OfferedSpecialist,
  known: Known,
): { readonly member: string; readonly text: string }[] {
  const missing = specialist.tools.filter((name) => !known.tools.has(name)).map((name) => ({
    member: "tools",
    text: `There is no tool "${name}"; the tools are ${[...known.tools.keys()].join(", ")}.`,
  }));
  if (!Object.hasOwn(known.prompts, specialist.prompt)) {
    const text = `There is no prompt file "${specialist.prompt}"; found are ${
      Object.keys(known.prompts).join(", ") || "none"
    }.`;
    missing.push({ member: "prompt", text });
  }
  for (const phase of specialist.phases) {
    if (known.phases.includes(phase)) continue;
    missing.push({
      member: "phases",
      text: `There is no phase "${phase}"; the phases are ${known.phases.join(", ")}.`,
    });
  }
  for (const role of specialist.mayAsk ?? []) {
    if (known.roles.includes(role) && role !== specialist.role) continue;
    const text = role === specialist.role
      ? `The role "${role}" cannot ask itself.`
      : `There is no role "${role}" to ask; the roles are ${known.roles.join(", ")}.`;
    missing.push({ member: "mayAsk", text });
  }
  return missing;
}

function roleOf(specialist: OfferedSpecialist, overrides: RoleOverrides, origin: Origin): Role {
  const models = overrides.models ?? specialist.models;
  return {
    role: specialist.role,
    describes: specialist.describes,
    models: overrides.host === undefined ? models : onHost(models, overrides.host, overrides.models !== undefined),
    window: overrides.window ?? specialist.window,
    temperature: overrides.temperature ?? specialist.temperature,
    prompt: specialist.prompt,
    tools: specialist.tools,
    phases: specialist.phases,
    mayAsk: specialist.mayAsk ?? [],
    isOwn: origin !== "built-in",
  };
}

/** Puts a role's models on a host; a plugin's own choice of hosts gives way, one that the configuration names stays. */
function onHost(models: readonly string[], host: string, keep: boolean): readonly string[] {
  const placed = models.map((model) => {
    const at = model.lastIndexOf("@");
    if (at > 0 && keep) return model;
    return `${at > 0 ? model.slice(0, at) : model}@${host}`;
  });
  return [...new Set(placed)];
}

/** A tool as the run knows it. */
function registered({ declaration, access, traits }: RunnableTool): RegisteredTool {
  return traits === undefined ? { declaration, access } : { declaration, access, traits };
}

/** The rules of a plugin that runs apart see the same. */
function asJudge({ plugin, judge }: Offer): Judge[] {
  if (judge === undefined) return [];
  return [{
    plugin,
    judge: (state, { key, role, access, call }, signal) =>
      judge(runView(state), { kind: "tool", key, role, access, call }, signal),
  }];
}

/** A rule of a plugin sees what stays the same from version to version. */
function asRule(rule: PluginRule): Rule {
  return (state, effect) => rule(runView(state), effect);
}
