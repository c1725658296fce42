import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** MiniCPM: `<function name="n"><param name="k">value</param></function>`. */
export const minicpmXml: TextFormat = taggedArgumentsFormat({
  name: "minicpm_xml",
  marks: ["<function name=", "<functionname=", "<functionĠname="],
  call: /<function[\sĠ]*name=["']?(?<name>[^"'>\n]{1,120})["']?\s*>/,
  argument: /<param(?:eter)?[\sĠ]*name=["']?(?<key>[^"'>\n]{1,120})["']?\s*>/,
  argumentEnd: /<\/param(?:eter)?\s*>/,
  callEnd: /<\/function\s*>/,
});
