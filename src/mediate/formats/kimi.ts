import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** Kimi K2: `<|tool_call_begin|>functions.name:0<|tool_call_argument_begin|>{…}<|tool_call_end|>`. */
export const kimi: TextFormat = namedJsonFormat({
  name: "kimi",
  marks: ["<|tool_call_begin|>", "<|tool_call_argument_begin|>"],
  head:
    /(?:<\|tool_calls?_section_begin\|>\s*)?<\|tool_call_begin\|>\s*(?:functions\.)?(?<name>[\w./-]{1,120}?)(?:[:.]\d+)?\s*<\|tool_call_argument_begin\|>/g,
  end: /\s*<\|tool_call_end\|>(?:\s*<\|tool_calls?_section_end\|>)?/y,
});
