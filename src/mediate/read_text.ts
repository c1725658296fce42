import { callsOf } from "./call_object.ts";
import { effortFor, readLoose } from "./loose_value.ts";
import { isRecord } from "../kernel/json.ts";
import { say, type Wording } from "../sentences/say.ts";

/** The text that was asked for, or why there is none. */
export type TextReading =
  | { readonly text: string; /** False when a fence was opened and never closed. */ readonly closed: boolean }
  | { readonly fault: string };

/** What was asked for. */
export interface WantedText extends Wording {
  /** Path of the file that the text is for: says which fence is meant and which first line is its repetition. */
  readonly path?: string;
  /** Name of the argument that the text is for: a reply that is the call once more, in JSON, gives it from there. */
  readonly argument?: string;
}

interface Block {
  readonly label: string;
  readonly text: string;
  readonly closed: boolean;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)$/;
const SPECIAL_END = /<\|(?:im_end|endoftext|eot_id|end|end_of_text|eom_id)\|>$|<\/s>$|<end_of_turn>$/;
const MARKDOWN = /^(?:md|mdx|markdown)$/i;
/** Labels of blocks that show how to use a file rather than what is in it. */
const BESIDE = /^(?:sh|bash|shell|zsh|console|terminal|text|txt|output|diff|plaintext|log)$/i;
/** Labels that name the language of an extension other than by the extension itself. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  ts: ["typescript"],
  tsx: ["typescript", "typescriptreact"],
  js: ["javascript"],
  mjs: ["javascript", "js"],
  jsx: ["javascript"],
  py: ["python", "python3"],
  rs: ["rust"],
  go: ["golang"],
  rb: ["ruby"],
  md: ["markdown"],
  sh: ["bash", "shell"],
  yml: ["yaml"],
  yaml: ["yml"],
  cs: ["csharp"],
  cpp: ["c++"],
  h: ["c", "cpp"],
  kt: ["kotlin"],
  txt: ["text", "plaintext"],
};
const CHAT =
  /^(?:sure|certainly|of course|okay|ok|here(?:'s| is| are)|below|the following|this (?:is|code|file|function)|i(?:'ll| will|'ve| have|'m| am)|let(?:'s| me)|to \w+|we |you (?:can|should)|great|absolutely|note that|as (?:an|requested)|i'm sorry|sorry|unfortunately)\b/i;

/**
 * Takes the code or prose that was asked for out of a reply: from a fence whatever its label or the words around it, out of a
 * fence that never closes, or the whole reply where it has no fence and is no chat.
 * @param wanted what was asked for
 * @returns the text, ending in one line end unless empty, or a fault that a model can act on
 */
export function readFencedText(reply: string, wanted: WantedText = {}): TextReading {
  const text = withoutSpecialEnd(withoutThinking(reply));
  const repeated = wanted.argument === undefined ? null : fromCall(text, wanted.argument);
  if (repeated !== null) return finish(repeated, true, wanted);
  const lines = text.split("\n");
  const fences = lines.flatMap((line, index) => FENCE.test(line.trimEnd()) ? [index] : []);
  const [first] = fences;
  if (first === undefined) return wholeReply(text, wanted);
  const before = lines.slice(0, first).join("\n");
  const alone = fences.length === 1 && lines.slice(first + 1).join("").trim() === "";
  if (alone && before.trim() !== "") {
    // The prompt may have opened the fence: only its closing line is in the reply.
    const reading = wholeReply(before, wanted);
    return "text" in reading ? reading : finish("", false, wanted);
  }
  const extension = extensionOf(wanted.path);
  const markdown = MARKDOWN.test(extension) || MARKDOWN.test(labelOf(lines[first] ?? ""));
  const blocks = markdown ? [outerBlock(lines, first, fences)] : blocksOf(lines, fences);
  const meant = blocks.filter(({ label }) => labelFits(label, extension));
  const plausible = meant.length > 0 ? meant : blocks.filter(({ label }) => !BESIDE.test(label));
  const candidates = plausible.length > 0 ? plausible : blocks;
  const longest = candidates.reduce<Block | null>(
    (best, block) => best === null || block.text.length > best.text.length ? block : best,
    null,
  );
  return longest === null ? wholeReply(text, wanted) : finish(longest.text, longest.closed, wanted);
}

/** Blocks by their marks: a labelled fence inside a block opens a nested one, a bare one closes the innermost. */
function blocksOf(lines: readonly string[], fences: readonly number[]): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let start = -1;
  for (const index of fences) {
    const line = lines[index] ?? "";
    const [, , marks = "", info = ""] = FENCE.exec(line.trimEnd()) ?? [];
    const opening = FENCE.exec((lines[start] ?? "").trimEnd());
    if (depth === 0) {
      start = index;
      depth = 1;
    } else if (marks[0] !== opening?.[2]?.[0] || marks.length < (opening?.[2]?.length ?? 0)) continue;
    else if (info.trim() !== "") depth++;
    else if (--depth === 0) blocks.push(blockBetween(lines, start, index, true));
  }
  if (depth > 0) {
    const inner = fences.filter((index) => index > start);
    const last = inner.at(-1);
    const trailing = last !== undefined && lines.slice(last + 1).join("").trim() === "";
    blocks.push(blockBetween(lines, start, trailing ? last : lines.length, trailing));
  }
  return blocks;
}

