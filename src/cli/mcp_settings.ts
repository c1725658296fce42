import { dirname, isAbsolute, join } from "node:path";
import { wordsOf } from "../features/words_of.ts";
import type { KnownServer } from "../mcp/mcp_servers.ts";
import type { ServerSetting } from "../mcp/server_setting.ts";
import { isNothing, sayPermissions, unionOf, withoutThose } from "../plugin/host/permissions.ts";
import { type NamedServer, neededBy } from "../plugin/named_server.ts";
import type { Offer } from "../plugin/offer.ts";
import type { ReadConfig } from "./config_file.ts";
import type { Setting } from "./setting.ts";

/** Most time of a call where nothing is configured, in seconds. */
const USUAL_SECONDS = 60;

/**
 * Gives the MCP servers that configuration files name; of two of one name the first file's stays.
 *
 * @param project its folder, in which commands are started where no other is named
 * @param files files in order of precedence, each with whose it is
 * @returns servers by name
 */
export function serversOf(
  project: string,
  files: readonly { readonly file: ReadConfig; readonly of: "user" | "project" }[],
): Readonly<Record<string, Setting<ServerSetting>>> {
  const servers: Record<string, Setting<ServerSetting>> = {};
  for (const { file, of } of files) {
    for (const [name, server] of Object.entries(file.values.mcp ?? {})) {
      servers[name] ??= {
        value: settingOf(server, { name, origin: of }, { project, file: file.path }),
        origin: file.placeOf(["mcp", name]),
      };
    }
  }
  return servers;
}

/**
 * Gives the MCP servers that plugins name. Each may be started as far as its plugin may do what that needs.
 *
 * @param project its folder, in which commands are started where no other is named
 * @param offers what plugins offer
 */
export function serversOfPlugins(project: string, offers: readonly Offer[]): readonly KnownServer[] {
  return offers.flatMap((offer) =>
    Object.entries(offer.mcp).map(([name, server]) => {
      const { plugin, origin } = offer;
      const setting = settingOf(server, { name, origin, plugin }, { project, file: offer.path });
      return { setting, refusal: () => refusalOf(offer, setting, server) };
    })
  );
}

/** Says what its plugin was not allowed and a server needs; null where that is nothing. */
function refusalOf({ plugin, contained }: Offer, { name }: ServerSetting, server: NamedServer): string | null {
  if (contained === undefined) return null;
  const missing = withoutThose(unionOf([neededBy(server)]), unionOf([contained.granted()]));
  if (isNothing(missing)) return null;
  return `The MCP server ${name} of the plugin ${plugin} waits for a permission: its plugin ${
    sayPermissions(missing)
  }, and nobody allowed that yet. A person allows it by: autonomy plugins allow ${plugin}`;
}

function settingOf(
  { command, env_variables, headers_from, free = [], seconds = USUAL_SECONDS, folder, ...rest }: NamedServer,
  of: Pick<ServerSetting, "name" | "origin" | "plugin">,
  { project, file }: { readonly project: string; readonly file: string },
): ServerSetting {
  return {
    ...rest,
    ...of,
    folder: folder === undefined || isAbsolute(folder) ? folder ?? project : join(dirname(file), folder),
    ...(command === undefined ? {} : { command: wordsOf(command) }),
    variables: env_variables ?? [],
    headersFrom: headers_from ?? {},
    free,
    seconds,
  };
}
