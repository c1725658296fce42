import { type LoadedPlugins, loadPlugins, type OpenPlugin } from "../plugin/load.ts";
import { type CapabilitySources, openerOf, pluginFolders } from "./capabilities.ts";
import { openWithSettings } from "./open_with_settings.ts";

/** Opens plugins as they are opened for a run, with what is configured for them. */
export function pluginOpener(sources: CapabilitySources): OpenPlugin {
  return openWithSettings(openerOf(sources), sources.config);
}

/**
 * Loads the plugins of all folders, without anything else of a crew.
 *
 * @param sources configuration, project and trust
 * @param configured whether they need their settings; without, only what they declare is of interest
 * @returns what they offer, what was left out and what waits
 * @throws {CommandError} exit code 7 where a configured folder does not exist
 */
export function knownPlugins(sources: CapabilitySources, configured = true): Promise<LoadedPlugins> {
  const open = configured ? pluginOpener(sources) : openerOf(sources);
  return loadPlugins(pluginFolders(sources), { signal: sources.signal, open });
}