/** In Markdown fences stand inside the text: the outer one ends at the last bare fence. */
function outerBlock(lines: readonly string[], first: number, fences: readonly number[]): Block {
  const inner = fences.filter((index) => index > first);
  const last = inner.findLast((index) => labelOf(lines[index] ?? "") === "");
  // With as many openings as closings after the first, the last bare fence belongs to an inner block.
  const labelled = inner.filter((index) => labelOf(lines[index] ?? "") !== "").length;
  const bare = inner.length - labelled;
  const closed = last !== undefined && bare > labelled;
  return blockBetween(lines, first, closed ? last : lines.length, closed);
}

function blockBetween(lines: readonly string[], start: number, end: number, closed: boolean): Block {
  const [, indent = ""] = FENCE.exec((lines[start] ?? "").trimEnd()) ?? [];
  const body = lines.slice(start + 1, end).map((line) =>
    indent !== "" && line.startsWith(indent) ? line.slice(indent.length) : line
  );
  return { label: labelOf(lines[start] ?? ""), text: body.join("\n"), closed };
}

/** The language of a fence's label, without a path or attributes. */
function labelOf(line: string): string {
  const info = FENCE.exec(line.trimEnd())?.[3]?.trim() ?? "";
  return info.split(/[\s:,{=]/)[0] ?? "";
}

function labelFits(label: string, extension: string): boolean {
  if (extension === "" || label === "") return false;
  const plain = label.toLowerCase();
  return plain === extension || plain.endsWith(`.${extension}`) || (LANGUAGES[extension]?.includes(plain) ?? false);
}

function extensionOf(path: string | undefined): string {
  return /\.([a-z0-9]+)$/i.exec(path ?? "")?.[1]?.toLowerCase() ?? "";
}

function wholeReply(text: string, wanted: WantedText): TextReading {
  const what = wanted.path === undefined
    ? say(wanted, "text.asked_for")
    : say(wanted, "text.asked_for_of", { path: wanted.path });
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

function finish(text: string, closed: boolean, { path }: WantedText): TextReading {
  let body = text;
  if (path !== undefined) {
    const end = body.indexOf("\n");
    const head = end < 0 ? body : body.slice(0, end);
    if (repeatsPath(head, path)) body = end < 0 ? "" : body.slice(end + 1);
  }
  body = body.trimEnd();
  return { text: body === "" ? "" : `${body}\n`, closed };
}

/** Whether a line says the path and nothing else, as text or as a comment. */
function repeatsPath(line: string, path: string): boolean {
  const plain = line.trim().replace(/^(?:\/\/|#+|--|\/\*+|<!--|;+|%)\s*/, "").replace(/\s*(?:\*\/|-->)$/, "")
    .replace(/^(?:file(?:name|path)?|path)\s*:\s*/i, "").replace(/:$/, "").replace(/^[*`"']+|[*`"']+$/g, "").trim();
  return plain !== "" && (plain === path || plain === `./${path}` || plain === `/${path}`);
}

/** The text out of a reply that is the call once more, in JSON, bare or fenced. */
function fromCall(text: string, argument: string): string | null {
  const start = /^\s*(?:<tool_call>\s*)?(?:```\w*\s*)?(?=\{)/.exec(text);
  if (start === null) return null;
  const value = readLoose(text, start[0].length, effortFor(text));
  if (value === null || value.cut || !isRecord(value.value)) return null;
  if (text.slice(value.end).replace(/```|<\/tool_call>/g, "").trim() !== "") return null;
  const [call] = callsOf(value.value, { isTool: () => false });
  const given = call !== undefined && isRecord(call.arguments)
    ? call.arguments[argument]
    : Object.keys(value.value).every((key) => key === argument || key === "path")
    ? value.value[argument]
    : undefined;
  return typeof given === "string" ? given : null;
}

/** The text without the marks of a turn's end that some servers pass on. */
function withoutSpecialEnd(text: string): string {
  let rest = text;
  for (let end = rest.trimEnd(); SPECIAL_END.test(end.slice(-20)); end = rest.trimEnd()) {
    rest = end.slice(0, end.length - (SPECIAL_END.exec(end.slice(-20))?.[0].length ?? 0));
  }
  return rest;
}

function withoutThinking(reply: string): string {
  const block = /^\s*<(think|thinking|thought|reasoning)>[\s\S]*?<\/\1>/.exec(reply);
  if (block !== null) return reply.slice(block[0].length);
  const lone = /^(?:(?!<think)[\s\S])*?<\/think>/.exec(reply.slice(0, 20_000));
  return lone !== null && !lone[0].includes("```") ? reply.slice(lone[0].length) : reply;
}
