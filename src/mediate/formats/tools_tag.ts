import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Qwen2.5-coder after few-shot prompts: the declarations' own tag around the calls. */
export const toolsTag: TextFormat = jsonFormat({
  name: "tools_tag",
  marks: ["<tools>", "</tools>"],
  opening: /^<\/?tools>$/,
  closing: /^<\/tools>$/,
});
