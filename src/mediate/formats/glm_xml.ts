import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** GLM, Laguna, Hunyuan: `<tool_call>name<arg_key>k</arg_key><arg_value>v</arg_value></tool_call>`, tags with or without a suffix. */
export const glmXml: TextFormat = taggedArgumentsFormat({
  name: "glm_xml",
  marks: ["<arg_key", "<tool_sep", "<tool_call>", "<tool_call:"],
  call:
    /(?:<tool_call(?::\w+)?>\s*(?=[\w.:/-]{1,120}(?:\s|\\n)*(?:<tool_sep|<arg_key|\{|<\/tool_call|<\/arg_value|<end_of_tool_call))|(?:<\w{1,20}>|(?<=^|\n))\s*(?=[\w.:/-]{1,120}\s*<arg_key))(?<name>[\w.:/-]{1,120})(?:\s|\\n)*(?:<tool_sep(?::\w+)?>)?/,
  argument: /<arg_key(?::\w+)?>(?<key>[^<]{1,120})<\/arg_key(?::\w+)?>(?:\s|\\n)*<arg_value(?::\w+)?>/,
  argumentEnd: /<\/arg_value(?::\w+)?>/,
  exact: true,
  declaredOnly: true,
  callEnd:
    /(?:<arg_key(?::\w+)?>[^<]{1,120}<\/arg_key(?::\w+)?>\s*)?(?:<arg_value(?::\w+)?>\s*)?(?:<\/(?:tool_call|user|assistant|tool|function)(?::\w+)?>|<end_of_tool_call(?::\w+)?>|<\/arg_value(?::\w+)?>)/,
});
