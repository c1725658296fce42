import { join } from "node:path";
import { bubblewrap } from "./bubblewrap.ts";
import type { Enclosure } from "./enclosure_shape.ts";
import { sandboxExec } from "./seatbelt.ts";

export type { Enclosure } from "./enclosure_shape.ts";

/** A command as it has to be started. */
export interface EnclosedCommand {
  readonly command: readonly string[];
  /** Absolute path of the folder to start it in. */
  readonly folder: string;
  /** Variables to start it with. */
  readonly environment: Record<string, string>;
}

/**
 * Gives a command as it has to be started so that it runs enclosed; with tier `none` it is unchanged and runs in `place`.
 *
 * @param command program and arguments
 * @param enclosure what it sees
 * @param environment variables of its own
 * @param within folder that it runs in, relative to `place`
 */
export function enclosed(
  command: readonly string[],
  enclosure: Enclosure,
  environment: Readonly<Record<string, string>> = {},
  within = "",
): EnclosedCommand {
  const folder = join(enclosure.place, within);
  switch (enclosure.tier) {
    case "bubblewrap":
    case "bubblewrap-shared-network":
      return { command: bubblewrap(command, enclosure, environment, within), folder: "/", environment: {} };
    case "sandbox-exec":
      return { command: sandboxExec(command, enclosure, environment), folder, environment: {} };
    case "none":
      return { command, folder, environment: { ...environment } };
  }
}
