import type { ToolDeclaration } from "../../kernel/call.ts";
import { isRecord } from "../../kernel/json.ts";
import { NOT_CLOSED } from "../json_format.ts";
import { effortFor, readLiteral } from "../loose_value.ts";
import { withNames } from "../nameless_argument.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const HEAD = /(?:<tool>\s{0,9}|(?<=^|\n)[ \t]{0,9})(?<name>[\w.-]{1,120})\s{0,9}<\/tool>\s{0,9}<tool_input>/g;
const END = /<\/tool_input\s{0,9}>/g;

/** LangChain's agents that write XML: `<tool>name</tool><tool_input>text or JSON</tool_input>`. Its end is a stop word, so that it may be missing. */
export const toolInput: TextFormat = {
  name: "tool_input",
  marks: ["<tool_input>"],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    HEAD.lastIndex = 0;
    for (let found = HEAD.exec(text); found !== null; found = HEAD.exec(text)) {
      const name = found.groups?.name ?? "";
      END.lastIndex = HEAD.lastIndex;
      const close = END.exec(text);
      const end = close?.index ?? text.length;
      const raw = text.slice(HEAD.lastIndex, end);
      const given = inputOf(raw, tools.find((tool) => tool.name === name));
      const to = close === null ? end : END.lastIndex;
      HEAD.lastIndex = to;
      if (given === null) continue;
      const mended = close === null ? [...given.mended, NOT_CLOSED] : given.mended;
      calls.push({ name, arguments: given.value, span: [found.index, to], mended });
    }
    return calls;
  },
};

/** What the input says: an object, also as a string of JSON, or the text of the one argument that it can be; null where it can be none. */
function inputOf(raw: string, tool: ToolDeclaration | undefined) {
  const text = raw.trim();
  const literal = /^["{]/.test(text) ? readLiteral(text, 0, effortFor(text)) : null;
  const value = literal !== null && literal.end === text.length ? literal.value : text;
  const mended = literal?.mended ?? [];
  if (isRecord(value) || (typeof value === "string" && /^\s*\{/.test(value))) return { value, mended };
  const named = withNames({ "": value }, tool);
  return value === "" || Object.hasOwn(named.value, "") ? null : named;
}
