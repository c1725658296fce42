import { join } from "node:path";
import type { Languages } from "../../languages/language.ts";
import type { Enclosure } from "./enclosure_shape.ts";

/** Name of the folder below the sandbox's `/tmp` that holds caches of tools. */
export const TOOL_CACHES = ".cache";

/**
 * Gives the variables by which the tools of some languages work where nothing in the home folder can be written.
 *
 * @param languages languages that are known
 * @param enclosure what a command sees; without one, and with none of its tiers, tools find what they always find
 */
export function cacheEnvironment(languages: Languages, enclosure: Enclosure | undefined): Record<string, string> {
  if (enclosure === undefined || enclosure.tier === "none") return {};
  const temporary = enclosure.tier === "sandbox-exec" ? enclosure.temporary : "/tmp";
  const isOffline = !enclosure.network && enclosure.tier !== "bubblewrap-shared-network";
  return Object.values(languages).reduce((all, { caches }) => {
    const folders = Object.entries(caches?.folders ?? {})
      .map(([variable, name]) => [variable, join(temporary, TOOL_CACHES, name)]);
    // What the person has set stays.
    const always = Object.entries(caches?.always ?? {}).filter(([variable]) => Deno.env.get(variable) === undefined);
    return {
      ...all,
      ...Object.fromEntries(always),
      ...(isOffline ? caches?.offline : {}),
      ...Object.fromEntries(folders),
    };
  }, {} as Record<string, string>);
}
