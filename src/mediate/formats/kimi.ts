import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** Kimi K2: `<|tool_call_begin|>functions.name:0<|tool_call_argument_begin|>{…}<|tool_call_end|>`; where the server strips the marks, `functions.name:0{…}`. */
export const kimi: TextFormat = namedJsonFormat({
  name: "kimi",
  marks: ["<|tool_call_begin|>", "<|tool_call_argument_begin|>", "functions."],
  head:
    /(?:<\|tool_calls?_section_begin\|>\s*)?(?:<\|tool_call_begin\|>\s*(?:functions\.)?|functions\.(?=[\w./-]{1,120}:\d{1,6}\s{0,9}[<{]))(?<name>[\w./-]{1,120}?)(?:[:.]\d{1,6})?\s*(?:<\|tool_call_argument_begin\|>|(?<=:\d{1,6}\s{0,9})(?=\{))/g,
  end: /\s*<\|tool_call_end\|>(?:\s*<\|tool_calls?_section_end\|>)?/y,
});
