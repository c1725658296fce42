import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** OLMo and others that write JSON into `<function_calls>` tags. */
export const functionCallsJson: TextFormat = jsonFormat({
  name: "function_calls_json",
  marks: ["<function_calls>"],
  opening: /^<function_calls>$/,
});
