import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

/** Cherry Studio and others that prompt models without tools: `<tool_use><name>n</name><arguments>{…}</arguments></tool_use>`. */
export const toolUseXml: TextFormat = namedJsonFormat({
  name: "tool_use_xml",
  marks: ["<name>", "<tool_name>"],
  head:
    /(?:<(?:tool_use|tool_call|function_call)>\s*)?<(?:tool_)?name>\s*(?<name>[\w.-]{1,120})\s*<\/(?:tool_)?name>\s*<(?:arguments|parameters|args|input)>/g,
  end: /\s*<\/(?:arguments|parameters|args|input)>(?:\s*<\/(?:tool_use|tool_call|function_call)>)?/y,
});
