import { homedir } from "node:os";
import { join } from "node:path";
import deno from "../../deno.json" with { type: "json" };
import { BUILT_IN_HOSTS } from "../fleet/host_kinds.ts";
import { hostedPlugins } from "../plugin/host/hosted_plugins.ts";
import { type LoadedPlugins, loadPlugins, type PluginFolder } from "../plugin/load.ts";
import { openInProcess, type OpenPlugin } from "../plugin/open_in_process.ts";
import { keeping } from "../plugin/live/kept_offer.ts";
import { withMarkdown } from "../plugin/markdown/with_markdown.ts";
import { CommandError } from "./command_error.ts";
import type { Config } from "./config.ts";
import { EXIT } from "./exit_code.ts";
import { openWithSettings } from "./open_with_settings.ts";
import { BUILT_IN_PLUGINS, configFolder, PROJECT_FOLDER, stateHome } from "./places.ts";

/** What plugins are looked for by. */
export interface PluginSources {
  readonly config: Config;
  readonly environment: (name: string) => string | undefined;
  /** Real path of the project. */
  readonly project: string;
  /** Whether plugins and prompts of the project's own folder count. */
  readonly trusted: boolean;
  readonly signal: AbortSignal;
  /** Opens a plugin that does not come with the program; absent: in a process of its own. */
  readonly open?: OpenPlugin;
}

/**
 * Loads the plugins of all folders, without anything else of a crew.
 *
 * @param sources configuration, project and trust
 * @param configured whether they need their settings; without, only what they declare is of interest
 * @returns what they offer, what was left out and what waits
 * @throws {CommandError} exit code 7 where a configured folder does not exist
 */
export function knownPlugins(sources: PluginSources, configured = true): Promise<LoadedPlugins> {
  const open = configured ? pluginOpener(sources) : withMarkdown(openerOf(sources));
  return loadPlugins(pluginFolders(sources), { signal: sources.signal, open });
}

/** Opens plugins as they are opened for a run, with what is configured for them, and counts what is at work in each. */
export function pluginOpener(sources: PluginSources): OpenPlugin {
  return keeping(withMarkdown(openWithSettings(openerOf(sources), sources.config)));
}

/**
 * Lists the folders that plugins are loaded from.
 *
 * @param sources configuration, project and trust
 * @returns folders in order of precedence
 * @throws {CommandError} exit code 7 where a configured folder does not exist
 */
export function pluginFolders({ config, environment, project, trusted }: PluginSources): PluginFolder[] {
  for (const { value, origin } of config.plugins) {
    try {
      if (Deno.statSync(value).isDirectory) continue;
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) continue;
    }
    throw new CommandError(
      EXIT.config,
      `${origin}: the plugin folder ${value} does not exist. Make it, or correct the path.`,
    );
  }
  const configured = (of: "user" | "project"): PluginFolder[] =>
    config.plugins.filter((folder) => folder.of === of).map(({ value }) => ({
      path: value,
      origin: of,
      trusted: of === "user" || trusted,
    }));
  return [
    { path: BUILT_IN_PLUGINS, origin: "built-in", trusted: true },
    { path: join(configFolder(environment), "plugins"), origin: "user", trusted: true },
    { path: join(configFolder(environment), "agents"), origin: "user", trusted: true, specialistsAlone: true },
    ...configured("user"),
    { path: join(project, PROJECT_FOLDER, "plugins"), origin: "project", trusted },
    { path: join(project, PROJECT_FOLDER, "agents"), origin: "project", trusted, specialistsAlone: true },
    ...configured("project"),
  ];
}

/** Opens what comes with the program inside it, and anything else in a process of its own. */
function openerOf(sources: PluginSources): OpenPlugin {
  const { environment, project } = sources;
  let apart = sources.open;
  return (place, bounds) => {
    if (place.origin === "built-in") return openInProcess(place, bounds);
    apart ??= hostedPlugins({
      state: stateHome(environment),
      home: environment("HOME") || homedir(),
      project,
      protects: [configFolder(environment)],
      program: deno.version,
      kinds: BUILT_IN_HOSTS,
    }).open;
    return apart(place, bounds);
  };
}
