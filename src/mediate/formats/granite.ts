import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Granite 3 and 4: a list of calls after `<|tool_call|>`. */
export const granite: TextFormat = jsonFormat({
  name: "granite",
  marks: ["<|tool_call|>"],
  opening: /^<\|tool_call\|>$/,
});
