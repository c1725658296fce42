import type { ReadConfig } from "./config_file.ts";
import type { Setting } from "./setting.ts";

/** What is configured for plugins: by name of the plugin, then of the setting. */
export type PluginSettings = Readonly<Record<string, Readonly<Record<string, Setting<unknown>>>>>;

/**
 * Reads what files say for plugins; each setting is taken from the first file that has it.
 *
 * @param files files in order of precedence
 */
export function pluginSettings(files: readonly ReadConfig[]): PluginSettings {
  const plugins: Record<string, Record<string, Setting<unknown>>> = {};
  for (const { values, placeOf } of files) {
    for (const [plugin, settings] of Object.entries(values.settings ?? {})) {
      const own = plugins[plugin] ??= {};
      for (const [key, value] of Object.entries(settings)) {
        own[key] ??= { value, origin: placeOf(["settings", plugin, key]) };
      }
    }
  }
  return plugins;
}
