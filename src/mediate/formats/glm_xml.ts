import type { ToolDeclaration } from "../../kernel/call.ts";
import { isRecord } from "../../kernel/json.ts";
import { RewrittenText } from "../rewritten_text.ts";
import { Cover } from "../spans.ts";
import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** Tags that are doubled, missing, or another's: at the first key, between a key and its value. */
const SLIPS =
  /(?<open><tool_call>\s{0,9})(?<name>[\w.:/-]{1,240})(?:\s{0,9}<tool_call>\s{0,9}(?<key>[\w.-]{1,120}))?(?=<\/arg_key>)|<\/arg_key>(?:\s{0,9}<\/arg_key>){1,3}|<\/arg_key>(?!\s{0,9}<(?:\/|arg))(?=[^<]{1,4000}<\/arg_value>)/g;

/** The text of a slip as it should stand; a name with its first key behind it is parted where a tool has such an argument. */
function mend({ 0: written, groups = {} }: RegExpExecArray, tools: readonly ToolDeclaration[]): string {
  const { open, name, key } = groups;
  if (open === undefined || name === undefined) {
    return written.indexOf("</arg_key>", 1) > 0 ? "</arg_key>" : "</arg_key><arg_value>";
  }
  if (key !== undefined) return `${open}${name}<arg_key>${key}`;
  const parts = tools.filter(({ name: tool, parameters: { properties } }) =>
    name.startsWith(tool) && isRecord(properties) && Object.hasOwn(properties, name.slice(tool.length))
  );
  const [tool, ...others] = parts;
  return tool === undefined || others.length > 0
    ? written
    : `${open}${tool.name}<arg_key>${name.slice(tool.name.length)}`;
}

const tagged = taggedArgumentsFormat({
  name: "glm_xml",
  marks: [
    "<arg_key",
    "</arg_key>",
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

/**
 * GLM, Laguna, Hunyuan, Ling: `<tool_call>name<arg_key>k</arg_key><arg_value>v</arg_value></tool_call>`, tags with or without a
 * suffix; LongCat Flash Lite puts its name before them. A value without its key keeps an empty one. Hunyuan's
 * smaller models write the arguments as an object, in a fence or not.
 */
export const glmXml: TextFormat = {
  ...tagged,
  read: (text, tools) => {
    const calls = tagged.read(text, tools);
    const whole = new RewrittenText(text, SLIPS, (found) => mend(found, tools));
    if (!whole.changed) return calls;
    // What may be a slip within a call that is read as it stands is content.
    const taken = new Cover(calls.map(({ span }) => span));
    const mended = whole.placed(tagged.read(whole.text, tools), "tags that are missing or doubled");
    return [...calls, ...mended.filter(({ span }) => !taken.overlaps(span))].sort((left, right) =>
      left.span[0] - right.span[0]
    );
  },
};
