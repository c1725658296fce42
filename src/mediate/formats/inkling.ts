import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Inkling: an object after `<|content_invoke_tool_json|>`. */
export const inkling: TextFormat = jsonFormat({
  name: "inkling",
  marks: ["<|content_invoke_tool_json|>"],
  opening: /^<\|content_invoke_tool_json\|>$/,
});
