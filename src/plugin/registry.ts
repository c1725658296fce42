import { type Bounds, DEFAULT_BOUNDS } from "../features/bounds.ts";
import type { Limits } from "../kernel/limits.ts";
import type { EffectKind, RunRegistry } from "../effects/effect_kind.ts";
import { ARBITER, type Judge, type Kinds, type PromptFile, type Role, type Rule } from "../features/registry.ts";
import { withSeats } from "../features/seats/with_seats.ts";
import { BUILT_IN } from "./built_in.ts";
import { type PluginRule, runView } from "./view.ts";
import type { RunnableTool } from "../ports/tool.ts";
import { placeOfMember } from "./markdown/specialist_file.ts";
import type { Skills } from "../features/skills.ts";
import type { RegistryNote } from "./registry_note.ts";
import type { Skill } from "./skills/find_skills.ts";
import { READ_SKILL, readSkillTool } from "./skills/read_skill.ts";
import { registeredTools } from "./registered_tools.ts";
import { readOwnPrompt } from "./markdown/read_own_prompt.ts";
import type { Offer, OfferedSpecialist, Origin } from "./offer.ts";
import { noTool, toolOfServer, toolsOfServers } from "./server_name.ts";

/** What the configuration says of one role, over what its plugin says. */
export interface RoleOverrides {
  /** Models in order of preference, `name` or `name@host`, in place of the plugin's. */
  readonly models?: readonly string[];
  /** Host that its models are wanted on: each model without a host is tried there first. */
  readonly host?: string;
  /** Context window in tokens. */
  readonly window?: number;
  readonly temperature?: number;
  /** Tools beside those that its plugin names. */
  readonly tools?: readonly string[];
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
  /** Skills that specialists who read are told of. */
  readonly skills?: readonly Skill[];
  /** What can happen in a run; absent: what comes with Autonomy. */
  readonly kinds?: Kinds<EffectKind>;
}

/** Something that does not fit together. */
export interface RegistryFault extends RegistryNote {
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
  /** Which specialist took the place of which, and which tool of the configuration is not there. */
  readonly notes: readonly RegistryNote[];
}

/**
 * Joins what plugins, prompts and configuration offer, and checks that it fits together: each tool, prompt and role that is named exists. Of two
 * specialists of one role that fit, the later one plays it, in the place where the first one stood.
 * @param sources offers in order, prompts by file name, overrides
 * @returns registry, tools and everything that does not fit
 */
export function buildRegistry(sources: RegistrySources): BuiltRegistry {
  const { offers, prompts, kinds = BUILT_IN } = sources;
  const found: Found = { faults: [], notes: [] };
  const tools = toolsOf(offers, found);
  const skills = skillsOf(sources.skills ?? [], tools, found);
  const phases = kinds.phases.map(({ phase }) => phase);
  const named = rolesOf(sources, { tools, prompts, phases, roles: rolesNamed(offers) }, found);
  const roles = skills === null ? named : readingSkills(named, tools);
  const configured = Object.entries(sources.roles ?? {});
  const base = {
    ...kinds,
    roles,
    tools: registeredTools(tools, offers),
    rules: offers.flatMap(({ rules }) => rules.map(asRule)),
    judges: offers.flatMap(asJudge),
    prompts,
    ...(skills === null ? {} : { skills }),
    bounds: { ...DEFAULT_BOUNDS, ...sources.bounds },
    roleLimits: Object.fromEntries(
      configured.flatMap(([role, { limits }]) =>
        limits === undefined || roles[role] === undefined ? [] : [[role, limits]]
      ),
    ),
  };
  return { registry: { ...base, roles: withSeats(base) }, tools, ...found };
}

/** The tools by name; one that asks the model of a role that nobody offers is left out. */
function toolsOf(offers: readonly Offer[], { faults }: Found): Map<string, RunnableTool> {
  const tools = new Map<string, RunnableTool>();
  const roles = rolesNamed(offers);
  for (const { path, origin, tools: offered } of offers) {
    for (const [index, tool] of offered.entries()) {
      const role = tool.asks?.role ?? null;
      if (role === null || roles.includes(role)) tools.set(tool.declaration.name, tool);
      else {
        const place = `${path}: tools[${index}].asks.model (tool "${tool.declaration.name}")`;
        faults.push({ place, text: `There is no role "${role}"; the roles are ${roles.join(", ")}.`, origin });
      }
    }
  }
  return tools;
}

