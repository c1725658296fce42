import { namedJsonFormat } from "../named_json.ts";
import type { TextFormat } from "../types.ts";

const named = namedJsonFormat({
  name: "name_in_marks",
  marks: ["|>", "｜>", "]"],
  head:
    /(?:(?:<[|｜][^<>|｜\n]{2,48}[|｜]>|\[[A-Z][A-Z_ ]{2,40}\])\s{0,9}(?:[\w-]{1,40}(?=<[|｜]))?){0,4}(?:<[|｜](?![^<>\n]{0,48}(?:result|response|output|return))(?=[^<>|｜\n]{0,40}(?:tool|call|function))[^<>|｜\n]{2,48}[|｜]>|\[(?![A-Z_ ]{0,40}(?:RESULT|RESPONSE|OUTPUT|RETURN))(?=[A-Z_ ]{0,40}(?:TOOL|CALL|FUNCTION))[A-Z_ ]{4,40}\])[ \t]{0,9}(?:functions\.)?(?<name>[\w.-]{1,120})\s{0,9}(?:(?:<[|｜][^<>|｜\n]{2,48}[|｜]>|\[[A-Z_ ]{2,40}\])\s{0,9}(?:json\s{0,9})?){0,6}(?=[{"])/gu,
  end: /(?:\s{0,9}<[|｜](?=[^<>|｜\n]{0,40}(?:end|close|calls))[^<>|｜\n]{2,48}[|｜]>){0,4}/uy,
});

/**
 * PLaMo 3 and families that have no file here: the name of a tool, one that was shown, behind a mark that speaks of tools, any marks, and the
 * arguments as an object: `<|plamo:begin_tool_name:plamo|>name<|plamo:end_tool_name:plamo|><|plamo:begin_tool_arguments:plamo|>{…}`.
 */
export const nameInMarks: TextFormat = {
  ...named,
  ofAnyFamily: true,
  read: (text, tools) => {
    const shown = new Set(tools.map(({ name }) => name));
    return named.read(text, tools).filter(({ name, unreadable }) =>
      unreadable !== true && (shown.size === 0 || shown.has(name))
    );
  },
};
