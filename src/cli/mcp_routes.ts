import { buildCommand, buildRouteMap } from "@stricli/core";
import { JSON_FLAG, LOOK_FLAGS } from "./run_flags.ts";
import { loadLater } from "./load_later.ts";

const LOOK = { project: LOOK_FLAGS.project, config: LOOK_FLAGS.config, trust: LOOK_FLAGS.trust, json: JSON_FLAG };
const ALIASES = { C: "project" } as const;

const list = buildCommand({
  loader: () => loadLater<typeof import("./commands/mcp.ts")>(import.meta.resolve("./commands/mcp.ts")),
  parameters: { flags: LOOK, aliases: ALIASES },
  docs: { brief: "Start the MCP servers of the configuration and of plugins and list them; the same as no word" },
});

const test = buildCommand({
  loader: () => loadLater<typeof import("./commands/mcp_test.ts")>(import.meta.resolve("./commands/mcp_test.ts")),
  parameters: {
    flags: LOOK,
    aliases: ALIASES,
    positional: {
      kind: "tuple",
      parameters: [{ brief: "Its name in the configuration or a plugin", parse: String, placeholder: "NAME" }],
    },
  },
  docs: {
    brief: "Start one and show its tools with their arguments, or what is wrong",
    fullDescription:
      "Starts an MCP server of the configuration or of a plugin, or reaches it, and shows its tools with their arguments. No tool is called.\n" +
      "Exit codes: 0 it answers, 2 no such server, 7 it does not start or does not answer.",
  },
});

/** Commands around MCP servers. */
export const MCP_ROUTES = buildRouteMap({
  routes: { list, test },
  docs: { brief: "List the MCP servers whose tools roles may have, and test one" },
});
