import type { Origin } from "../plugin/offer.ts";

/** What is configured of an MCP server: how it is reached, and what of it is used. */
export interface ServerSetting {
  /** Its name, in the configuration or the plugin that names it. */
  readonly name: string;
  /** Whose configuration or plugin names it. */
  readonly origin: Origin;
  /** The plugin that names it; absent where a configuration does. */
  readonly plugin?: string;
  /** Words of the command that starts it; absent where it is reached by its address. */
  readonly command?: readonly string[];
  /** Address of one that is reached by HTTP. */
  readonly url?: string;
  /** Absolute path of the folder that its command is started in. */
  readonly folder: string;
  /** Environment variables that its command has beside the few that every program needs. */
  readonly variables: readonly string[];
  /** Headers of each request by the environment variables that hold their values. */
  readonly headersFrom: Readonly<Record<string, string>>;
  /** Tools that are used, as patterns in which `*` stands for any text; absent: all. */
  readonly include?: readonly string[];
  /** Tools that are not used, as such patterns. */
  readonly exclude?: readonly string[];
  /** Tools that run without a question, beside those that only read. */
  readonly free: readonly string[];
  /** Most time of a call, in seconds. */
  readonly seconds: number;
}

/** Says how a server is reached, for people. */
export function sayReached({ command = [], url }: ServerSetting): string {
  return url ?? command.join(" ");
}
