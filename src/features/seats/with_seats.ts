import type { Registry, Role } from "../registry.ts";
import { canWrite } from "../tasks/role_of_phase.ts";
import { seatOf } from "./seat.ts";

/**
 * Adds the further seats of a crew: a role whose consults are work in some phase can be at work as often as there may be attempts at
 * once. A seat is a role like any other, with a thread of its own; nobody consults it, it gets its work.
 *
 * @param registry roles without seats, tools, phases and bounds
 * @returns the roles with their seats, each behind its role
 */
export function withSeats(registry: Pick<Registry, "roles" | "tools" | "phases" | "bounds">): Registry["roles"] {
  const phases = registry.phases.filter(({ consultsWork }) => consultsWork === true).map(({ phase }) => phase);
  const works = ({ role, phases: own }: Role) => canWrite(registry, role) && own.some((one) => phases.includes(one));
  return Object.fromEntries(
    Object.values(registry.roles).flatMap((role) =>
      Array.from({ length: works(role) ? registry.bounds.seats : 1 }, (_, index): [string, Role] => {
        const seat = seatOf(role.role, index + 1);
        return [seat, { ...role, role: seat }];
      })
    ),
  );
}
