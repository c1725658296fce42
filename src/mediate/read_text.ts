import type { DeliveredCall, ToolDeclaration } from "../kernel/call.ts";
import { saidText } from "./said_text.ts";
import { changedText, type KnownText, textAsMeant } from "./text_as_meant.ts";
import { blocksOf, fenceLines, labelOf, outerBlock } from "./text_blocks.ts";
import { textDelivered, type TextInCall, textInCall } from "./text_in_call.ts";
import { extensionOf, wantedBlock } from "./wanted_block.ts";
import { outOfFence } from "./whole_fence.ts";
import { say, type Wording } from "../sentences/say.ts";

/** The text that was asked for, or why there is none. */
export type TextReading =
  | { readonly text: string; /** False when a fence was opened and never closed. */ readonly closed: boolean }
  | { readonly fault: string };

/** What was asked for. */
export interface WantedText extends Wording {
  /** Path of the file that the text is for: says which fence is meant and which first line is its repetition. */
  readonly path?: string;
  /** Name of the argument that the text is for: a reply that is the call once more gives it from there. */
  readonly argument?: string;
  /** The text whose place it takes, where that is known: a change in place of the text is applied to it. */
  readonly original?: string;
  /** Calls that the server delivered with the reply: where its text is empty, the text may stand in one. */
  readonly delivered?: readonly DeliveredCall[];
  /** The tools that the model was shown, where they are known. */
  readonly tools?: readonly ToolDeclaration[];
}

