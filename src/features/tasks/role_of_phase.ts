import { ARBITER, type Registry } from "../registry.ts";
import { isFurtherSeat } from "../seats/seat.ts";

/**
 * Lists who acts in a phase: the specialists that name it. One that a person's plugin brings comes before the usual one, the usual one
 * before all others.
 */
export function rolesOfPhase(registry: Registry, phase: string): string[] {
  const usual = registry.phases.find((kind) => kind.phase === phase)?.role;
  const naming = Object.values(registry.roles).filter(({ role, phases }) =>
    role !== ARBITER && !isFurtherSeat(role) && phases.includes(phase)
  );
  const rank = ({ role, isOwn }: (typeof naming)[number]) => isOwn === true ? 0 : role === usual ? 1 : 2;
  return naming.toSorted((one, other) => rank(one) - rank(other)).map(({ role }) => role);
}

/** Who acts in a phase, or null where no specialist names it. */
export function roleOfPhase(registry: Registry, phase: string): string | null {
  return rolesOfPhase(registry, phase)[0] ?? null;
}

/** Whether a role has a tool that changes files. */
export function canWrite(registry: Pick<Registry, "roles" | "tools">, role: string): boolean {
  return registry.roles[role]?.tools.some((name) => registry.tools[name]?.access === "writes") === true;
}
