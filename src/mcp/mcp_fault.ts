/** What an MCP server, or the way to it, did wrong: a sentence for people and models. */
export class McpFault extends Error {
  override readonly name = "McpFault";
}
