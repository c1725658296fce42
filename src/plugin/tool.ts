import type { ToolTraits } from "../kernel/tool_traits.ts";
import type { ToolAccess } from "../kernel/call.ts";
import type { ToolContext, ToolResult } from "../ports/tool.ts";

/**
 * What a tool needs beyond the workspace, in the words of Deno's permissions. A path is absolute, begins with `~/`, or is seen from the
 * project: `.` is the project itself, for what opens its files by itself.
 */
export interface Permissions {
  /** Hosts it connects to, `name` or `name:port`. */
  readonly net?: readonly string[];
  /** Files and folders that it reads past the workspace. */
  readonly read?: readonly string[];
  /** Files and folders that it writes past the workspace, which no undo takes back. */
  readonly write?: readonly string[];
  /** Programs it starts by itself. */
  readonly run?: readonly string[];
  /** Environment variables it reads. */
  readonly env?: readonly string[];
}

/**
 * A zod object schema, by its shape: what `z.object({…})` of zod 4 returns, also from a plugin's own copy of the package.
 * `Output` is the type of the parsed value.
 */
export interface ObjectSchema<Output = Record<string, unknown>> {
  /** zod's own part, which carries the type. */
  readonly _zod: { readonly output: Output };
  /** Schemas of the properties. */
  readonly shape: Readonly<Record<string, unknown>>;
}

/** A model that a tool asks, as a plugin writes it. */
export interface ModelAsk {
  /** `name` or `name@host` of a model, or the role whose model is asked. */
  readonly model: string | { readonly role: string };
  /** What it is asked; `{{name}}` stands for the argument of that name. */
  readonly prompt: string;
  /** `z.object` of its answer, which it is held to; its text is the answer if absent. */
  readonly answers?: ObjectSchema;
}

/** A tool as a plugin writes it. `Input` is what its schema yields. */
export interface Tool<Input = Record<string, unknown>> {
  /** Unique among all tools, `[a-z][a-z0-9_]*`. */
  readonly name: string;
  /** What it does, in one or two short sentences in the third person; models read this. */
  readonly describes: string;
  /** `z.object` of the arguments, at least one of them required: some servers drop a call without arguments. */
  readonly input: ObjectSchema<Input>;
  /** What it may do to the world; decides which rules it passes and how it is settled after a crash. */
  readonly access: ToolAccess;
  /** Name of the argument that is code or prose: models are asked for it as plain text right after the call. */
  readonly asText?: string;
  /** What the application must know of it beyond its access; absent where there is nothing. */
  readonly traits?: ToolTraits;
  /** What it needs beyond the workspace. A person is asked once; until then it runs without, and what it then cannot do says so. */
  readonly permissions?: Permissions;
  /** The model that a call of it asks, in place of `run`: {@link modelTool} writes such tools. */
  readonly asks?: ModelAsk;
  /**
   * Does the work.
   * @param input the arguments, checked with the schema
   * @param context the project, a signal that cancels the call, and a way to say how far it is
   * @returns text for the model, or text with an outcome for tools that conclude
   * @throws ToolError when the call cannot be carried out; its text tells the model what to do instead
   */
  run(input: Input, context: ToolContext): string | ToolResult | Promise<string | ToolResult>;
}

/**
 * Gives a tool its types: the input of `run` is inferred from the schema.
 * @param tool the tool
 * @returns the same tool, as a list of tools holds it
 */
export function defineTool<Input extends Record<string, unknown>>(tool: Tool<Input>): Tool {
  return tool;
}
