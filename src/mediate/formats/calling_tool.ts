import { effortFor } from "../loose_value.ts";
import { readPythonCalls } from "../python_calls.ts";
import { argumentSchema, typedValue } from "../typed_value.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const HEAD = /\[Calling tool\s*(?::\s*(?=[\w.-]{1,120}\()|[=:]\s*"?(?<name>[\w.-]{1,120})"?(?=[\s\]]))/g;
const PAIR = /\s+(?<key>[\w.-]{1,120})=(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<bare>[^\s\]"]+))/y;
const CLOSE = /\s*\]/y;

/** Models that were shown their earlier calls as text repeat that text: `[Calling tool: f({"a": 1})]`, `[Calling tool="f" a="1"]`. */
export const callingTool: TextFormat = {
  name: "calling_tool",
  marks: ["[Calling tool"],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    const effort = effortFor(text);
    HEAD.lastIndex = 0;
    for (let found = HEAD.exec(text); found !== null; found = HEAD.exec(text)) {
      const name = found.groups?.name;
      let at = HEAD.lastIndex;
      if (name === undefined) {
        const [call] = readPythonCalls(text, at, tools, effort).calls;
        if (call === undefined) {
          // What stands in a call that cannot be read is none of its own.
          const end = text.indexOf("\n", at);
          HEAD.lastIndex = end < 0 ? text.length : end;
          continue;
        }
        at = call.span[1];
        calls.push({ ...call, span: [found.index, closeAfter(text, at)] });
      } else {
        const values: Record<string, unknown> = {};
        PAIR.lastIndex = at;
        for (let pair = PAIR.exec(text); pair !== null; pair = PAIR.exec(text)) {
          const key = pair.groups?.key ?? "";
          const raw = pair.groups?.text?.replace(/\\(.)/g, "$1") ?? pair.groups?.bare ?? "";
          const value = typedValue(raw, argumentSchema(tools, name, key));
          Object.defineProperty(values, key, { value, enumerable: true, writable: true, configurable: true });
          at = PAIR.lastIndex;
        }
        calls.push({ name, arguments: values, span: [found.index, closeAfter(text, at)] });
      }
      HEAD.lastIndex = Math.max(at, HEAD.lastIndex);
    }
    return calls;
  },
};

function closeAfter(text: string, at: number): number {
  CLOSE.lastIndex = at;
  return CLOSE.test(text) ? CLOSE.lastIndex : at;
}
