import { dirname, isAbsolute, join } from "node:path";
import { wordsOf } from "../features/words_of.ts";
import type { ServerSetting } from "../mcp/server_setting.ts";
import type { ReadConfig } from "./config_file.ts";
import type { ServerFile } from "./config_schema.ts";
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
      const { folder = project } = server;
      const whole = isAbsolute(folder) ? folder : join(dirname(file.path), folder);
      servers[name] ??= {
        value: settingOf(name, { ...server, folder: whole }, of),
        origin: file.placeOf(["mcp", name]),
      };
    }
  }
  return servers;
}

function settingOf(
  name: string,
  { command, env_variables, headers_from, free = [], seconds = USUAL_SECONDS, ...rest }: ServerFile & {
    readonly folder: string;
  },
  origin: "user" | "project",
): ServerSetting {
  return {
    ...rest,
    name,
    origin,
    ...(command === undefined ? {} : { command: wordsOf(command) }),
    variables: env_variables ?? [],
    headersFrom: headers_from ?? {},
    free,
    seconds,
  };
}
