import { reasonOf } from "../kernel/reason_of.ts";
import { findNodeAtLocation, getNodeValue, type Node } from "jsonc-parser";
import type * as z from "zod";
import { nearName } from "../mediate/near_name.ts";
import { namesVariables } from "../plugin/field_shapes.ts";
import { knownKeys, schemaWords } from "../plugin/schema_words.ts";
import { CommandError } from "./command_error.ts";
import { ConfigFile } from "./config_schema.ts";
import { EXIT } from "./exit_code.ts";
import { duplicatesIn, type Keys, nodeAt, parseJsonc } from "./jsonc_text.ts";

/** A configuration file that was read. */
export interface ReadConfig {
  /** Absolute path. */
  readonly path: string;
  /** What it says; nothing where there are faults. */
  readonly values: ConfigFile;
  /** Everything that is wrong, each with its place, what was wanted and what was found. */
  readonly faults: readonly string[];
  /**
   * Says where a value stands.
   *
   * @param keys keys from the top
   * @returns `file:line:column`
   */
  readonly placeOf: (keys: Keys) => string;
}

/**
 * Reads a configuration file: JSON with comments and trailing commas.
 *
 * @param path absolute path
 * @param wanted whether a missing file is an error
 * @returns what it says; null when there is none
 * @throws {CommandError} exit code 7 where it cannot be read
 */
export function readConfigFile(path: string, wanted: boolean): ReadConfig | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (cause) {
    const absent = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    if (absent && !wanted) return null;
    throw new CommandError(
      EXIT.config,
      absent
        ? `There is no configuration file ${path}. Correct the path, or leave --config out.`
        : `The configuration ${path} cannot be read: ${reasonOf(cause)}. Make it readable, or move it away.`,
      { cause },
    );
  }
  return parseConfig(path, text);
}

/** Most faults that are told at once: broken JSON can bring one for each of its words. */
const MOST_FAULTS = 20;

/**
 * Refuses configuration files that are wrong, all of them at once.
 *
 * @param files files that were read
 * @throws {CommandError} exit code 7, with everything that is wrong
 */
export function mustBeRight(files: readonly ReadConfig[]): void {
  const faults = files.flatMap((file) => file.faults);
  if (faults.length === 0) return;
  const more = faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more`] : [];
  const head = `The configuration is wrong${faults.length === 1 ? "" : " in more than one place"}. Correct it; ` +
    "`autonomy config --schema` prints what may stand in it.";
  throw new CommandError(EXIT.config, [head, ...faults.slice(0, MOST_FAULTS), ...more].join("\n  "));
}

/**
 * Parses and checks the text of a configuration file.
 *
 * @param path absolute path, for places
 * @param text its text
 * @returns what it says, or what is wrong
 */
export function parseConfig(path: string, text: string): ReadConfig {
  const { tree, at, placeOf, faults: broken } = parseJsonc(path, text);
  const wrong = (faults: readonly string[]): ReadConfig => ({ path, values: {}, faults, placeOf });
  if (broken.length > 0) return wrong(broken);
  const result = ConfigFile.safeParse(tree === undefined ? {} : getNodeValue(tree), { error: schemaWords });
  const faults = [
    ...duplicatesIn(tree, at),
    ...(result.error?.issues ?? []).flatMap((issue) => faultsOf(issue, tree, at)),
  ];
  return result.success && faults.length === 0 ? { path, values: result.data, faults, placeOf } : wrong(faults);
}

function faultsOf(issue: z.core.$ZodIssue, tree: Node | undefined, at: (offset: number) => string): string[] {
  const keys = issue.path.filter((key) => typeof key !== "symbol");
  const name = keys.join(".") || "the configuration";
  const place = at(nodeAt(tree, keys)?.offset ?? 0);
  const placeOfKey = (path: Keys) => at(nodeAt(tree, path)?.parent?.offset ?? 0);
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(ConfigFile, keys);
    return issue.keys.map((key) => {
      const near = nearName(key, known);
      const meant = near === null ? "" : `did you mean "${near}"? `;
      return `${placeOfKey([...keys, key])}: there is no "${key}" in ${name}; ${meant}wanted: ${known.join(", ")}`;
    });
  }
  if (issue.code === "invalid_key") {
    return [`${placeOfKey(keys)}: the name ${name} ${issue.issues[0]?.message ?? "is wrong"}`];
  }
  const found = tree === undefined ? undefined : findNodeAtLocation(tree, keys);
  if (found === undefined) return [`${place}: ${name} is missing; wanted ${issue.message.replace(/^must be /, "")}`];
  const isSecret = keys.some(namesVariables);
  const what = isSecret ? "what is not shown, since it may be the key itself" : shown(getNodeValue(found));
  return [`${place}: ${name} ${issue.message}; found ${what}`];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (field, inner: unknown) => namesVariables(field) ? "…" : inner);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
