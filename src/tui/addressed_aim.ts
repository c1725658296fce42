import { type Addressed, addressed } from "../tell/addressed.ts";
import type { Stage } from "./panel.ts";
import type { Aim } from "./ui.ts";

/** Roles that can be written to, the arbiter first. */
export function rolesOf({ panels }: Stage): readonly string[] {
  return panels.flatMap(({ role }) => role ?? []);
}

/** Words that begin with `@ROLE`, as they stand in the input line; null where they go to the focused thread. With a space before it, it is words. */
export function addressedWords({ ui: { editor } }: Stage, aim: Aim | null): Addressed | null {
  return aim?.kind === "say" ? addressed(editor.text.trimEnd()) : null;
}

/** What the text is for once a role that is named in it is heard. */
export function addressedAim(stage: Stage, aim: Aim | null): Aim | null {
  const own = addressedWords(stage, aim);
  return own !== null && rolesOf(stage).includes(own.role) ? { kind: "say", to: own.role } : aim;
}
