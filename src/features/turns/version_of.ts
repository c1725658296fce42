import type { Registry } from "../registry.ts";

/** The plugin version whose specialist plays a role, as a turn names it; nothing where it comes with Autonomy. */
export function versionOf({ roles }: Registry, role: string): { readonly version?: string } {
  const version = roles[role]?.version;
  return version === undefined ? {} : { version };
}
