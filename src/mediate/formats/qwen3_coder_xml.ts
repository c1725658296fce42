import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/** Qwen3-coder, Qwen3.5, Seed-OSS, Nemotron: `<function=name><parameter=key>value</parameter></function>`. */
export const qwen3CoderXml: TextFormat = taggedArgumentsFormat({
  name: "qwen3_coder_xml",
  marks: ["<function=", "<parameter="],
  declaredOnly: true,
  mention: /^<function=/,
  call: /(?:<(?:seed:)?tool_call>\s*){0,4}<function=["']?(?<name>[^>\s"']{1,120})["']?\s*>/,
  argument: /<parameter=["']?(?<key>[^>\n"']{1,120})["']?\s*>/,
  argumentEnd: /<\/parameter\s*(?:=[^<>\n]{1,120})?>/,
  callEnd: /(?:<\/function\s*(?:=[^<>\n]{1,120})?>)(?:\s*<\/(?:seed:)?tool_call>)*|<\/(?:seed:)?tool_call>/,
});
