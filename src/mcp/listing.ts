import * as z from "zod";
import { isUsed } from "../fleet/model_patterns.ts";
import type { JsonSchema } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { oneLine, safe } from "../kernel/say.ts";
import type { ServerSetting } from "./server_setting.ts";

/** Most tools of a server that are offered, and most characters of one's schema. */
const MOST_TOOLS = 256;
const SCHEMA_CHARS = 32_000;
/** Most characters of what a tool does. */
const DESCRIBES_CHARS = 2_000;

/** A tool of an MCP server. */
export const ServerTool = z.object({
  name: z.string(),
  /** What it does, in the server's words. */
  describes: z.string(),
  /** JSON Schema of its arguments. */
  input: z.record(z.string(), z.unknown()),
  /** Whether its server says that it changes nothing. */
  readsOnly: z.boolean(),
});

/** A tool of an MCP server. */
export type ServerTool = z.infer<typeof ServerTool>;

/** What an MCP server offers. */
export const Listing = z.object({
  /** Name and version that it gives itself. */
  says: z.string(),
  tools: z.array(ServerTool),
  /** Tools that it has beyond those, such as without a name that can be called. */
  passedOver: z.int(),
});

/** What an MCP server offers. */
export type Listing = z.infer<typeof Listing>;

const Told = z.object({
  name: z.string().regex(/^[A-Za-z0-9_./:-]{1,128}$/),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()).optional(),
  annotations: z.object({ readOnlyHint: z.boolean().optional().catch(undefined) }).optional().catch(undefined),
});

/**
 * Reads what a server tells of its tools; one that cannot be used is passed over, and keeps no other from being used.
 *
 * @param says name and version that the server gives itself
 * @param told its tools as they arrived
 */
export function listingOf(says: string, told: readonly unknown[], setting: ServerSetting): Listing {
  const byName = new Map<string, ServerTool>();
  let passedOver = 0;
  for (const value of told) {
    const tool = toolOf(value);
    if (tool === null || byName.has(tool.name) || byName.size === MOST_TOOLS) passedOver += 1;
    else if (isUsed(tool.name, setting)) byName.set(tool.name, tool);
  }
  return { says: oneLine(says), tools: [...byName.values()], passedOver };
}

function toolOf(value: unknown): ServerTool | null {
  const parsed = Told.safeParse(value);
  if (!parsed.success) return null;
  const { name, title = "", description, inputSchema = {}, annotations } = parsed.data;
  const input: JsonSchema = { type: "object", ...inputSchema };
  if (JSON.stringify(input).length > SCHEMA_CHARS) return null;
  const describes = safe(description ?? title).trim().slice(0, DESCRIBES_CHARS);
  return { name, describes, input, readsOnly: annotations?.readOnlyHint === true };
}

/** Whether two tools are called alike: the same arguments, and the same right to be called without a question. */
export function isSameTool(one: ServerTool, other: ServerTool): boolean {
  return one.readsOnly === other.readsOnly && JSON.stringify(one.input) === JSON.stringify(other.input);
}

/** Names of the arguments that a tool cannot do without. */
export function requiredOf({ input }: ServerTool): readonly string[] {
  return Array.isArray(input.required) ? input.required.filter((name) => typeof name === "string") : [];
}

/** Names of all arguments that a tool knows. */
export function argumentsOf({ input }: ServerTool): readonly string[] {
  return isRecord(input.properties) ? Object.keys(input.properties) : [];
}
