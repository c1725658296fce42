import { reasonOf } from "../../kernel/reason_of.ts";
import { counted } from "../../kernel/text.ts";
import type { McpServer } from "../../mcp/mcp_server.ts";
import { sayReached } from "../../mcp/server_setting.ts";
import { shownAddress } from "../../fleet/host_address.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";
import type { CliContext } from "../context.ts";
import { capabilitySources, untrustedText } from "../capabilities.ts";
import { knownPlugins } from "../known_plugins.ts";
import { withServers } from "../known_servers.ts";
import { type Situation, situationOf, trustNotes, waitingNotes } from "../situation.ts";

/** Flags of the commands around MCP servers. */
export interface McpFlags {
  readonly project?: string;
  readonly config?: string;
  readonly trust: boolean;
  readonly json: boolean;
}

/** Most time that the servers have to start and to answer. */
const BOUND_MS = 60_000;

/**
 * Opens the MCP servers that the configuration and plugins name; the plugins themselves are closed again.
 *
 * @param context the world
 * @param situation project, configuration and trust
 * @param signal ends what opening a plugin takes
 */
export async function openServers(context: CliContext, situation: Situation, signal: AbortSignal) {
  const sources = { ...capabilitySources(context, situation), signal };
  const loaded = await knownPlugins(sources);
  const { servers, plugins } = await withServers(sources, loaded);
  await Promise.all(loaded.offers.map((offer) => offer.close?.()));
  return { servers, plugins };
}

/**
 * Starts the MCP servers of the configuration and of plugins and lists them, each with who names it, and what it offers or why it does not.
 *
 * @param flags the project and its trust
 */
export default async function mcp(this: CliContext, flags: McpFlags): Promise<void> {
  const situation = situationOf(this, flags);
  const signal = AbortSignal.timeout(BOUND_MS);
  const { servers, plugins } = await openServers(this, situation, signal);
  const found = await Promise.all(servers.all.map((server) => looked(server, signal)));
  await servers.close();
  const notes = [
    ...trustNotes(situation),
    ...waitingNotes(situation.config),
    ...plugins.failures.map(({ text }) => `Left out: ${text}`),
    ...(plugins.untrusted.length === 0 ? [] : [untrustedText(plugins.untrusted)]),
  ];
  if (flags.json) {
    for (const one of found) this.stdout.write(jsonLine({ type: "mcp_server", ...one }));
    for (const text of notes) this.stdout.write(jsonLine({ type: "note", text }));
    return;
  }
  const rows = found.map(({ name, from, plugin, how, state, says, tools }) => [
    name,
    plugin === null ? from : `plugin ${plugin}`,
    state,
    state === "ready" ? `${counted(tools.length, "tool")}, ${says}` : "-",
    how,
  ]);
  if (found.length === 0) {
    this.stdout.write('No MCP server is configured. Name one under "mcp" in config.jsonc; docs/mcp.md shows how.\n');
  } else this.stdout.write(columns([["NAME", "FROM", "STATE", "TOOLS", "HOW"], ...rows]));
  for (const { error } of found) if (error !== null) this.stdout.write(`\n${error}\n`);
  for (const note of notes) this.stdout.write(`\n${note}\n`);
}

async function looked(server: McpServer, signal: AbortSignal) {
  const { setting } = server;
  const how = shownAddress(sayReached(setting));
  const one = { name: setting.name, from: setting.origin, plugin: setting.plugin ?? null, how };
  try {
    const { says, tools } = await server.look(signal);
    return { ...one, state: "ready", says, tools: tools.map((tool) => tool.name), error: null } as const;
  } catch (error) {
    const state = server.refusal === null ? "failed" : "waits";
    return { ...one, state, says: "", tools: [], error: reasonOf(error) } as const;
  }
}
