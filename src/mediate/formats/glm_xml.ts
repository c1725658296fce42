import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/**
 * GLM, Laguna, Hunyuan, Ling: `<tool_call>name<arg_key>k</arg_key><arg_value>v</arg_value></tool_call>`, tags with or without a
 * suffix; LongCat Flash Lite puts its name before them. A value without its key keeps an empty one. Hunyuan's
 * smaller models write the arguments as an object, in a fence or not.
 */
export const glmXml: TextFormat = taggedArgumentsFormat({
  name: "glm_xml",
  marks: [
    "<arg_key",
    "<longcat_arg_key",
    "<arg_value",
    "<tool_sep",
    "<tool_call>",
    "<tool_call:",
    "<longcat_tool_call>",
  ],
  call:
    /(?:<(?:longcat_)?tool_call(?::\w+)?>\s*(?=[\w.:/-]{1,120}(?:\s|\\n)*(?:<tool_sep|<(?:longcat_)?arg_(?:key|value)|(?:`{3}(?:json)?\s*)?\{|<\/(?:longcat_)?tool_call|<\/arg_value|<end_of_tool_call))|(?:<\w{1,20}>|(?<=^|\n))\s*(?=[\w.:/-]{1,120}\s*<(?:longcat_)?arg_key))(?<name>[\w.:/-]{1,120})(?:\s|\\n)*(?:<tool_sep(?::\w+)?>)?/,
  argument:
    /(?:<(?:longcat_)?arg_key(?::\w+)?>(?<key>[^<]{1,120})(?:<\/(?:longcat_)?arg_key(?::\w+)?>(?:\s|\\n)*(?:<(?:longcat_)?arg_value|<(?:longcat_)?arg_key(?=(?::\w+)?>[^<]{0,2000}<\/(?:longcat_)?arg_value))|<(?:longcat_)?arg_value)|<(?:longcat_)?arg_value)(?::\w+)?>/,
  argumentEnd: /<\/(?:longcat_)?arg_value(?::\w+)?\s*>/,
  exact: true,
  declaredOnly: true,
  callEnd:
    /(?:<arg_key(?::\w+)?>[^<]{1,120}<\/arg_key(?::\w+)?>\s*)?(?:<arg_value(?::\w+)?>\s*)?(?:<\/(?:(?:longcat_)?tool_call|user|assistant|tool|function)(?::\w+)?\s*>|<end_of_tool_call(?::\w+)?>|<\/arg_value(?::\w+)?>)/,
});
