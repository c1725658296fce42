import deno from "../../deno.json" with { type: "json" };
import { takeKey } from "../fleet/host_address.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { McpServers } from "../mcp/mcp_servers.ts";
import { type LoadedPlugins, mustFit, type PluginFailure } from "../plugin/load.ts";
import type { Offer } from "../plugin/offer.ts";
import { serverNamed } from "../plugin/server_name.ts";
import type { Config } from "./config.ts";
import type { PluginSources } from "./known_plugins.ts";
import { stateHome } from "./places.ts";

/**
 * Opens the MCP servers of a configuration. None is started before it is needed.
 *
 * @param sources where variables are read
 */
export function knownServers({ environment }: Pick<PluginSources, "environment">, config: Config): McpServers {
  return new McpServers(Object.values(config.mcp).map(({ value }) => value), {
    version: deno.version,
    state: stateHome(environment),
    // What holds keys was taken out of the environment, so that no command of a model finds it there.
    environment: (name) => environment(name) ?? (config.keyVariables.includes(name) ? takeKey(name) : undefined),
  });
}

/**
 * Puts what MCP servers offer behind what plugins do.
 *
 * @param sources configuration and environment; `learnsMs`: most time to wait for servers that are named by a role and not known
 * @param plugins what plugins offer
 */
export async function withServers(
  sources: PluginSources & { readonly learnsMs?: number },
  plugins: LoadedPlugins,
): Promise<{ readonly servers: McpServers; readonly plugins: LoadedPlugins }> {
  const { config, learnsMs, signal } = sources;
  const servers = knownServers(sources, config);
  if (learnsMs !== undefined) await servers.learn(namedServers(config, plugins.offers), learnsMs, signal);
  const offers = [...plugins.offers];
  const failures: PluginFailure[] = [...plugins.failures];
  for (const offer of servers.offers()) {
    try {
      offers.push(mustFit(offer, offers));
    } catch (error) {
      failures.push({ path: offer.path, text: reasonOf(error) });
      await offer.close?.();
    }
  }
  return { servers, plugins: { ...plugins, offers, failures } };
}

/** Names of the servers that a role has among its tools. */
function namedServers({ mcp, roles }: Config, offers: readonly Offer[]): readonly string[] {
  const tools = [
    ...offers.flatMap(({ specialists }) => specialists.flatMap((specialist) => specialist.tools)),
    ...Object.values(roles).flatMap((role) => role.tools?.value ?? []),
  ];
  return Object.keys(mcp).filter((name) => tools.includes(serverNamed(name)));
}
