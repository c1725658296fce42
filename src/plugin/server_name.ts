import type { Offer } from "./offer.ts";

/** What stands before the name of an MCP server where specialists name it among their tools, and where it is listed beside plugins. */
const PREFIX = "mcp:";
/** What stands before it in the name of its tool, which models call. */
const TOOL_PREFIX = "mcp_";

/** Names an MCP server as specialists do among their tools. */
export function serverNamed(name: string): string {
  return `${PREFIX}${name}`;
}

/**
 * Gives the name of the tool that a specialist means.
 *
 * @param name of a tool, or of an MCP server such as `mcp:github`, whose one tool stands for it
 */
export function toolOfServer(name: string): string {
  return name.startsWith(PREFIX) ? `${TOOL_PREFIX}${name.slice(PREFIX.length)}` : name;
}

/** Names of the tools of servers that plugins name: while a run is at work they come after their plugin. */
export function toolsOfServers(offers: readonly Offer[]): readonly string[] {
  return offers.flatMap(({ mcp }) => Object.keys(mcp).map((name) => toolOfServer(serverNamed(name))));
}

/**
 * Says that a tool that a specialist names is not there.
 *
 * @param name of the tool
 * @param tools those that there are, by name
 */
export function noTool(name: string, tools: ReadonlyMap<string, unknown>): string {
  return name.startsWith(TOOL_PREFIX)
    ? `There is no MCP server "${name.slice(TOOL_PREFIX.length)}": name it under "mcp" in config.jsonc, or in a plugin.`
    : `There is no tool "${name}"; the tools are ${[...tools.keys()].join(", ")}.`;
}

/** Whether what is offered is an MCP server's, and no plugin's with files. */
export function isServers({ path }: Pick<Offer, "path">): boolean {
  return path.startsWith(PREFIX);
}
