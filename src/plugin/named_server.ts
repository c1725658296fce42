import * as z from "zod";
import { wordsOf } from "../features/words_of.ts";
import { command, headersFrom, variable, words } from "./field_shapes.ts";
import type { Permissions } from "./tool.ts";

/** An MCP server as a plugin or a configuration file names it: by the command that starts it, or by its address. */
export interface NamedServer {
  /** Command that starts it, which speaks over its standard streams; as one line or as a list of its words. */
  readonly command?: string | readonly string[];
  /** Address of a server that is reached by streamable HTTP. */
  readonly url?: string;
  /** Folder that the command is started in, absolute or as seen from the file that names it; the project if absent. */
  readonly folder?: string;
  /** Environment variables that the command has beside HOME, PATH and the like: their names, never their values. */
  readonly env_variables?: readonly string[];
  /** Headers of each request by the environment variables that hold their values. */
  readonly headers_from?: Readonly<Record<string, string>>;
  /** Tools that are used, as patterns in which `*` stands for any text; all if absent. */
  readonly include?: readonly string[];
  /** Tools that are not used, as such patterns. */
  readonly exclude?: readonly string[];
  /** Tools that run without a question, by name. Those that only read, as the server says, do so anyway. */
  readonly free?: readonly string[];
  /** Most time of a call, in seconds; 60 if absent. */
  readonly seconds?: number;
}

/** The form of {@link NamedServer}. */
export const NamedServerShape = z.strictObject({
  command: command.optional().describe(
    "Command that starts the server, which speaks over its standard streams; as one line or as a list of its words.",
  ),
  url: z.url({ protocol: /^https?$/, error: "must be an address such as https://mcp.example/mcp" }).optional().describe(
    "Address of a server that is reached by streamable HTTP.",
  ),
  folder: words.optional().describe(
    "Folder that the command is started in, absolute or as seen from this file; the project where absent.",
  ),
  env_variables: z.array(variable).optional().describe(
    "Environment variables that the command has beside HOME, PATH and the like: their names, never their values.",
  ),
  headers_from: headersFrom.optional().describe(
    "Headers of each request, such as Authorization, by the environment variables that hold their values.",
  ),
  include: z.array(words).min(1).optional().describe(
    "Tools of the server that are used, as patterns in which * stands for any text; absent: all.",
  ),
  exclude: z.array(words).min(1).optional().describe("Tools that are not used, as such patterns."),
  free: z.array(words).optional().describe(
    "Tools that run without a question, by name. Those that only read, as the server says, do so anyway.",
  ),
  seconds: z.int().min(1).max(3_600).optional().meta({ description: "Most time of a call, in seconds.", default: 60 }),
}).refine(
  ({ command, url }) => (command === undefined) !== (url === undefined),
  "must have a command or an url, not both",
);

/**
 * Says what a server needs that a plugin names: its program with its variables, or the way to its address.
 *
 * @param server as the plugin names it
 */
export function neededBy({ command, url, env_variables = [], headers_from = {} }: NamedServer): Permissions {
  if (url === undefined) return { run: wordsOf(command).slice(0, 1), env: env_variables };
  const { hostname, port, protocol } = new URL(url);
  return {
    net: [`${hostname}:${port || (protocol === "https:" ? 443 : 80)}`],
    env: Object.values(headers_from),
  };
}