const MARKDOWN = /^(?:md|mdx|markdown)$/i;
const CHAT =
  /^(?:sure|certainly|of course|okay|ok|here(?:'s| is| are)|below|the following|this (?:is|code|file|function)|i(?:'ll| will|'ve| have|'m| am)|let(?:'s| me)|to \w+|we |you (?:can|should)|great|absolutely|note that|as (?:an|requested)|i'm sorry|sorry|unfortunately)\b/i;

/**
 * Takes the code or prose that was asked for out of a reply, as readers of calls take calls: without thoughts and marks around it,
 * out of the call made once more in any format, from a fence whatever its label or the words around it, out of a fence that never
 * closes, or the whole reply where it has no fence and is no chat. Line numbers are taken off; a change in place of the text is
 * applied where its original is known.
 * @param wanted what was asked for
 * @returns the text, ending in one line end unless empty, or a fault that a model can act on
 */
export function readFencedText(reply: string, wanted: WantedText = {}): TextReading {
  const said = saidText(reply);
  if ("thoughts" in said) return { fault: say(wanted, "text.thoughts", { what: whatOf(wanted) }) };
  const { text } = said;
  const asked = { argument: wanted.argument, path: wanted.path, tools: wanted.tools ?? [] };
  const call = text.trim() === "" ? textDelivered(wanted.delivered ?? [], asked) : textInCall(text, asked);
  if (call !== null) return outOfCall(call, wanted);
  const lines = text.split("\n");
  const fences = fenceLines(lines);
  const [first] = fences;
  if (first === undefined) return wholeReply(text, wanted);
  const before = lines.slice(0, first).join("\n");
  const alone = fences.length === 1 && lines.slice(first + 1).join("").trim() === "";
  if (alone && before.trim() !== "") {
    // The prompt may have opened the fence: only its closing line is in the reply.
    const reading = wholeReply(before, wanted);
    return "text" in reading ? reading : finish("", false, wanted);
  }
  const labelled = MARKDOWN.test(labelOf(lines[first] ?? ""));
  const markdown = labelled || MARKDOWN.test(extensionOf(wanted.path));
  if (markdown && !labelled && isBegunBefore(lines, first, wanted)) return wholeReply(text, wanted);
  const blocks = markdown ? [outerBlock(lines, first, fences)] : blocksOf(lines, fences);
  const block = wantedBlock(blocks, wanted.path, wanted.original);
  if (block === null) return wholeReply(text, wanted);
  const inside = textInCall(block.text, asked);
  if (inside !== null && ("text" in inside || "hunk" in inside)) return outOfCall(inside, wanted);
  return finish(block.text, block.closed, { ...wanted, label: block.label });
}

/** A line that stands in documents, and in no words about one: a heading, an item, a row, a quotation, a picture. */
const OF_DOCUMENT = /^\s{0,3}(?:#{1,6} |[-*+] |\d{1,3}[.)] |\||>|\[?!\[|={3,}$|-{3,}$)/;

/** Whether the text of a document begins before the first fence, which then is one of its own: more stands there than words about it. */
function isBegunBefore(lines: readonly string[], first: number, { path = "" }: WantedText): boolean {
  const said = lines.slice(0, first).filter((line) =>
    line.trim() !== "" && !CHAT.test(line) && !repeatsPath(line, path)
  );
  const inside = lines.slice(first + 1).find((line) => line.trim() !== "") ?? "";
  const isTitle = said.length === 1 && /^#+ /.test(inside);
  return !isTitle && said.some((line) => OF_DOCUMENT.test(line));
}

/** The text out of a call, itself perhaps in a fence. */
function outOfCall(call: TextInCall, wanted: WantedText): TextReading {
  if ("other" in call) return { fault: say(wanted, "text.other_call", { tool: call.other, what: whatOf(wanted) }) };
  if ("broken" in call) return { fault: say(wanted, "text.broken_call", { what: whatOf(wanted) }) };
  if ("hunk" in call) return closedText(changedText("edit", [call.hunk], wanted), true);
  const { text, ...fenced } = outOfFence(call.text, { path: wanted.path }) ?? { text: call.text };
  return finish(text, true, { ...wanted, ...fenced });
}

function whatOf(wanted: WantedText): string {
  return wanted.path === undefined
    ? say(wanted, "text.asked_for")
    : say(wanted, "text.asked_for_of", { path: wanted.path });
}

function wholeReply(text: string, wanted: WantedText): TextReading {
  const what = whatOf(wanted);
  if (text.trim() === "") return { fault: say(wanted, "text.empty", { what }) };
  const prose = MARKDOWN.test(extensionOf(wanted.path)) || extensionOf(wanted.path) === "txt";
  const lines = text.replace(/^\s*\n/, "").split("\n");
  const lead = lines[0]?.trim() ?? "";
  if (CHAT.test(lead) && lead.endsWith(":")) {
    const rest = lines.slice(1).join("\n");
    if (rest.trim() !== "" && (prose || !isProse(rest))) return finish(rest.replace(/^\s*\n/, ""), true, wanted);
  }
  if (!prose && isProse(text)) return { fault: say(wanted, "text.talk", { what }) };
  return finish(lines.join("\n"), true, wanted);
}

/** Whether a text without a fence reads as chat: its lines are sentences and it opens like an answer to a person. */
function isProse(text: string): boolean {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const isSentence = (line: string) =>
    /^(?:[-*] |\d+\. |\*\*)?[\p{Lu}I]/u.test(line) && /[\p{L}\p{N})`'"*][.!?:]\**$/u.test(line) &&
    (line.match(/\s/g)?.length ?? 0) >= 3 && !/[;{}]$|=>|\)\s*\{/.test(line);
  const sentences = lines.filter(isSentence).length;
  return CHAT.test(lines[0] ?? "") ? sentences * 2 >= lines.length : sentences === lines.length && sentences > 0;
}

function finish(text: string, closed: boolean, known: KnownText): TextReading {
  const { path } = known;
  let body = text;
  if (path !== undefined) {
    const end = body.indexOf("\n");
    const head = end < 0 ? body : body.slice(0, end);
    if (repeatsPath(head, path)) body = end < 0 ? "" : body.slice(end + 1);
  }
  return closedText(textAsMeant(body, known), closed);
}

function closedText(meant: ReturnType<typeof textAsMeant>, closed: boolean): TextReading {
  if ("fault" in meant) return meant;
  const body = meant.text.trimEnd();
  return { text: body === "" ? "" : `${body}\n`, closed };
}

/** Whether a line says the path and nothing else, as text or as a comment. */
function repeatsPath(line: string, path: string): boolean {
  const plain = line.trim().replace(/^(?:\/\/|#+|--|\/\*+|<!--|;+|%)\s*/, "").replace(/\s*(?:\*\/|-->)$/, "")
    .replace(/^(?:file(?:name|path)?|path)\s*:\s*/i, "").replace(/:$/, "").replace(/^[*`"']+|[*`"']+$/g, "").trim();
  return plain !== "" && (plain === path || plain === `./${path}` || plain === `/${path}`);
}
