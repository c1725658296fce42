import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** MiniMax, DeepSeek's DSML, Step, Claude's old form: `<invoke name="n"><parameter name="k">value</parameter></invoke>`, tags with or without a prefix. */
export const invokeXml: TextFormat = taggedArgumentsFormat({
  name: "invoke_xml",
  marks: ["invoke name="],
  call: /<(?:[\w｜|]{1,12}[:｜|])?invoke name=["']?(?<name>[^"'>\n]{1,120})["']?\s*>/u,
  argument:
    /<(?:[\w｜|]{1,12}[:｜|])?parameter name=["']?(?<key>[^"'>\n]{1,120})["']?(?:\s+string=["']?(?:(?<text>true)|false)["']?)?\s*>/u,
  argumentEnd: /<\/(?:[\w｜|]{1,12}[:｜|])?parameter\s*>/u,
  mustClose: /DSML/,
  callEnd: /<\/(?:[\w｜|]{1,12}[:｜|])?invoke\s*>/u,
});
