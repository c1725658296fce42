import { oneLine } from "../../kernel/say.ts";
import type { Decision } from "./slice.ts";

/** Says whom a decision gave which task, such as `T1 ▸ coding`; null where it gave none. */
export function sayAssigned({ assigned, races }: Pick<Decision, "assigned" | "races">): string | null {
  return assigned === null ? null : `${oneLine(assigned.task)} ▸ ${oneLine(assigned.role)}${races ? " (race)" : ""}`;
}
