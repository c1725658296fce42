import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** InternLM 2: an object between `<|action_start|><|plugin|>` and `<|action_end|>`. */
export const internlm2: TextFormat = jsonFormat({
  name: "internlm2",
  marks: ["<|action_start|>", "<|plugin|>"],
  opening: /^(?:<\|action_start\|>|<\|plugin\|>)$/,
});
