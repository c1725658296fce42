import { nearName } from "../mediate/near_name.ts";
import type { LoadedPlugins } from "../plugin/load.ts";
import type { OpenPlugin } from "../plugin/open_in_process.ts";
import { checkSettings, type SettingFault, withSettings } from "../plugin/settings.ts";
import type { Config } from "./config.ts";

/**
 * Opens plugins with what is configured for them: one whose settings do not fit is not offered.
 *
 * @param open opens the module
 * @param config where the settings stand
 * @returns opens the module and hands it its settings; rejects with a sentence that names the place in the file
 */
export function openWithSettings(open: OpenPlugin, config: Config): OpenPlugin {
  return async (place, bounds) => {
    const offer = await open(place, bounds);
    const own = config.settings[offer.plugin] ?? {};
    // Settings of a plugin that declares none are told apart: they keep nobody from using it.
    if (offer.settings === null) return withSettings(offer, {});
    const given = Object.fromEntries(Object.entries(own).map(([key, { value }]) => [key, value]));
    const checked = checkSettings(offer.settings, given);
    if ("settings" in checked) return withSettings(offer, checked.settings);
    await offer.close?.();
    const faults = checked.faults.map((fault) => `  ${faultAt(offer.plugin, fault, own[fault.key]?.origin)}`);
    throw new Error(
      [`Plugin ${offer.path} cannot be used with its settings.`, ...faults, `  ${whatToDo(config)}`].join("\n"),
    );
  };
}

function faultAt(plugin: string, { text }: SettingFault, origin: string | undefined): string {
  return `${origin === undefined ? "" : `${origin}: `}settings.${plugin}: ${text}`;
}

function whatToDo({ files }: Config): string {
  return `Correct its settings in ${files.map(({ path }) => path).join(" or ")}.`;
}

/**
 * Says which settings are of no plugin that is there, or of one that takes none.
 *
 * @param config where the settings stand
 * @param loaded the plugins
 * @returns sentences for people
 */
export function strayNotes({ settings }: Config, { offers, failures, untrusted }: LoadedPlugins): string[] {
  const names = offers.map(({ plugin }) => plugin);
  return Object.entries(settings).flatMap(([plugin, own]) => {
    const [first] = Object.values(own);
    const offer = offers.find((one) => one.plugin === plugin);
    if (first === undefined || (offer !== undefined && offer.settings !== null)) return [];
    if (offer !== undefined) return [`${first.origin}: the plugin "${plugin}" takes no settings.`];
    const near = nearName(plugin, names);
    // It may be of one that was left out: of those the names are not known.
    if (near === null && failures.length + untrusted.length > 0) return [];
    return [`${first.origin}: settings.${plugin} is of no plugin.${near === null ? "" : ` Did you mean "${near}"?`}`];
  });
}
