import deno from "../../deno.json" with { type: "json" };
import { takeKey } from "../fleet/host_address.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { type KnownServer, McpServers } from "../mcp/mcp_servers.ts";
import { type LoadedPlugins, mustFit, type PluginFailure } from "../plugin/load.ts";
import type { Offer } from "../plugin/offer.ts";
import { PluginRefused } from "../plugin/plugin_refused.ts";
import { serverNamed } from "../plugin/server_name.ts";
import type { Config } from "./config.ts";
import type { PluginSources } from "./known_plugins.ts";
import { serversOfPlugins } from "./mcp_settings.ts";
import { stateHome } from "./places.ts";

/** What MCP servers are known by. */
type ServerSources = Pick<PluginSources, "config" | "project" | "environment">;

/**
 * Lists the MCP servers of the configuration, and behind them those that plugins name. Keys that go in headers to those that may
 * be asked are taken out of the environment.
 *
 * @param sources configuration and project
 * @param offers what plugins offer
 */
export function namedServers(
  { config, project }: { readonly config: Pick<Config, "mcp">; readonly project: string },
  offers: readonly Offer[],
): readonly KnownServer[] {
  const ofPlugins = serversOfPlugins(project, offers);
  // A plugin that nobody allowed a variable takes it from nobody.
  const allowed = ofPlugins.filter(({ refusal }) => (refusal?.() ?? null) === null);
  for (const { setting } of allowed) for (const variable of Object.values(setting.headersFrom)) takeKey(variable);
  return [...Object.values(config.mcp).map(({ value }) => ({ setting: value })), ...ofPlugins];
}

/**
 * Puts what MCP servers offer behind what plugins do. A plugin that names a server of the configuration anew is left out. No server is started
 * before it is needed.
 *
 * @param sources configuration and environment; `learnsMs`: most time to wait for servers that are named by a role and not known
 * @param loaded what plugins offer
 */
export async function withServers(
  sources: ServerSources & Pick<PluginSources, "signal"> & { readonly learnsMs?: number },
  loaded: LoadedPlugins,
): Promise<{ readonly servers: McpServers; readonly plugins: LoadedPlugins }> {
  const { config, environment, learnsMs, signal } = sources;
  const offers: Offer[] = [];
  const failures: PluginFailure[] = [...loaded.failures];
  const leave = async (offer: Offer, error: unknown) => {
    failures.push({ path: offer.path, text: reasonOf(error) });
    await offer.close?.();
  };
  for (const offer of loaded.offers) {
    const taken = Object.keys(offer.mcp).flatMap((name) => config.mcp[name] ?? []);
    if (taken.length === 0) offers.push(offer);
    else await leave(offer, takenFault(offer, config));
  }
  const servers: McpServers = new McpServers(namedServers(sources, offers), {
    version: deno.version,
    state: stateHome(environment),
    // What holds keys was taken out of the environment, so that no command of a model finds it there.
    environment: (name) => environment(name) ?? takenKey(servers, config, name),
  });
  if (learnsMs !== undefined) await servers.learn(wantedServers(config, offers), learnsMs, signal);
  for (const offer of servers.offers()) {
    try {
      offers.push(mustFit(offer, offers));
    } catch (error) {
      await leave(offer, error);
    }
  }
  return { servers, plugins: { ...loaded, offers, failures } };
}

/** Names of the servers that a role has among its tools. */
export function wantedServers({ roles }: Config, offers: readonly Offer[]): readonly string[] {
  const tools = [
    ...offers.flatMap(({ specialists }) => specialists.flatMap((specialist) => specialist.tools)),
    ...Object.values(roles).flatMap((role) => role.tools?.value ?? []),
  ];
  return tools.flatMap((tool) => serverIn(tool) ?? []);
}

/** The server that a name among tools means; null where it means none. */
function serverIn(tool: string): string | null {
  const prefix = serverNamed("");
  return tool.startsWith(prefix) ? tool.slice(prefix.length) : null;
}

function takenFault({ path, mcp }: Offer, config: Config): PluginRefused {
  const taken = Object.keys(mcp).flatMap((name) => {
    const known = config.mcp[name];
    return known === undefined ? [] : [`MCP server "${serverNamed(name)}" is named in ${known.origin}.`];
  });
  return new PluginRefused(path, "offers a name that is taken", taken);
}

function takenKey(servers: McpServers, { keyVariables }: Config, name: string): string | undefined {
  const isKey = keyVariables.includes(name) ||
    servers.all.some(({ setting }) => Object.values(setting.headersFrom).includes(name));
  return isKey ? takeKey(name) : undefined;
}
