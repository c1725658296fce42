import type { ToolDeclaration } from "../../kernel/call.ts";
import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { FoundCall, TextFormat } from "../types.ts";
import { isRecord } from "../../kernel/json.ts";

const tagged = taggedArgumentsFormat({
  name: "minicpm_xml",
  marks: ["<function name=", "<functionname=", "<functionĠname="],
  call: /<function[\sĠ]*name=["']?(?<name>[^"'>\n]{1,120})["']?\s*>/,
  argument: /<param(?:eter)?[\sĠ]*name=["']?(?<key>[^"'>\n]{1,120})["']?\s*>/,
  argumentEnd: /<\/param(?:eter)?\s*>/,
  callEnd: /<\/function\s*>/,
});

/**
 * MiniCPM: `<function name="n"><param name="k">value</param></function>`. A parameter that the tool does not have is left out
 * where all that it needs are there, as the family's own parser does.
 */
export const minicpmXml: TextFormat = {
  ...tagged,
  read: (text, tools) => tagged.read(text, tools).map((call) => withoutExtra(call, tools)),
};

function withoutExtra(call: FoundCall, tools: readonly ToolDeclaration[]): FoundCall {
  const parameters = tools.find(({ name }) => name === call.name)?.parameters;
  const given = call.arguments;
  if (!isRecord(parameters?.properties) || !isRecord(given)) return call;
  const declared = parameters.properties;
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  const extra = Object.keys(given).filter((key) => !Object.hasOwn(declared, key));
  const complete = required.every((key) => typeof key === "string" && Object.hasOwn(given, key));
  if (extra.length === 0 || extra.length === Object.keys(given).length || !complete) return call;
  const kept = Object.entries(given).filter(([key]) => Object.hasOwn(declared, key));
  return {
    ...call,
    arguments: Object.fromEntries(kept),
    mended: [...(call.mended ?? []), "a parameter that the tool does not have"],
  };
}
