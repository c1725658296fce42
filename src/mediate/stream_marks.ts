import { THINKING_MARKS } from "./split_thinking.ts";

/** What begins at a mark in a reply that is still being written. */
export type MarkKind =
  /** A call, up to one of the closing marks. */
  | "call"
  /** A call whose end nothing marks: up to the end of its JSON value. */
  | "value"
  /** Thinking, up to one of the closing marks. */
  | "thinking"
  /** A token of the template that says nothing. */
  | "token";

/** A text that announces something else than prose. */
export interface StreamMark {
  readonly opening: string;
  readonly kind: MarkKind;
  /** Texts that end it, the first to come counts; none for a value and a token. */
  readonly closing: readonly string[];
}

const pairs = (kind: MarkKind, list: readonly (readonly [string, ...string[]])[]): readonly StreamMark[] =>
  list.map(([opening, ...closing]) => ({ opening, kind, closing }));

/** Marks of all formats, of thinking and of templates. */
const STREAM_MARKS: readonly StreamMark[] = [
  ...pairs("call", [
    ["<tool_call>", "</tool_call>"],
    ["<tool_calls>", "</tool_calls>"],
    ["<TOOLCALL>", "</TOOLCALL>"],
    ["<tools>", "</tools>"],
    ["<longcat_tool_call>", "</longcat_tool_call>"],
    ["]<]minimax[>[<tool_call>", "]<]minimax[>[</tool_call>"],
    ["<|open|>tools<|sep|>", "<|close|>tools<|sep|>"],
    ["<|content_invoke_tool_json|>", "<|end_message|>"],
    ["✿FUNCTION✿", "✿RESULT✿", "✿RETURN✿"],
    ["<function_calls>", "</function_calls>"],
    ["<function=", "</function>"],
    ["<function name=", "</function>"],
    ["<invoke name=", "</invoke>"],
    ["<invoke>", "</invoke>"],
    ["<minimax:tool_call>", "</minimax:tool_call>"],
    ["<seed:tool_call>", "</seed:tool_call>"],
    ["<｜DSML｜function_calls>", "</｜DSML｜function_calls>"],
    ["<｜DSML｜tool_calls>", "</｜DSML｜tool_calls>"],
    ["<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"],
    ["<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>"],
    ["<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"],
    ["<|tool_call_begin|>", "<|tool_call_end|>"],
    ["<|tool_call_start|>", "<|tool_call_end|>"],
    ["<|tool_call:start|>", "<|tool_call:end|>"],
    ["<|tool_call:begin|>", "<|tool_call:end|>"],
    ["[TOOL_REQUEST]", "[END_TOOL_REQUEST]"],
    ["[unused11]", "[unused12]"],
    ["<|plamo:begin_tool_requests:plamo|>", "<|plamo:end_tool_requests:plamo|>"],
    ["<|tool_call>", "<tool_call|>", "<|tool_call|>"],
    ["<start_function_call>", "<end_function_call>"],
    ["<|START_ACTION|>", "<|END_ACTION|>"],
    ["<|action_start|>", "<|action_end|>"],
    ["<|tools_prefix|>", "<|tools_suffix|>"],
    ["<|channel|>commentary", "<|call|>"],
    ["<|start|>assistant to=", "<|call|>"],
    ["```tool\n", "\n```"],
    ["```tool_code", "\n```"],
    ["```tool_call", "\n```"],
  ]),
  ...pairs("value", [["<function_call>"], ["[TOOL_CALLS]"], ["<|tool_call|>"], ["<|python_tag|>"], ["functools["], [
    "<|recipient|>",
  ]]),
  ...pairs("thinking", [
    ...THINKING_MARKS,
    ["<|channel|>analysis<|message|>", "<|end|>"],
  ]),
  ...pairs("token", [
    ["</tool_call>"],
    ["</tool_calls>"],
    ["</function_call>"],
    ["</function>"],
    ["</think>"],
    ["[/TOOL_CALLS]"],
    ["<<function>>"],
    ["<|channel|>commentary<|message|>"],
    ["<|channel|>final<|message|>"],
    ["<|start|>assistant"],
    ["<|from|>assistant\n"],
    ["<|recipient|>all\n<|content|>"],
    ["<|stop|>"],
    ["<|im_end|>"],
    ["<|end|>"],
    ["<|eot_id|>"],
    ["<|eom_id|>"],
    ["<end_of_turn>"],
    ["<|endoftext|>"],
  ]),
];

/** What stands at an offset: a mark, perhaps the beginning of one that is not all there, or neither. */
export type AtMark = StreamMark | "perhaps" | null;

/** Characters that a mark may begin with, and those with which a call in plain JSON does. */
export const MARK_START = /[<[`{f◁\]✿]/g;

const LONGEST = Math.max(...STREAM_MARKS.map(({ opening }) => opening.length));

/** Characters in which a call in plain JSON must show itself. */
const LONGEST_PLAIN = 100;

/** A call in plain JSON: begins a line, in a fence or not. */
const PLAIN_CALL =
  /^(?:```(?:json|tool_call|tool_calls|function_call)?[ \t]*\n\s*)?(?:\[\s*)?\{\s*"(?:name|function|tool_name|tool_calls)"/;
const PLAIN_BEGUN =
  /^(?:`{0,2}|```[a-z_]{0,14}|```(?:json|tool_call|tool_calls|function_call)?[ \t]*\n\s*|(?:```(?:json|tool_call|tool_calls|function_call)?[ \t]*\n\s*)?(?:\[\s*)?(?:\{\s*(?:"[a-z_]{0,10})?)?)$/;

/**
 * Says what begins at an offset of a text that may go on.
 * @param text the text so far
 * @param at offset of a character that a mark may begin with
 * @param beginsLine whether the offset begins a line, blanks aside
 * @returns the longest mark that stands there; `perhaps` where more text may make one, or a longer one
 */
export function markAt(text: string, at: number, beginsLine: boolean): AtMark {
  const rest = text.slice(at, at + LONGEST + 1);
  let best: StreamMark | null = null;
  for (const mark of STREAM_MARKS) {
    if (mark.opening.length > rest.length && mark.opening.startsWith(rest)) return "perhaps";
    if (rest.startsWith(mark.opening) && mark.opening.length > (best?.opening.length ?? 0)) best = mark;
  }
  if (best !== null || !beginsLine) return best;
  const line = text.slice(at, at + LONGEST_PLAIN);
  const plain = PLAIN_CALL.exec(line);
  if (plain === null) return at + line.length >= text.length && PLAIN_BEGUN.test(line) ? "perhaps" : null;
  return plain[0].startsWith("```")
    ? { opening: "", kind: "call", closing: ["\n```"] }
    : { opening: "", kind: "value", closing: [] };
}
