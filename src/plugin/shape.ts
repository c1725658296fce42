import * as z from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import { TOOL_ACCESSES } from "../kernel/call.ts";
import type { Plugin } from "./plugin.ts";
import { NamedServerShape } from "./named_server.ts";
import { knownKeys, schemaWords } from "./schema_words.ts";

/** Names of plugins, tools, roles, panes and commands. */
export const NAME = /^[a-z][a-z0-9_]*$/;
const name = z.string().regex(NAME, "must be lower case letters, digits and _, beginning with a letter");
const words = z.string().trim().min(1, "must not be empty");
const callable = z.custom<(...input: never[]) => unknown>((value) => typeof value === "function", "must be a function");
const objectSchema = z.custom<z.ZodObject>(isObjectSchema, "must be z.object({…}) of zod 4");

const items = z.array(z.string()).optional();
const permissions = z.strictObject({ net: items, read: items, write: items, run: items, env: items });

/** A tool as a plugin writes it. */
export const ToolShape = z.strictObject({
  name,
  describes: words,
  input: objectSchema,
  access: z.enum(TOOL_ACCESSES),
  asText: z.string().optional(),
  traits: z.strictObject({
    edits: z.enum(["function", "addition", "file", "lines", "piece", "new", "cases", "names"]).optional(),
    closes: z.array(z.string()).optional(),
    approves: z.boolean().optional(),
    checks: z.boolean().optional(),
    looksFor: z.enum(["names", "texts"]).optional(),
    talks: z.int().min(1).optional(),
    awaits: z.boolean().optional(),
    byWorkspace: z.boolean().optional(),
    freeIf: z.strictObject({ argument: words, values: z.array(z.string()) }).optional(),
  }).optional(),
  permissions: permissions.optional(),
  asks: z.strictObject({
    model: z.union([words, z.strictObject({ role: name })], "must be the name of a model, or { role: … }"),
    prompt: words,
    answers: objectSchema.optional(),
  }).optional(),
  run: callable,
}).superRefine((tool, context) => {
  const fault = (message: string, ...path: string[]) => context.addIssue({ code: "custom", message, path });
  let schema: z.core.JSONSchema.BaseSchema;
  try {
    schema = z.toJSONSchema(tool.input, { io: "input" });
  } catch (cause) {
    return fault(`cannot be written as a JSON Schema: ${reasonOf(cause)}`, "input");
  }
  const required = schema.required ?? [];
  if (required.length === 0) {
    fault(
      `tool "${tool.name}" has no required argument; servers drop calls without arguments: require at least one`,
      "input",
    );
  }
  for (const [, placeholder = ""] of tool.asks?.prompt.matchAll(/\{\{\s*(\w+)\s*\}\}/g) ?? []) {
    const known = Object.keys(schema.properties ?? {});
    if (known.includes(placeholder)) continue;
    fault(`has {{${placeholder}}}, but the arguments are ${known.join(", ")}`, "asks", "prompt");
  }
  if (tool.asText === undefined) return;
  const property = schema.properties?.[tool.asText];
  if (typeof property !== "object" || property.type !== "string" || !required.includes(tool.asText)) {
    fault(`must name a required string argument of the tool, but is "${tool.asText}"`, "asText");
  }
});

/** Members of a specialist that have the same form wherever they are written. */
export const SPECIALIST_FIELDS = {
  role: name,
  describes: words,
  window: z.int().min(512).max(16_777_216),
  temperature: z.number().min(0).max(2),
};

/** A specialist as a plugin writes it. */
export const SpecialistShape = z.strictObject({
  ...SPECIALIST_FIELDS,
  models: z.array(words).min(1, "must name at least one model"),
  prompt: z.string().regex(/\.md$/, "must be the name of a Markdown file, such as coding.md"),
  tools: z.array(z.string()),
  phases: z.array(z.string()),
  mayAsk: z.array(z.string()).optional(),
  answers: objectSchema.optional(),
});

const PluginShape = z.strictObject({
  name,
  specialists: z.array(SpecialistShape).optional(),
  tools: z.array(ToolShape).optional(),
  hosts: z.array(z.strictObject({
    kind: name,
    permissions: permissions.optional(),
    survey: callable,
    chat: callable,
    abilities: callable.optional(),
    render: callable.optional(),
    count: callable.optional(),
  })).optional(),
  rules: z.array(callable).optional(),
  panes: z.array(z.strictObject({ id: name, title: words, lines: callable })).optional(),
  commands: z.array(z.strictObject({ name, help: words, run: callable })).optional(),
  mcp: z.record(name, NamedServerShape).optional(),
  settings: objectSchema.optional(),
  selfTest: callable.optional(),
});

function isObjectSchema(value: unknown): boolean {
  const inner = typeof value === "object" && value !== null && "_zod" in value ? value._zod : null;
  if (typeof inner !== "object" || inner === null || !("def" in inner)) return false;
  const definition = inner.def;
  return typeof definition === "object" && definition !== null && "type" in definition && definition.type === "object";
}

/**
 * Tells what is wrong with the form of a plugin.
 * @param value the default export of a plugin's module
 * @returns one sentence per fault, each with its place such as `tools[0].access`; empty where the value is a plugin
 */
export function shapeFaults(value: unknown): readonly string[] {
  const result = PluginShape.safeParse(value, { error: schemaWords, reportInput: true });
  return (result.error?.issues ?? []).flatMap((issue) =>
    faultsOf(issue).map((fault) => `${placeOf(issue.path) || "the default export"}: ${fault}`)
  );
}

function faultsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(PluginShape, issue.path).join(", ");
    return issue.keys.map((key) => `there is no "${key}" here; wanted: ${known}`);
  }
  if (issue.input === undefined) return [`is missing; it ${issue.message}`];
  // Of other values their words alone are said: they can be long, or code.
  const isShort = typeof issue.input === "string" || typeof issue.input === "number";
  return [isShort ? `${issue.message}; found ${JSON.stringify(issue.input).slice(0, 80)}` : issue.message];
}

/**
 * Tells whether a value is a plugin.
 * @param value the default export of a plugin's module
 * @returns true where {@link shapeFaults} finds nothing
 */
export function isPlugin(value: unknown): value is Plugin {
  return shapeFaults(value).length === 0;
}

/**
 * Writes a path into a value as it stands in code.
 * @param path keys and positions
 * @returns such as `tools[0].access`; empty for the value itself
 */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`)
    .join("");
}
