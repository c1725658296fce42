import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Mistral's older form: `[TOOL_CALLS] [{"name": …, "arguments": …}]`. */
export const mistralList: TextFormat = jsonFormat({
  name: "mistral_list",
  marks: ["[TOOL_CALLS]"],
  opening: /^\[\/?TOOL_CALLS\]$/,
});
