import type { ToolEffect } from "../../effects/tool/tool_effect.ts";
import type { Languages } from "../../languages/language.ts";
import type { State } from "../state.ts";
import { wordsOf } from "../words_of.ts";
import { placeOf } from "../workspaces/place_of.ts";
import { projectCommand } from "./project_command.ts";
import type { Changes } from "./slice.ts";

/**
 * Says whether a call is a command that is noted and not run: one that changes the project itself, in a copy of the project, where all of that
 * can only be read.
 *
 * @returns what it changes; null where it is carried out as ever
 */
export function postponed(state: State, effect: ToolEffect, languages: Languages): Changes | null {
  const { command } = effect.call.arguments;
  if (effect.access !== "runs" || command === undefined || placeOf(state, effect) === null) return null;
  return projectCommand(wordsOf(command), languages);
}
