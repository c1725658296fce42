import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/**
 * MiniMax, DeepSeek's DSML, Step, Claude's old form: `<invoke name="n"><parameter name="k">value</parameter></invoke>`, tags with or
 * without a prefix, with or without blanks in it, its bars one or two. The tag around the calls ends one that nothing closes.
 */
export const invokeXml: TextFormat = taggedArgumentsFormat({
  name: "invoke_xml",
  marks: ["invoke name="],
  call:
    /<(?:\s{0,2}[｜|]{0,2}\s{0,2}\w{1,12}\s{0,2}[:｜|]{1,2}\s{0,2})?invoke name=["']?(?<name>[^"'>\n]{1,120})["']?\s*>/u,
  argument:
    /<(?:\s{0,2}[｜|]{0,2}\s{0,2}\w{1,12}\s{0,2}[:｜|]{1,2}\s{0,2})?parameter name=["']?(?<key>[^"'>\n]{1,120})["']?(?:\s+string=["']?(?:(?<text>true)|false)["']?)?\s*>/u,
  argumentEnd: /<\/(?:\s{0,2}[｜|]{0,2}\s{0,2}\w{1,12}\s{0,2}[:｜|]{1,2}\s{0,2})?parameter\s*>/u,
  mustClose: /DSML/,
  exactText: /DSML/,
  callEnd:
    /<\/(?:\s{0,2}[｜|]{0,2}\s{0,2}\w{1,12}\s{0,2}[:｜|]{1,2}\s{0,2})?(?:invoke|tool_calls?|function_calls)\s*>/u,
});
