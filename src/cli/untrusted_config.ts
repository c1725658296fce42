import type { ReadConfig } from "./config_file.ts";
import type { ConfigFile } from "./config_schema.ts";

/** What of an untrusted project's file would let the project act: send code and keys to a host, run its own code, start a server, steer a plugin, or open its sandbox, or have branches made. */
const TRUSTED_KEYS = ["hosts", "plugins", "allow", "checks", "sandbox", "settings", "mcp", "git"] as const;

/** What of a project's file counts before the project is trusted, and what waits. */
export interface UntrustedConfig {
  readonly values: ConfigFile;
  /** What waits, each with its place: `hosts (file:line:column)`. */
  readonly waiting: readonly string[];
}

/**
 * Takes out of a project's file what counts only once the project is trusted. Tools of a role are among it: they may be a plugin's of the
 * person who looks at the project, and do what its models had no right to.
 *
 * @param file the project's file
 */
export function untrustedConfig({ values, placeOf }: ReadConfig): UntrustedConfig {
  const keys = TRUSTED_KEYS.filter((key) => values[key] !== undefined);
  const { roles = {} } = values;
  const armed = Object.keys(roles).filter((role) => roles[role]?.tools !== undefined);
  const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !keys.some((one) => one === key)));
  const disarmed = Object.entries(roles).map(([role, { tools: _waits, ...rest }]) => [role, rest]);
  return {
    values: { ...kept, ...(values.roles === undefined ? {} : { roles: Object.fromEntries(disarmed) }) },
    waiting: [
      ...keys.map((key) => `${key} (${placeOf([key])})`),
      ...armed.map((role) => `roles.${role}.tools (${placeOf(["roles", role, "tools"])})`),
    ],
  };
}
