import { jsonFormat } from "../json_format.ts";
import type { TextFormat } from "../types.ts";

/** Jamba, Apriel, Nemotron, Granite, Phi-4, InternLM, Cohere, Apertus, Llama 3's code tag: lists or objects after marks of their own. */
export const taggedLists: TextFormat = jsonFormat(
  "tagged_lists",
  [
    "<tool_calls>",
    "<TOOLCALL>",
    "<|tool_call|>",
    "<|tool_call_start|>",
    "functools",
    "<|action_start|>",
    "<|plugin|>",
    "<|START_ACTION|>",
    "<|tools_prefix|>",
    "<|python_tag|>",
    "<|role_sep|>",
    "<function_calls>",
  ],
  /^(?:<tool_calls>|<TOOLCALL>|<\|tool_call\|>|<\|tool_call_start\|>|functools|<\|plugin\|>|<\|action_start\|>|<\|START_ACTION\|>|<\|tools_prefix\|>|<\|python_tag\|>|<\|role_sep\|>|<function_calls>)$/,
);
