import { oneLine } from "../../kernel/say.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { counted } from "../../kernel/text.ts";
import { argumentsOf, type Listing, requiredOf, type ServerTool } from "../../mcp/listing.ts";
import { nearName } from "../../mediate/near_name.ts";
import { serverNamed } from "../../plugin/server_name.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { situationOf } from "../situation.ts";
import { type McpFlags, openServers } from "./mcp.ts";

/** Most time that the server has to start and to answer. */
const BOUND_MS = 60_000;

/**
 * Starts an MCP server and shows its tools with their arguments, or what is wrong. No tool is called.
 *
 * @param flags the project and its trust
 * @param name of the server
 * @throws {CommandError} exit code 2 where no such server is named, 7 where it does not answer
 */
export default async function mcpTest(this: CliContext, flags: McpFlags, name: string): Promise<void> {
  const situation = situationOf(this, flags);
  const signal = AbortSignal.timeout(BOUND_MS);
  const { servers } = await openServers(this, situation, signal);
  const server = servers.all.find(({ setting }) => setting.name === name);
  if (server === undefined) {
    const known = servers.all.map(({ setting }) => setting.name);
    const near = nearName(name, known);
    throw new CommandError(
      EXIT.usage,
      `There is no MCP server "${name}"${near === null ? "" : `; did you mean "${near}"?`} ` +
        `There are: ${known.join(", ") || "none"}.`,
    );
  }
  let listing: Listing;
  try {
    listing = await server.look(signal);
  } catch (cause) {
    throw new CommandError(EXIT.config, reasonOf(cause), { cause });
  } finally {
    await servers.close();
  }
  const free = (tool: ServerTool) => tool.readsOnly || server.setting.free.includes(tool.name);
  if (flags.json) {
    for (const tool of listing.tools) {
      this.stdout.write(jsonLine({ type: "mcp_tool", server: name, ...tool, free: free(tool) }));
    }
    return;
  }
  const { says, tools, passedOver } = listing;
  const lines = tools.flatMap((tool) => [
    `${tool.name} (${argumentsText(tool)})${free(tool) ? "" : ", asks first"}`,
    ...(tool.describes === "" ? [] : [`  ${oneLine(tool.describes, 300)}`]),
  ]);
  const left = passedOver === 0 ? [] : [`${counted(passedOver, "tool")} cannot be used as they are told.`];
  this.stdout.write(
    [`${says} answers with ${counted(tools.length, "tool")}. A role has them with "${serverNamed(name)}" in its tools.`]
      .concat(lines, left).join("\n") + "\n",
  );
}

/** Names of the arguments, those that may be left out with a `?`. */
function argumentsText(tool: ServerTool): string {
  const required = requiredOf(tool);
  return argumentsOf(tool).map((name) => required.includes(name) ? name : `${name}?`).join(", ");
}
