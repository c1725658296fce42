import type { Registry } from "../registry.ts";

/** What of a role's tools a turn gets. */
export interface Wanted {
  readonly purpose: string;
  /** Whether it may change things: only an attempt may, since it is judged and can be taken back. */
  readonly changes: boolean;
  /** Whether it may talk to other roles. */
  readonly talks: boolean;
}

/**
 * Chooses the tools of a turn: exactly those that its role names, without the ones that end turns of another purpose, and without what
 * changes things where nothing is to be changed.
 *
 * @returns names, in the role's order
 */
export function toolsOfTurn(registry: Registry, role: string, { purpose, changes, talks }: Wanted): string[] {
  return (registry.roles[role]?.tools ?? []).filter((name) => {
    const tool = registry.tools[name];
    if (tool === undefined) return false;
    const { closes, talks: most } = tool.traits ?? {};
    if (closes !== undefined) return closes.includes(purpose);
    if (most !== undefined) return talks;
    return changes || tool.access === "reads";
  });
}
