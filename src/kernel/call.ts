/** A JSON Schema object as it travels to a server. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a model is told about a tool: the only form in which tools reach a prompt, a `tools` field or a reply's schema. */
export interface ToolDeclaration {
  /** Unique, non-empty, `[a-z][a-z0-9_]*`. */
  readonly name: string;
  /** One or two sentences in the third person. */
  readonly describes: string;
  /** Object schema of the arguments, with at least one required property. */
  readonly parameters: JsonSchema;
  /** Name of the argument that is code or prose: the constrained reply leaves it out, one more ask gets exactly that text. */
  readonly asText?: string;
}

/** What a tool may do to the world; decides which rules it passes and how it is settled after a crash. */
export type ToolAccess =
  | "reads" // looks at the project: free, may be repeated
  | "writes" // changes files through the workspace: undone exactly
  | "runs" // starts a process: never silently repeated
  | "concludes"; // touches nothing: its outcome is a fact of the run

/** All that tools may do. */
export const TOOL_ACCESSES = ["reads", "writes", "runs", "concludes"] as const satisfies readonly ToolAccess[];

/** How a call is asked for. */
export const WAYS = ["constrained", "native", "prompted"] as const;

/** One way of calling: a schema holds the reply, the server's own tool calling, or text that we read. */
export type Way = typeof WAYS[number];

/** A tool call that was read from a reply and fits the tool's schema. */
export interface Call {
  readonly name: string;
  readonly arguments: { readonly [argument: string]: unknown };
  /** Why the model makes it, where the way of calling asks for that. */
  readonly reason?: string;
  /** True when a grammar forced the call's shape, so that its form is no proof of intent. */
  readonly forced?: boolean;
}

/** A call as a server delivered it: nothing is checked yet. `arguments` may be an object, a JSON string or anything else. */
export interface DeliveredCall {
  /** Name of the tool as delivered. */
  readonly name: string;
  /** Arguments as delivered. */
  readonly arguments: unknown;
}
