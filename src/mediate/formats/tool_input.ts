import { isRecord } from "../../kernel/json.ts";
import { NOT_CLOSED } from "../json_format.ts";
import { effortFor, readLoose } from "../loose_value.ts";
import { withNames } from "../nameless_argument.ts";
import type { FoundCall, TextFormat } from "../types.ts";

const HEAD = /<tool>\s{0,9}(?<name>[\w.-]{1,120})\s{0,9}<\/tool>\s{0,9}<tool_input>/g;
const END = "</tool_input>";

/** LangChain's agents that write XML: `<tool>name</tool><tool_input>text or JSON</tool_input>`. Its end is a stop word, so that it may be missing. */
export const toolInput: TextFormat = {
  name: "tool_input",
  marks: ["<tool_input>"],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    const effort = effortFor(text);
    HEAD.lastIndex = 0;
    for (let found = HEAD.exec(text); found !== null; found = HEAD.exec(text)) {
      const name = found.groups?.name ?? "";
      const close = text.indexOf(END, HEAD.lastIndex);
      const end = close < 0 ? text.length : close;
      const raw = text.slice(HEAD.lastIndex, end);
      const object = /^\s*\{/.test(raw) ? readLoose(text, text.indexOf("{", HEAD.lastIndex), effort) : null;
      const given = object !== null && isRecord(object.value)
        ? { value: object.value, mended: object.mended }
        : withNames(
          { "": raw.trim() },
          tools.find((tool) => tool.name === name),
        );
      const to = close < 0 ? end : close + END.length;
      HEAD.lastIndex = to;
      if (raw.trim() === "" || Object.hasOwn(given.value, "")) continue;
      const mended = close < 0 ? [...given.mended, NOT_CLOSED] : given.mended;
      calls.push({ name, arguments: given.value, span: [found.index, to], mended });
    }
    return calls;
  },
};
