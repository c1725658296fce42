import type { CrewInUse } from "../../effects/crew_in_use.ts";
import type { ChangedParts } from "../../features/plugins/in_use.ts";

/**
 * Says what of a crew another one changes: specialists and tools that are others or gone.
 *
 * @param before the crew in use
 * @param after the crew that is to take its place
 */
export function changedParts(before: CrewInUse, after: CrewInUse): ChangedParts {
  const rolesOf = ({ registry: { roles } }: CrewInUse) => Object.keys(roles);
  const saidOf = ({ registry: { roles } }: CrewInUse, role: string) => JSON.stringify(roles[role]);
  const gone = rolesOf(before).filter((role) => after.registry.roles[role] === undefined);
  return {
    roles: [...new Set([...rolesOf(before), ...rolesOf(after)])].filter((role) =>
      saidOf(before, role) !== saidOf(after, role)
    ),
    tools: [...new Set([...before.tools.keys(), ...after.tools.keys()])].filter((name) =>
      before.tools.get(name) !== after.tools.get(name)
    ),
    gone,
  };
}

/**
 * Gives a crew the order of the one before it, what is new last: what was declared to models keeps its place, and the server's prefix cache
 * holds.
 */
export function inOrderOf(before: CrewInUse, after: CrewInUse): CrewInUse {
  const { registry, tools } = after;
  return {
    ...after,
    registry: {
      ...registry,
      roles: ordered(before.registry.roles, registry.roles),
      tools: ordered(before.registry.tools, registry.tools),
    },
    tools: new Map(Object.entries(ordered(Object.fromEntries(before.tools), Object.fromEntries(tools)))),
  };
}

function ordered<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Record<string, T> {
  const stayed = Object.keys(before).filter((name) => Object.hasOwn(after, name));
  const names = [...stayed, ...Object.keys(after).filter((name) => !Object.hasOwn(before, name))];
  return Object.fromEntries(names.map((name) => [name, after[name]!]));
}
