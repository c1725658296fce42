import type { ToolDeclaration } from "../../kernel/call.ts";
import { namedJsonFormat } from "../named_json.ts";
import { withNames } from "../nameless_argument.ts";
import type { FoundCall, TextFormat } from "../types.ts";
import { isRecord } from "../../kernel/json.ts";

const named = namedJsonFormat({
  name: "react",
  marks: ["Action Input:", "Arguments:"],
  head:
    /(?:^|\n)[ \t]*(?:\*\*)?(?:Action|Tool(?: call)?|Function)(?:\*\*)?:(?:\*\*)?[ \t]*`?(?<name>[\w.-]{1,120})`?[ \t]*\r?\n\s*(?:\*\*)?(?:Action Input|Arguments)(?:\*\*)?:(?:\*\*)?\s*(?:```(?:json)?\s*)?(?=[{"])/g,
  end: /[ \t]*(?:\r?\n```)?[ \t]*(?=\r?\n|$)/y,
});

/** An argument that is no JSON: the only one that the tool needs. */
const PLAIN =
  /(?:^|\n)[ \t]*Action:[ \t]*(?<name>[\w.-]{1,120})[ \t]*\r?\nAction Input:[ \t]*(?<text>[^\s{"[][^\n]{0,2000})(?=\r?\n|$)/g;

/** The model goes on after its call and invents the result: nothing there is its own. */
const RESULT = /\n[ \t]*(?:\*\*)?Observation:/;

/** ReAct, which older Qwen and many fine-tunes speak: `Action: name`, `Action Input: {…}`. */
export const react: TextFormat = {
  ...named,
  read: (text, tools) => {
    const result = text.search(RESULT);
    const own = result < 0 ? text : text.slice(0, result);
    const calls = named.read(own, tools);
    return [...calls, ...plainInputs(own, tools)].sort((left, right) => left.span[0] - right.span[0]);
  },
};

function plainInputs(text: string, tools: readonly ToolDeclaration[]): readonly FoundCall[] {
  return [...text.matchAll(PLAIN)].flatMap((found) => {
    const { name = "", text: value = "" } = found.groups ?? {};
    const tool = tools.find((one) => one.name === name);
    const { value: given, mended } = withNames({ "": value.trim() }, tool);
    if (tool === undefined || !isRecord(given) || Object.hasOwn(given, "")) return [];
    return [{ name, arguments: given, span: [found.index, found.index + found[0].length] as const, mended }];
  });
}
