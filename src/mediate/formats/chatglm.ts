import { effortFor } from "../loose_value.ts";
import { readPythonCalls } from "../python_calls.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const HEAD =
  /(?<![\w.-])(?<name>[\w.-]{1,120})[ \t]*\r?\n\s{0,9}(?:`{3,6}(?:python)?[ \t]*\r?\n\s{0,9})?(?=tool_call\()/g;
const CLOSE = /\s{0,9}(?:`{3,6})?/y;

/** ChatGLM 3: the tool's name at the end of a line, below it `tool_call(k="v")` in a fence. */
export const chatglm: TextFormat = {
  name: "chatglm",
  marks: ["tool_call("],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    const effort = effortFor(text);
    HEAD.lastIndex = 0;
    for (let found = HEAD.exec(text); found !== null; found = HEAD.exec(text)) {
      const name = found.groups?.name ?? "";
      // The order of the tool's own arguments names those without a name.
      const named = tools.filter((tool) => tool.name === name).map((tool) => ({ ...tool, name: "tool_call" }));
      const [call] = readPythonCalls(text, HEAD.lastIndex, named, effort).calls;
      if (call === undefined) continue;
      CLOSE.lastIndex = call.span[1];
      CLOSE.test(text);
      calls.push({ ...call, name, span: [found.index, CLOSE.lastIndex] });
      HEAD.lastIndex = CLOSE.lastIndex;
    }
    return calls;
  },
};
