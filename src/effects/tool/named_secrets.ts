import type { Call } from "../../kernel/call.ts";
import { isRecord } from "../../kernel/json.ts";
import { isSecretPath } from "../../languages/secret_path.ts";

/** Names of arguments that name a file. */
const NAMES_A_FILE = /path|file|folder|directory|(?:^|_)(?:from|to|source|target)$/i;

/**
 * Finds the files with secrets that a call names: those that a person is asked about before it runs.
 *
 * @param args arguments of the call
 * @returns paths as {@link plainPath} writes them
 */
export function namedSecrets(args: Call["arguments"]): ReadonlySet<string> {
  const named = Object.entries(args).flatMap(([name, value]): readonly string[] =>
    isRecord(value)
      ? [...namedSecrets(value)]
      : NAMES_A_FILE.test(name)
      ? [value].flat().filter((path) => typeof path === "string")
      : []
  );
  return new Set(named.filter(isSecretPath).map(plainPath));
}

/** A path without empty parts and without those that mean the same folder. */
export function plainPath(path: string): string {
  const plain = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".").join("/");
  return path.startsWith("/") ? `/${plain}` : plain;
}
