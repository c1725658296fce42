import type { ToolDeclaration } from "../../kernel/call.ts";
import { isRecord } from "../../kernel/json.ts";
import { NOT_CLOSED } from "../json_format.ts";
import { withNames } from "../nameless_argument.ts";
import { argumentSchema, typedValue } from "../typed_value.ts";
import type { Span } from "../spans.ts";
import type { FoundCall, TextFormat } from "../types.ts";

/** A tag that may be a tool's. */
const HEAD = /(?:<tool_call>\s*)?<(?:function=)?([\w.-]{1,80})>/g;
/** A tag that may be an argument's. */
const ARGUMENT = /\s*<(parameter=)?([\w.-]{1,80})>/y;

/**
 * Cline and others that prompt models without tools, and Qwen3-coder that forgets its own form: tags named after the tool and its
 * arguments, `<read_file><path>a</path></read_file>`. Only a tool that was shown, with an argument that it has, is a call.
 */
export const namedTags: TextFormat = {
  name: "named_tags",
  marks: ["</"],
  read: (text, tools) => {
    const shown = new Map(tools.map((tool) => [tool.name, tool]));
    const calls: FoundCall[] = [];
    // Ends that do not stand in the rest of the text are not looked for again.
    const missing = new Set<string>();
    HEAD.lastIndex = 0;
    for (let head = HEAD.exec(text); head !== null; head = HEAD.exec(text)) {
      const tool = shown.get(head[1] ?? "");
      const call = tool === undefined ? null : callAt(text, [head.index, HEAD.lastIndex], tool, missing);
      if (call === null) continue;
      calls.push(call);
      HEAD.lastIndex = Math.max(call.span[1], HEAD.lastIndex);
    }
    return calls;
  },
};

function callAt(
  text: string,
  [start, from]: Span,
  tool: ToolDeclaration,
  missing: Set<string>,
): FoundCall | null {
  const { name, parameters } = tool;
  const declared = isRecord(parameters.properties) ? parameters.properties : {};
  const given: Record<string, unknown> = {};
  let at = from;
  for (;;) {
    ARGUMENT.lastIndex = at;
    const [, long, key = ""] = ARGUMENT.exec(text) ?? [];
    if (!Object.hasOwn(declared, key) || Object.hasOwn(given, key)) break;
    const begin = ARGUMENT.lastIndex;
    const ends = [`</${key}>`, ...(long === undefined ? [] : ["</parameter>"])]
      .flatMap((mark) => {
        const index = missing.has(mark) ? -1 : text.indexOf(mark, begin);
        if (index < 0) missing.add(mark);
        return index < 0 ? [] : [{ index, to: index + mark.length }];
      });
    const end = ends.sort((left, right) => left.index - right.index)[0];
    if (end === undefined) break;
    const raw = text.slice(begin, end.index).replace(/^\r?\n/, "").replace(/\r?\n[ \t]*$/, "");
    given[key] = typedValue(raw, argumentSchema([tool], name, key));
    at = end.to;
  }
  if (at === from && Object.keys(declared).length > 0) return textIn(text, [start, from], tool);
  const close = new RegExp(`\\s*</(?:${name.replace(/[.]/g, "\\.")}|function)>(?:\\s*</tool_call>)?`, "y");
  close.lastIndex = at;
  const closed = close.test(text);
  if (at === from && !closed) return null;
  return {
    name,
    arguments: given,
    span: [start, closed ? close.lastIndex : at],
    ...(closed ? {} : { mended: [NOT_CLOSED] }),
  };
}

/** The text of a tool's own tag that stands on lines of its own, where the tool has one argument that it can be: `<search>query</search>`. */
function textIn(text: string, [start, from]: Span, tool: ToolDeclaration): FoundCall | null {
  if (!/(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 40), start))) return null;
  const mark = `</${tool.name}>`;
  const end = text.indexOf("<", from);
  const to = end + mark.length;
  const value = end < 0 ? "" : text.slice(from, end).trim();
  if (value === "" || !text.startsWith(mark, end) || !/^[ \t]*(?:\r?\n|$)/.test(text.slice(to, to + 40))) return null;
  const { value: given, mended } = withNames({ "": value }, tool);
  return Object.hasOwn(given, "") ? null : { name: tool.name, arguments: given, span: [start, to], mended };
}
