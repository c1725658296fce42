import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Qwen2.5, Qwen3, Hermes, Granite 20b, LongCat and many others: JSON objects between `<tool_call>` tags, of which one may be missing. */
export const hermesJson: TextFormat = jsonFormat({
  name: "hermes_json",
  marks: ["<tool_call>", "</tool_call>", "<longcat_tool_call>", "<function_call>", "</function_call>"],
  opening: /^<\/?(?:(?:longcat_)?tool_call|function_call)>$/,
  paired: /^<\/?(?:longcat_)?tool_call>$/,
  closing: /^<\/?(?:(?:longcat_)?tool_call|function_call)>$/,
});
