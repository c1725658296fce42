import { effortFor } from "../loose_value.ts";
import { readPythonCalls } from "../python_calls.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const OPENING =
  /(?:^[ \t]*tool_code[ \t]*=(?!=)|<\|tool_call_start\|>|<<function>>|<function_calls?>|<\|python_(?:tag|start)\|>|<tool_code>|<tool_calls?>|```(?:tool_code|tool_call|tool_calls|function_call)[ \t]*\n)\s*(?:\[(?!TOOL|ARGS))?/gm;
const CLOSING =
  /\s*\]?\s*(?:<\|tool_call_end\|>|<\/function_calls?>|<\|(?:eom_id|eot_id|python_end)\|>|<\/tool_code>|<\/tool_calls?>|```|print\(tool_code\))/y;

/** LFM2, OLMo 3, Gorilla, Llama's code tag, Gemma 3's `tool_code`: calls in Python's writing between marks. */
export const pythonTagged: TextFormat = {
  name: "python_tagged",
  marks: [
    "<|tool_call_start|>",
    "<<function>>",
    "<function_call",
    "<|python_tag|>",
    "<|python_start|>",
    "tool_code",
    "<tool_call",
    "```tool_call",
    "```function_call",
  ],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    const effort = effortFor(text);
    OPENING.lastIndex = 0;
    for (let found = OPENING.exec(text); found !== null; found = OPENING.exec(text)) {
      const read = readPythonCalls(text, OPENING.lastIndex, tools, effort);
      if (read.calls.length === 0) continue;
      CLOSING.lastIndex = read.end;
      const end = CLOSING.test(text) ? CLOSING.lastIndex : read.end;
      const start = found.index;
      calls.push(...read.calls.map((call) => ({ ...call, span: [start, end] as const })));
      OPENING.lastIndex = end;
    }
    return calls;
  },
};
