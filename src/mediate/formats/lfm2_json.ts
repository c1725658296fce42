import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** LFM2 when asked for JSON: objects or a list after `<|tool_call_start|>`. */
export const lfm2Json: TextFormat = jsonFormat({
  name: "lfm2_json",
  marks: ["<|tool_call_start|>"],
  opening: /^<\|tool_call_start\|>$/,
});
