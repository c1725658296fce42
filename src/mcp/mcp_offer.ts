import type { Offer } from "../plugin/offer.ts";
import { serverNamed, toolOfServer } from "../plugin/server_name.ts";
import { contentHash } from "../work/content_hash.ts";
import type { Listing } from "./listing.ts";
import type { McpServer } from "./mcp_server.ts";
import { mcpTool } from "./mcp_tool.ts";

/** Digits of a short hash. */
const SHORT = 8;

/**
 * Gives what a server offers as plugins do: the one tool that stands for it.
 *
 * @param server the server
 * @param listing what it offers; null where that is not known yet
 * @param close ends what stands behind it, once nothing of the server is offered any more
 */
export function mcpOffer(server: McpServer, listing: Listing | null, close: () => Promise<void>): Offer {
  const { setting } = server;
  const named = serverNamed(setting.name);
  return {
    plugin: named,
    path: named,
    origin: setting.origin,
    version: contentHash(JSON.stringify([setting, listing])).slice(0, SHORT),
    specialists: [],
    tools: [mcpTool(toolOfServer(named), server, listing)],
    hosts: [],
    rules: [],
    panes: [],
    commands: [],
    mcp: {},
    settings: null,
    ...(setting.plugin === undefined ? {} : { namedBy: setting.plugin }),
    close,
  };
}
