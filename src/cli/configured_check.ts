import { wordsOf } from "../features/words_of.ts";
import type { ConfiguredCheck } from "../languages/runner.ts";
import type { ConfigFile } from "./config_schema.ts";

/**
 * Reads a check of the configuration.
 *
 * @param check as the file names it: its folder may begin with `./`, its bound is in seconds
 * @returns the command as words, the bound in milliseconds; no folder for the project's own
 */
export function configuredCheck(check: NonNullable<ConfigFile["checks"]>[number]): ConfiguredCheck {
  const timeoutMs = check.seconds === undefined ? undefined : check.seconds * 1000;
  const folder = check.folder?.replace(/^(?:\.\/)+/, "").replace(/\/$/, "");
  return {
    name: check.name,
    command: wordsOf(check.command),
    timeoutMs,
    ...(folder === undefined || folder === "." ? {} : { folder }),
  };
}
