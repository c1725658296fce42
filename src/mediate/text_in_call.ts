import type { DeliveredCall, ToolDeclaration } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import type { Hunk } from "./change.ts";
import { argumentsOf } from "./given_arguments.ts";
import { nearArguments } from "./near_name.ts";
import { readFormats } from "./read_formats.ts";
import { markAt } from "./stream_marks.ts";
import type { FoundCall, TextFormat } from "./types.ts";
import { extensionOf, isPath } from "./wanted_block.ts";

/** What a call in place of a text gives. */
export type TextInCall =
  /** The text, as the call's argument. */
  | { readonly text: string }
  /** A part of the file and what takes its place. */
  | { readonly hunk: Hunk }
  /** It is another call, by its tool's name. */
  | { readonly other: string }
  /** It was begun like a call and cannot be read. */
  | { readonly broken: true };

/** What was asked for: the argument, the file that it is for, and the tools that the model was shown, where they are known. */
export interface WantedArgument {
  readonly argument: string | undefined;
  readonly path: string | undefined;
  readonly tools: readonly ToolDeclaration[];
}

/** Old text and new text, as the tools that edit call them. */
const EDIT = {
  properties: { path: {}, old_text: {}, new_text: {} },
  required: ["path", "old_text", "new_text"],
};
/** What may stand beside a call: fences, tags and marks around it. */
const BESIDE =
  /(?:^function call[ \t]*$|\]<\]minimax\[>\[|\n[ \t]*Observation:[\s\S]*|✿RE(?:SULT|TURN)✿[\s\S]*|`{3,}[\w-]*|~{3,}\w*|<\/?[|｜]?[\w:｜▁|]{1,40}[|｜]?>|\[\/?[A-Z_]{3,20}\])/gmu;
/** Files that may themselves begin like a call. */
const TAGGED = /^(?:xml|html|htm|svg|vue|svelte|jsx|tsx|xsl|xsd|jinja|j2|md|mdx|markdown|txt|json|jsonl)$/;

/**
 * Reads a text that was asked for after a call out of that call made once more, in any format that models write.
 * @param text a reply without its thoughts
 * @param wanted argument and file
 * @returns what the call gives, or null where the text is no call
 */
export function textInCall(text: string, wanted: WantedArgument): TextInCall | null {
  const gives = (call: FoundCall) => given(call, wanted) !== null;
  const tools = wanted.tools.length > 0 ? wanted.tools : toolsIn(text, wanted);
  const { calls, format } = readFormats(text, tools, gives);
  const good = calls.filter(gives);
  const [first] = good;
  if (first !== undefined && format !== null && isWhole(text, good, format, wanted)) return given(first, wanted);
  const whole = calls.filter((call) => call.name.trim() !== "");
  const other = whole[0];
  const begins = markAt(text.trimStart().slice(0, 200), 0, false);
  const isMarked = typeof begins === "object" && begins !== null && (begins.kind === "call" || begins.kind === "value");
  if (other !== undefined && format !== null && covers(text, whole)) {
    if (format.marks.length > 0 && (isMarked || !TAGGED.test(extensionOf(wanted.path)))) {
      return other.cut === true || other.unreadable === true ? { broken: true } : { other: other.name };
    }
    const isKnown = wanted.tools.some(({ name }) => name === other.name) && extensionOf(wanted.path) !== "py";
    if ((format.name === "plain_json" || isKnown) && !TAGGED.test(extensionOf(wanted.path))) {
      return { other: other.name };
    }
  }
  return isMarked && !TAGGED.test(extensionOf(wanted.path)) ? { broken: true } : null;
}

/** The tools that a text calls, where none are known: what was asked for is text in each, whatever it looks like. */
function toolsIn(text: string, { argument }: WantedArgument): readonly ToolDeclaration[] {
  const names = new Set(readFormats(text, [], () => true).calls.slice(0, 8).map(({ name }) => name));
  const texts = ["path", "old_text", "new_text", ...(argument === undefined ? [] : [argument])];
  const parameters = { type: "object", properties: Object.fromEntries(texts.map((key) => [key, { type: "string" }])) };
  return [...names].map((name) => ({ name, describes: "", parameters }));
}

/**
 * Reads the text out of a call that the server delivered in place of it.
 * @returns what the first call that gives any gives, else that it is another; null where there is no call
 */
export function textDelivered(calls: readonly DeliveredCall[], wanted: WantedArgument): TextInCall | null {
  const found = calls.map(({ name, arguments: value }): FoundCall => ({ name, arguments: value, span: [0, 0] }));
  for (const call of found) {
    const text = given(call, wanted);
    if (text !== null) return text;
  }
  const [first] = found;
  return first === undefined ? null : { other: first.name };
}

/** What a call gives of the argument; null for one that is not whole, lacks it or is about another file. */
function given(call: FoundCall, { argument, path }: WantedArgument): TextInCall | null {
  if (call.cut === true || call.unreadable === true || argument === undefined) return null;
  const value = argumentsOf(call.arguments, call.name)?.value;
  if (value === undefined) return null;
  const edit = nearArguments(value, EDIT).value;
  const file = typeof edit.path === "string" ? edit.path : undefined;
  if (file !== undefined && path !== undefined && !isPath(file, path)) return null;
  const schema = { properties: { path: {}, [argument]: {} }, required: ["path", argument] };
  const text = nearArguments(value, schema).value[argument];
  if (argument !== "new_text" && typeof edit.old_text === "string" && typeof edit.new_text === "string") {
    return { hunk: { old: edit.old_text.split("\n"), new: edit.new_text.split("\n"), at: null } };
  }
  return typeof text === "string" ? { text } : null;
}

/** Whether calls are the reply, rather than a part of the text that was asked for. */
function isWhole(text: string, calls: readonly FoundCall[], format: TextFormat, { path }: WantedArgument): boolean {
  if (!covers(text, calls)) return false;
  const [first] = calls;
  // Without marks a call may be a line of code: there the file that it names says that it is none.
  const names = isRecord(first?.arguments) && path !== undefined &&
    Object.values(first.arguments).some((value) => typeof value === "string" && isPath(value, path));
  return format.marks.length > 0 || format.name === "plain_json" || names;
}

/** Whether nothing but marks, and words about the call, stands beside calls. */
function covers(text: string, calls: readonly FoundCall[]): boolean {
  let rest = "";
  let end = 0;
  for (const { span } of calls.toSorted((left, right) => left.span[0] - right.span[0])) {
    if (span[0] > end) rest += `${text.slice(end, span[0])}\n`;
    end = Math.max(end, span[1]);
  }
  rest = (rest + text.slice(end)).replace(BESIDE, " ").trim();
  return rest.length <= 600 && rest.split("\n").every((line) => isWords(line.trim()));
}

/** A line that says something to a person: it begins like a sentence and ends like one. */
function isWords(line: string): boolean {
  return line === "" || (/^[\p{Lu}*]/u.test(line) && /[.:!?…]\**$/.test(line) && !/[;{}=]/.test(line));
}
