import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { z } from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError } from "./command_error.ts";
import { ConfigFile } from "./config_schema.ts";
import { EXIT } from "./exit_code.ts";

/** A configuration file that was read. */
export interface ReadConfig {
  /** Absolute path. */
  readonly path: string;
  readonly values: ConfigFile;
  /**
   * Says where a value stands.
   *
   * @param path keys from the top, such as `["hosts", "fast"]`
   * @returns `file:line:column`
   */
  readonly placeOf: (path: readonly (string | number)[]) => string;
}

/**
 * Reads a configuration file: JSON with comments and trailing commas.
 *
 * @param path absolute path
 * @param wanted whether a missing file is an error
 * @returns what it says; null when there is none
 * @throws {CommandError} exit code 7, with the place of everything that is wrong
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

/**
 * Parses and checks the text of a configuration file.
 *
 * @param path absolute path, for places
 * @param text its text
 * @returns what it says
 * @throws {CommandError} exit code 7, with the place of everything that is wrong
 */
export function parseConfig(path: string, text: string): ReadConfig {
  const at = (offset: number) => `${path}:${lineAndColumn(text, offset)}`;
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) {
    throw wrong(errors.map(({ error, offset }) => `${at(offset)}: ${syntaxWords(printParseErrorCode(error))}`));
  }
  const value: unknown = tree === undefined ? {} : plain(tree);
  const twice = tree === undefined ? [] : duplicates(tree);
  if (twice.length > 0) {
    throw wrong(twice.map((node) => `${at(node.offset)}: "${String(node.value)}" stands here a second time`));
  }
  const result = ConfigFile.safeParse(value);
  const placeOf = (keys: readonly (string | number)[]) => at(offsetOf(tree, keys));
  if (!result.success) throw wrong(result.error.issues.flatMap((issue) => faultsOf(issue, value, tree, at)));
  return { path, values: result.data, placeOf };
}

function wrong(faults: readonly string[]): CommandError {
  const head = faults.length === 1
    ? "The configuration is wrong."
    : "The configuration is wrong in more than one place.";
  return new CommandError(EXIT.config, [head, ...faults.slice(0, 10)].join("\n  "));
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/** Offset of the value at some keys, or of its nearest ancestor that exists. */
function offsetOf(tree: Node | undefined, keys: readonly (string | number)[]): number {
  if (tree === undefined) return 0;
  for (let length = keys.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, keys.slice(0, length));
    if (node !== undefined) return node.offset;
  }
  return tree.offset;
}

/** Offset of a key itself. */
function offsetOfKey(tree: Node | undefined, keys: readonly (string | number)[]): number {
  const value = tree === undefined ? undefined : findNodeAtLocation(tree, [...keys]);
  return value?.parent?.type === "property" ? value.parent.offset : offsetOf(tree, keys);
}

function faultsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  tree: Node | undefined,
  at: (offset: number) => string,
): string[] {
  const keys = issue.path.filter((key) => typeof key !== "symbol");
  const name = keys.join(".") || "the configuration";
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(keys);
    return issue.keys.map((key) =>
      `${at(offsetOfKey(tree, [...keys, key]))}: there is no "${key}" in ${name}${
        known.length === 0 ? "" : `; wanted: ${known.join(", ")}`
      }`
    );
  }
  if (issue.code === "invalid_key") {
    return [`${at(offsetOfKey(tree, keys))}: the name ${name} ${issue.issues[0]?.message ?? "is wrong"}`];
  }
  const found = keys.reduce<unknown>((inner, key) => Object(inner)[key], value);
  const place = at(offsetOf(tree, keys));
  if (found === undefined) return [`${place}: ${name} is missing; wanted ${wantedBy(issue)}`];
  return [`${place}: ${name} must be ${wantedBy(issue)}; found ${shown(found)}`];
}

/** Keys that stand at a place of the schema; none where any name may. */
function knownKeys(keys: readonly (string | number)[]): readonly string[] {
  let schema: unknown = ConfigFile;
  for (const key of keys) {
    schema = bare(schema);
    const inner: { shape?: Record<string, unknown>; element?: unknown; valueType?: unknown } = Object(schema);
    schema = inner.shape?.[key] ?? inner.valueType ?? inner.element;
  }
  const shape: unknown = Object(bare(schema)).shape;
  return typeof shape === "object" && shape !== null ? Object.keys(shape).filter((key) => key !== "$schema") : [];
}

/** A schema without what makes it optional. */
function bare(schema: unknown): unknown {
  let inner: unknown = schema;
  while (typeof Object(inner).unwrap === "function" && Object(inner).shape === undefined) {
    const next: unknown = Object(inner).unwrap();
    if (next === inner || Object(inner).element !== undefined) break;
    inner = next;
  }
  return inner;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list [ … ]",
  object: "an object { … }",
  record: "an object { … }",
};

function wantedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map((item) => JSON.stringify(item)).join(", ")}`;
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? "not empty"
        : `a number of ${String(issue.minimum)} or more`;
    case "too_big":
      return `a number of ${String(issue.maximum)} or less`;
    default:
      return issue.message.replace(/^must be /, "");
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** jsonc-parser's names of faults, in words. */
function syntaxWords(code: string): string {
  const words = code.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return `this is no JSON: ${words}`;
}

function plain(node: Node): unknown {
  switch (node.type) {
    case "object":
      return Object.fromEntries(
        (node.children ?? []).map(({ children = [] }) => [
          String(children[0]?.value),
          children[1] === undefined ? undefined : plain(children[1]),
        ]),
      );
    case "array":
      return (node.children ?? []).map(plain);
    default:
      return node.value;
  }
}

/** Keys that stand twice in one object; JSON would silently take the last. */
function duplicates(node: Node): Node[] {
  const found: Node[] = [];
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (key !== undefined) {
      if (seen.has(key.value)) found.push(key);
      seen.add(key.value);
    }
    found.push(...duplicates(child));
  }
  return found;
}
