import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** DeepSeek V3 and later: `<｜tool▁call▁begin｜>name<｜tool▁sep｜>{…}<｜tool▁call▁end｜>`, with `function` and a fence in V3 and R1. */
export const deepseek: TextFormat = namedJsonFormat({
  name: "deepseek",
  marks: ["tool▁sep", "tool▁call▁begin", "tool_sep"],
  head:
    /(?:<[｜|]tool[▁_]calls[▁_]begin[｜|]>\s*)?<[｜|]tool[▁_]call[▁_]begin[｜|]>\s*(?:function\s*<[｜|]tool[▁_]sep[｜|]>\s*)?(?<name>[\w.-]{1,120})\s*(?:<[｜|]tool[▁_]sep[｜|]>|(?=\s*(?:```json|\{)))/gu,
  end: /\s*(?:```)?\s*<[｜|]tool[▁_]call[▁_]end[｜|]>(?:\s*<[｜|]tool[▁_]calls[▁_]end[｜|]>)?/uy,
});
