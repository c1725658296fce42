import type { ToolDeclaration } from "../../kernel/call.ts";
import { namedJsonFormat } from "../named_json.ts";
import { nearTool } from "../near_name.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const named = namedJsonFormat({
  name: "name_above",
  marks: [],
  head:
    /(?:(?:^|\n)[ \t]*|>>>)(?:>>>)?(?<name>[\p{L}_][\p{L}\p{N}_.-]{0,119})[ \t]*(?:\r?\n\s*(?:```(?:json)?[ \t]*\n\s*)?)?(?=\{)/gu,
  end: /[ \t]*;?/y,
});

const LINE_END = /^[ \t]*(?:\r?\n|<|>>>|`{3}|$)/;

/**
 * GLM-4 and Functionary: the tool's name on a line, its arguments as an object below or beside it. The name must be a tool's
 * and the object must end its line; where no tools are known, such calls must be the whole reply.
 */
export const nameAbove: TextFormat = {
  ...named,
  read: (text, tools) => {
    const calls = named.read(text, tools).filter((call) => stands(call, text)).map((call) => withoutRole(call, tools));
    if (tools.length > 0) return calls.filter(({ name }) => means(name, tools));
    let end = 0;
    const whole = calls.every(({ span }) => {
      const between = text.slice(end, span[0]);
      end = span[1];
      return between.trim() === "";
    });
    return whole && text.slice(end).trim() === "" ? calls : [];
  },
};

/** DeepSeek without its marks writes `functionNAME` above a fence. */
function withoutRole(call: FoundCall, tools: readonly ToolDeclaration[]): FoundCall {
  const bare = call.name.replace(/^function(?=\w)/, "");
  return bare !== call.name && tools.some(({ name }) => name === bare) && !tools.some(({ name }) => name === call.name)
    ? { ...call, name: bare, mended: [...(call.mended ?? []), "marks that are missing"] }
    : call;
}

function stands({ span, unreadable }: FoundCall, text: string): boolean {
  return unreadable !== true && LINE_END.test(text.slice(span[1], span[1] + 80));
}

function means(name: string, tools: readonly ToolDeclaration[]): boolean {
  return tools.some((tool) => tool.name === name) || nearTool(name, tools) !== null;
}
