import type { State } from "../features/state.ts";
import { type Limit, wantedMore } from "./go_on.ts";
import type { Mode } from "./mode.ts";
import type { BoundFlags, CrewFlags } from "./run_flags.ts";

/** What a person chose on the start screen, over flags and configuration, for as long as the screen stands. */
export interface Choices {
  /** Places of roles, `model@host`. */
  readonly models: Readonly<Record<string, string>>;
  /** Absent: as flags and configuration say. */
  readonly mode?: Mode;
}

/** Limits of one run that goes on: those that it lacked. */
export interface Limited {
  readonly limits?: Readonly<Partial<Record<Limit, number>>>;
}

/** Nothing chosen. */
export const NO_CHOICES: Choices = { models: {} };

/**
 * Puts what was chosen over the flags of a command.
 *
 * @param flags flags of the command
 * @param choices what was chosen
 */
export function chosenFlags<Flags extends CrewFlags & Partial<BoundFlags>>(
  flags: Flags,
  { models, mode, limits = {} }: Choices & Limited,
): Flags {
  const others = (flags.model ?? []).filter(({ role }) => role === null || !Object.hasOwn(models, role));
  const { turns, tokens, wallMs } = limits;
  return {
    ...flags,
    model: [...others, ...Object.entries(models).map(([role, model]) => ({ role, model }))],
    ...(mode === undefined ? {} : { mode }),
    ...(turns === undefined ? {} : { maxTurns: turns }),
    ...(tokens === undefined ? {} : { maxTokens: tokens }),
    ...(wallMs === undefined ? {} : { timeout: wallMs }),
  };
}

/** The limits with which a run goes on that ended for want of one. */
export function limitsToGoOn(state: State): Limited {
  const more = wantedMore(state);
  return more === null ? {} : { limits: { [more.limit]: more.value } };
}
