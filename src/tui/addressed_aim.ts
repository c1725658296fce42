import { type Addressed, addressed } from "../tell/addressed.ts";
import { ARBITER } from "../features/registry.ts";
import { focusedRole, type Stage } from "./panel.ts";
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

/** What a command is written for that was typed: what the line is for, and out of the palette the last words, or the focused thread. */
export function lineAim(stage: Stage): Aim {
  const { ui, panels } = stage;
  const last = ui.aim?.kind === "say" ? ui.aim : ui.writtenFor;
  return last?.kind === "say" ? last : { kind: "say", to: focusedRole(stage) ?? panels[0]?.role ?? ARBITER };
}
