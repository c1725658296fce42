import type { ToolDeclaration } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { putMember } from "./put_member.ts";
import { argumentSchema, typedValue } from "./typed_value.ts";

/** Arguments that stand in tags of their names. */
export interface ChildArguments {
  readonly given: Readonly<Record<string, unknown>>;
  /** Offset behind the last. */
  readonly end: number;
  /** True when the text ended inside the last. */
  readonly cut: boolean;
}

const KEY = /\s*<([\w.-]{1,80})>/y;
/** What may follow an argument: the end of what is around it, the end of the text, or the next. */
const NEXT = /\s*(?:<\/(?:arguments|parameters|args|input|invoke|tool_\w{1,10}|function_calls?)>|<([\w.-]{1,80})>|$)/y;

/**
 * Reads arguments that stand between tags of their names. A closing tag inside a value is told from the real one by what follows it:
 * of a tool that was shown only an argument that it has, and that was not given, begins the next one.
 * @param text the whole text
 * @param start offset of the first, blanks before it allowed
 * @param tool the name of the tool that is called
 * @param tools the tools that were shown
 * @returns the arguments; none where none stands there
 */
export function readChildArguments(
  text: string,
  start: number,
  tool: string,
  tools: readonly ToolDeclaration[],
): ChildArguments {
  const properties = tools.find(({ name }) => name === tool)?.parameters.properties;
  const given: Record<string, unknown> = {};
  let end = start;
  for (;;) {
    KEY.lastIndex = end;
    const key = KEY.exec(text)?.[1];
    if (key === undefined || Object.hasOwn(given, key)) return { given, end, cut: false };
    const begun = KEY.lastIndex;
    const mayFollow = (next: string) =>
      next !== key && !Object.hasOwn(given, next) && (!isRecord(properties) || Object.hasOwn(properties, next));
    const close = closingTag(text, begun, key, mayFollow);
    const raw = text.slice(begun, close ?? text.length).replace(/^\r?\n/, "").replace(/\r?\n[ \t]*$/, "");
    putMember(given, key, typedValue(raw, argumentSchema(tools, tool, key)));
    if (close === null) return { given, end: text.length, cut: true };
    end = close + key.length + 3;
  }
}

/** The first closing tag of an argument behind which something stands that may follow one, or null. */
function closingTag(text: string, from: number, key: string, mayFollow: (next: string) => boolean): number | null {
  const mark = `</${key}>`;
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    NEXT.lastIndex = at + mark.length;
    const found = NEXT.exec(text);
    if (found !== null && (found[1] === undefined || mayFollow(found[1]))) return at;
  }
  return null;
}
