import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Qwen2.5, Qwen3, Hermes, Granite 20b and many others: JSON objects between `<tool_call>` tags, of which one may be missing. */
export const hermesJson: TextFormat = jsonFormat({
  name: "hermes_json",
  marks: ["<tool_call>", "</tool_call>", "<function_call>", "</function_call>"],
  opening: /^<\/?(?:tool_call|function_call)>$/,
  paired: /^<\/?tool_call>$/,
  closing: /^<\/?(?:tool_call|function_call)>$/,
});
