import type { ToolDeclaration } from "../../kernel/call.ts";
import { readChildArguments } from "../child_arguments.ts";
import { NOT_CLOSED } from "../json_format.ts";
import { namedJsonFormat } from "../named_json.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const END =
  /(?:\s*<\/(?:arguments|parameters|args|input)>)?(?:\s*<\/(?:tool_use|tool_call|function_call|invoke)>)?(?:\s*<\/function_calls>)?/y;

const named = namedJsonFormat({
  name: "tool_use_xml",
  marks: ["<name>", "<tool_name>"],
  head:
    /(?:<function_calls>\s*)?(?:<(?:tool_use|tool_call|function_call|invoke)>\s*)?<(?:tool_)?name>\s*(?<name>[\w.-]{1,120})\s*<\/(?:tool_)?name>\s*<(?:arguments|parameters|args|input)>/g,
  end: END,
});

/**
 * Cherry Studio and others that prompt models without tools: `<tool_use><name>n</name><arguments>{…}</arguments></tool_use>`; Claude's
 * first form: `<invoke><tool_name>n</tool_name><parameters><k>value</k></parameters></invoke>`.
 */
export const toolUseXml: TextFormat = {
  ...named,
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    for (const call of named.read(text, tools)) {
      // What stands in a value that was read is content.
      if (call.span[0] < (calls.at(-1)?.span[1] ?? 0)) continue;
      calls.push(call.unreadable === true ? withChildren(call, text, tools) ?? call : call);
    }
    return calls;
  },
};

/** The call with the arguments that stand in tags behind its head; null where something else does. */
function withChildren(call: FoundCall, text: string, tools: readonly ToolDeclaration[]): FoundCall | null {
  const [start, from] = call.span;
  const { given, end, cut } = readChildArguments(text, from, call.name, tools);
  END.lastIndex = end;
  END.test(text);
  const to = END.lastIndex;
  const closed = to > end;
  if (!closed && (end === from || text.slice(end).trim() !== "")) return null;
  return {
    name: call.name,
    arguments: given,
    span: [start, to],
    mended: closed ? [] : [NOT_CLOSED],
    ...(cut ? { cut } : {}),
  };
}
