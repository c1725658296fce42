import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Cohere Command R7B and A: a list of `{tool_name, parameters}` after `<|START_ACTION|>`. */
export const cohere: TextFormat = jsonFormat({
  name: "cohere",
  marks: ["<|START_ACTION|>"],
  opening: /^<\|START_ACTION\|>$/,
});
