import type { JsonSchema } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { oneLine } from "../kernel/say.ts";
import { bound, clip } from "../kernel/text.ts";
import { validate } from "../mediate/validate.ts";
import { type CheckedArguments, type RunnableTool, type ToolContext, ToolError } from "../ports/tool.ts";
import type { Wording } from "../sentences/say.ts";
import { isSameTool, type Listing, requiredOf, type ServerTool } from "./listing.ts";
import { McpFault } from "./mcp_fault.ts";
import type { McpServer } from "./mcp_server.ts";
import { resultText } from "./result_text.ts";

/** Most characters of what models are told of all tools of a server before they call one, of one's line, and of one's schema. */
const TOLD_CHARS = 4_000;
const LINE_CHARS = 120;
const SCHEMA_CHARS = 6_000;
/** Most characters of an answer that is a fault. */
const FAULT_CHARS = 4_000;

/** Names of the tool's own arguments. */
const TOOL = "tool";
const ARGUMENTS = "arguments";

/**
 * Makes the one tool that stands for all of a server: models are told names and a line each; the schema of one enters a prompt when a call
 * does not fit it.
 *
 * @param name as models call it
 * @param server the server
 * @param listing what it offers; null where that is not known yet: then a call finds it out
 */
export function mcpTool(name: string, server: McpServer, listing: Listing | null): RunnableTool {
  const { setting } = server;
  const tools = new Map((listing?.tools ?? []).map((tool) => [tool.name, tool]));
  const parameters: JsonSchema = {
    type: "object",
    properties: {
      [TOOL]: {
        type: "string",
        ...(listing === null ? {} : { enum: [...tools.keys()] }),
        description: "Which tool of the server.",
      },
      [ARGUMENTS]: { type: "object", description: "The arguments of that tool, by name." },
    },
    required: [TOOL],
  };
  const reading = [...tools.values()].filter(({ readsOnly }) => readsOnly).map((tool) => tool.name);
  return {
    declaration: { name, describes: describes(setting.name, listing), parameters },
    access: "runs",
    traits: { freeIf: { argument: TOOL, values: [...new Set([...reading, ...setting.free])] } },
    validate: (args, from = {}) => checked(parameters, tools, listing !== null, args, from),
    run: (value, context) => carriedOut(server, tools, listing !== null, value, context),
  };
}

/** What models are told before they call it. */
function describes(server: string, listing: Listing | null): string {
  const head =
    `Calls a tool of the MCP server ${server}. A call whose arguments do not fit is answered with those that it wants.`;
  if (listing === null) return `${head} Its tools are not known yet: a call of any name is answered with them.`;
  if (listing.tools.length === 0) return `${head} It has no tools now.`;
  return `${head} Its tools:\n${toolLines(listing.tools)}`;
}

/** A line for each tool, shorter where there are many, and names alone where that does not fit either. */
function toolLines(tools: readonly ServerTool[]): string {
  const most = Math.max(1, Math.floor(TOLD_CHARS / tools.length));
  return tools.map(({ name, describes }) => {
    const room = Math.min(LINE_CHARS, most) - name.length - 2;
    return describes === "" || room < 12 ? name : `${name}: ${clip(firstSentence(describes), room)}`;
  }).join("\n");
}

function firstSentence(text: string): string {
  const line = oneLine(text, 2 * LINE_CHARS);
  const end = line.indexOf(". ");
  return end === -1 ? line : line.slice(0, end + 1);
}

/** Compares a call with the schema of the tool that it means. */
function checked(
  parameters: JsonSchema,
  tools: ReadonlyMap<string, ServerTool>,
  isKnown: boolean,
  args: unknown,
  from: Wording,
): CheckedArguments {
  const outer = validate(parameters, args, from);
  if ("faults" in outer) return outer;
  const { [TOOL]: tool, [ARGUMENTS]: given, ...beside } = outer.value as Record<string, unknown>;
  // Some models put the arguments of the inner tool beside its name.
  const inner = { ...beside, ...(isRecord(given) ? given : {}) };
  if (!isKnown) return { value: { [TOOL]: tool, [ARGUMENTS]: inner } };
  const known = tools.get(String(tool));
  if (known === undefined) return { faults: [noTool(String(tool), tools)] };
  const fitted = validate(known.input, inner, from);
  if ("faults" in fitted) return { faults: [...fitted.faults, wants(known)] };
  return { value: { [TOOL]: tool, [ARGUMENTS]: fitted.value } };
}

/** Says what a tool wants, for a model whose call did not fit. */
function wants({ name, input }: ServerTool): string {
  const { $schema: _draft, ...schema } = input;
  return `The arguments of ${name}: ${clip(JSON.stringify(schema), SCHEMA_CHARS)}`;
}

function noTool(name: string, tools: ReadonlyMap<string, ServerTool>): string {
  return `The server has no tool "${name}". Its tools are ${[...tools.keys()].join(", ") || "none"}.`;
}

async function carriedOut(
  server: McpServer,
  told: ReadonlyMap<string, ServerTool>,
  isKnown: boolean,
  value: Readonly<Record<string, unknown>>,
  context: ToolContext,
): Promise<{ readonly text: string }> {
  const name = String(value[TOOL]);
  const given = isRecord(value[ARGUMENTS]) ? value[ARGUMENTS] : {};
  try {
    context.report(`asking the MCP server ${server.setting.name}`);
    const { tools } = await server.look(context.signal);
    const args = fittedNow(name, given, { tools, told, isKnown });
    const result = await server.call(name, args, context);
    const text = resultText(result);
    if (result.isError === true) throw new ToolError(`${name} failed: ${bound(text, FAULT_CHARS)}`);
    return { text };
  } catch (error) {
    if (error instanceof McpFault) throw new ToolError(bound(error.message, FAULT_CHARS), { cause: error });
    throw error;
  }
}

/**
 * Compares a call with what the server offers now, which may be other than what the call was decided by.
 *
 * @throws {ToolError} where it does not fit
 */
function fittedNow(
  name: string,
  given: Readonly<Record<string, unknown>>,
  { tools, told, isKnown }: {
    readonly tools: readonly ServerTool[];
    readonly told: ReadonlyMap<string, ServerTool>;
    readonly isKnown: boolean;
  },
): Readonly<Record<string, unknown>> {
  const now = tools.find((tool) => tool.name === name);
  if (now === undefined) throw new ToolError(noTool(name, new Map(tools.map((tool) => [tool.name, tool]))));
  const before = told.get(name);
  if (isKnown && (before === undefined || !isSameTool(before, now))) {
    throw new ToolError(`${name} of this server is another tool now; nothing was called. ${wants(now)}`);
  }
  const fitted = validate(now.input, given);
  if ("faults" in fitted) throw new ToolError([...fitted.faults, wants(now)].join(" "));
  // Nobody was told of the arguments of a server that was not known.
  const missing = isKnown ? [] : requiredOf(now).filter((key) => !Object.hasOwn(given, key));
  if (missing.length > 0) throw new ToolError(wants(now));
  return fitted.value as Readonly<Record<string, unknown>>;
}
