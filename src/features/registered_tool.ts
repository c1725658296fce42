import type { ToolAccess, ToolDeclaration } from "../kernel/call.ts";
import type { ToolTraits } from "../kernel/tool_traits.ts";
import type { ToolAsk } from "./tool_ask.ts";

/** A tool as a run knows it: what models are told, and what it may do. */
export interface RegisteredTool {
  readonly declaration: ToolDeclaration;
  readonly access: ToolAccess;
  /** What the application must know of it beyond that; absent where there is nothing. */
  readonly traits?: ToolTraits;
  /** Short hash of the plugin version that offers it; absent for one that comes with Autonomy. */
  readonly version?: string;
  /** The model that a call of it asks; absent where it runs code. */
  readonly asks?: ToolAsk;
}