/** Adds the tool that reads skills, where there are any; its name may be taken. */
function skillsOf(skills: readonly Skill[], tools: Map<string, RunnableTool>, { notes }: Found): Skills | null {
  if (skills.length === 0) return null;
  if (tools.has(READ_SKILL)) {
    const text =
      `A plugin offers the tool "${READ_SKILL}", by which skills are read: they are left out. Rename its tool.`;
    notes.push({ place: "skills", text });
    return null;
  }
  tools.set(READ_SKILL, readSkillTool(skills));
  return { tool: READ_SKILL, list: skills.map(({ name, description }) => ({ name, description })) };
}

/** The roles, those that read anything with the tool that reads skills. */
function readingSkills(roles: Record<string, Role>, tools: ReadonlyMap<string, RunnableTool>): Record<string, Role> {
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => {
      const reads = role.tools.some((tool) => tools.get(tool)?.access === "reads");
      return [name, reads ? { ...role, tools: [...new Set([...role.tools, READ_SKILL])] } : role];
    }),
  );
}

/** What is found while a registry is joined. */
interface Found {
  readonly faults: RegistryFault[];
  readonly notes: RegistryNote[];
}

function rolesNamed(offers: readonly Offer[]): readonly string[] {
  return [...new Set(offers.flatMap(({ specialists }) => specialists.map(({ role }) => role)))];
}

/** The specialists that fit, by role, each as the configuration wants it. */
function rolesOf({ offers, roles: overrides = {} }: RegistrySources, known: Known, found: Found): Record<string, Role> {
  const roles: Record<string, Role> = {};
  const playing: Record<string, string> = {};
  const coming = toolsOfServers(offers);
  const isThere = (name: string) => known.tools.has(name) || !coming.includes(name);
  const offered = offers.flatMap(({ path, origin, version, specialists }) =>
    specialists.map((offered, index) => {
      const specialist = { ...offered, tools: offered.tools.map(toolOfServer).filter(isThere) };
      return { path, origin, version, specialist, index };
    })
  );
  for (const { path, origin, version, specialist, index } of offered) {
    const { role } = specialist;
    const before = playing[role];
    const own = specialist.ownPrompt === undefined
      ? null
      : readOwnPrompt(specialist.ownPrompt, [...known.tools.keys(), ...coming]);
    const wrong = [
      ...missingParts(specialist, known).map(({ member, text }) => ({
        place: specialist.ownPrompt?.path === path
          ? placeOfMember(specialist.ownPrompt, member)
          : `${path}: specialists[${index}].${member} (role "${role}")`,
        text,
      })),
      ...own?.faults ?? [],
    ];
    for (const { place, text } of wrong) {
      found.faults.push({
        place,
        text: before === undefined ? text : `${text} The one of ${before} plays on.`,
        origin,
      });
    }
    if (wrong.length > 0) continue;
    if (before !== undefined) {
      found.notes.push({ place: path, text: `Its specialist "${role}" takes the place of the one of ${before}.` });
    }
    roles[role] = {
      ...roleOf(specialist, overrides[role] ?? {}, { origin, version }),
      ...(own === null ? {} : { ownPrompt: own.prompt }),
    };
    playing[role] = path;
  }
  for (const [role, { tools = [] }] of Object.entries(overrides)) {
    if (!known.roles.includes(role)) {
      const text = `There is no role "${role}"; the roles are ${known.roles.join(", ")}.`;
      found.faults.push({ place: `roles.${role}`, text, origin: "config" });
    } else if (roles[role] !== undefined) roles[role] = armed(roles[role], tools.map(toolOfServer), known, found);
  }
  return roles;
}

/** A role with further tools. One of a plugin comes and goes with it: what is not there is no reason to refuse the crew. */
function armed(role: Role, more: readonly string[], { tools }: Known, { notes }: Found): Role {
  const place = `roles.${role.role}.tools`;
  if (role.role === ARBITER && more.length > 0) {
    notes.push({ place, text: "The arbiter decides and calls no tools. Name the specialist that shall have them." });
    return role;
  }
  for (const name of more.filter((one) => !tools.has(one))) {
    notes.push({ place, text: `${noTool(name, tools)} ${role.role} works without it.` });
  }
  return { ...role, tools: [...new Set([...role.tools, ...more.filter((name) => tools.has(name))])] };
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
    text: noTool(name, known.tools),
  }));
  if (specialist.ownPrompt === undefined && !Object.hasOwn(known.prompts, specialist.prompt)) {
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

function roleOf(
  specialist: OfferedSpecialist,
  overrides: RoleOverrides,
  { origin, version }: Pick<Offer, "origin" | "version">,
): Role {
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
    ...(specialist.answers === undefined ? {} : { answers: specialist.answers }),
    isOwn: origin !== "built-in",
    ...(version === "" ? {} : { version }),
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
