import { isAloneOnLine, THINKING_MARKS } from "./split_thinking.ts";

/** What was said in the end, or that nothing but thoughts was. */
export type SaidText = { readonly text: string } | { readonly thoughts: true };

/** Marks of a turn's end that some servers pass on. */
const END =
  /(?:<[|｜](?:im_end|im_start|endoftext|eot_id|eot|end|end_of_text|eom_id|return|call|end_message|content_model_end_sampling|END_RESPONSE|END_OF_TURN_TOKEN|end_of_solution|end▁of▁sentence)[|｜]>|<\/s>|<end_of_turn>|<turn\|>|<eos>|<bot_end>|\[\/INST\]|<\|close\|>response<\|sep\|>)$/u;
/** Marks before what is said to the person. */
const START =
  /^\s*(?:<\|im_start\|>assistant|<\|start_header_id\|>assistant<\|end_header_id\|>|<\|START_RESPONSE\|>|<\|begin_of_solution\|>|\[BEGIN FINAL RESPONSE\]|(?:<\|message_model\|>)?<\|content_text\|>|<\|open\|>response<\|sep\|>|(?:<\|start\|>)?assistant(?=<\|channel\|>)|<\|channel\|>(?:final|commentary)(?![^<]{0,80}to=)[^<\n]{0,40}(?:<\|constrain\|>[^<\n]{0,40})?<\|message\|>)[ \t]*\n?/;
/** Tags around what is said. */
const AROUND = /^\s*<(answer|response|final_answer|output)>([\s\S]*?)(?:<\/\1>\s*)?$/;
/** Longest end mark, in characters. */
const LONGEST_END = 40;

/**
 * Takes the thoughts before an answer, and the marks around it, off a reply: those of every family, and what is left of them where a
 * server took the marks. What stands inside the answer stays.
 * @param reply a reply's whole text
 * @returns the answer; or that there are only thoughts
 */
export function saidText(reply: string): SaidText {
  let text = withoutEnd(reply);
  for (let round = 0; round < 8; round++) {
    const before = text;
    text = withoutStart(text);
    const block = thinkingAtStart(text);
    if (block === "open") return { thoughts: true };
    if (block !== null) text = text.slice(block);
    text = text.replace(START, "");
    if (text === before) break;
  }
  const around = AROUND.exec(text)?.[2];
  return { text: withoutEnd(around ?? text) };
}

function withoutEnd(text: string): string {
  let rest = text;
  for (let end = rest.trimEnd(); END.test(end.slice(-LONGEST_END)); end = rest.trimEnd()) {
    rest = end.slice(0, end.length - (END.exec(end.slice(-LONGEST_END))?.[0].length ?? 0));
  }
  return rest;
}

/** Harmony's channels, with their marks or without. */
const ANALYSIS = "<|channel|>analysis";
const STRIPPED = /^\s*(?:analysis|commentary)(?=[\p{Lu}\p{Ll}\s])/u;

function withoutStart(text: string): string {
  const start = text.trimStart().replace(/^<\|start\|>assistant/, "");
  if (start.startsWith(ANALYSIS) && !/^[^<]{0,80}to=/.test(start.slice(ANALYSIS.length, ANALYSIS.length + 90))) {
    const next = /<\|(?:end|return)\|>|<\|start\|>assistant|<\|channel\|>(?:final|commentary)/.exec(
      start.slice(ANALYSIS.length),
    );
    if (next !== null) {
      const at = ANALYSIS.length + next.index;
      return next[0].startsWith("<|end") || next[0].startsWith("<|return")
        ? start.slice(at + next[0].length)
        : start.slice(at);
    }
  }
  if (STRIPPED.test(text)) {
    const final = text.lastIndexOf("assistantfinal");
    if (final >= 0) return text.slice(final + "assistantfinal".length);
  }
  return text.replace(/^\s*(?:assistant)?final(?=\s*`{3})/, "");
}

const ANY_FENCE = /^[ \t]*(?:`{3}|~{3})/m;

/** Where the thoughts at a text's start end: `open` where they never do, null where none stand there. */
function thinkingAtStart(text: string): number | "open" | null {
  const lead = text.length - text.trimStart().length;
  for (const [open, close] of THINKING_MARKS) {
    if (!text.startsWith(open, lead)) continue;
    const end = text.indexOf(close, lead + open.length);
    return end < 0 ? (endsInFence(text) ? null : "open") : end + close.length;
  }
  if (text.startsWith(ANALYSIS, lead)) return "open";
  // The prompt may have opened them: only the closing mark is in the reply, on a line of its own or before anything that could be the answer.
  for (const [open, close] of THINKING_MARKS) {
    const end = aloneOnLine(text, close);
    if (end === null || text.slice(0, end).includes(open) || isInFence(text.slice(0, end))) continue;
    // What stands in a fence before it may be the answer, unless another one follows.
    if (!ANY_FENCE.test(text.slice(0, end)) || ANY_FENCE.test(text.slice(end))) return end;
  }
  const head = text.slice(0, 20_000);
  const fence = head.search(/^[ \t]*(?:`{3}|~{3})/m);
  const most = fence < 0 ? head.length : fence;
  for (const [open, close] of THINKING_MARKS) {
    const end = head.indexOf(close);
    const begun = head.indexOf(open);
    if (end >= 0 && end < most && (begun < 0 || begun > end) && ownLine(head, end, close)) return end + close.length;
  }
  return null;
}

/** Whether a mark is no part of a line of code: nothing but the end of a sentence may stand before it. */
function ownLine(text: string, at: number, mark: string): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const after = text.slice(at + mark.length, at + mark.length + 80);
  return !/["'`/*#]/.test(line.slice(-3)) && !/^[ \t]*["'`,);]/.test(after.startsWith("```") ? "" : after);
}

/** Where the first line ends that holds a mark and nothing else; null for none. */
function aloneOnLine(text: string, mark: string): number | null {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    if (isAloneOnLine(text, at, mark)) return at + mark.length;
  }
  return null;
}

/** Whether a text ends within a fence. */
function isInFence(text: string): boolean {
  return (text.match(/^[ \t]*(?:`{3}|~{3})/gm)?.length ?? 0) % 2 === 1;
}

/** Whether a text ends in a block that is closed: thoughts without an end then hold an answer all the same. */
function endsInFence(text: string): boolean {
  const lines = text.trimEnd().split("\n");
  return /^\s*(?:`{3,}|~{3,})\s*$/.test(lines.at(-1) ?? "") &&
    lines.slice(0, -1).some((line) => /^\s*(?:`{3,}|~{3,})/.test(line));
}
