import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Qwen2.5, Qwen3, Hermes and many others: JSON objects between `<tool_call>` tags, of which one may be missing. */
export const hermesJson: TextFormat = jsonFormat(
  "hermes_json",
  ["<tool_call>", "</tool_call>", "<function_call>", "</function_call>"],
  /^<\/?(?:tool_call|function_call)>$/,
  /^<\/?(?:tool_call|function_call)>$/,
);
