import { elides } from "../../mediate/elides.ts";
import { readFencedText } from "../../mediate/read_text.ts";
import type { Call } from "../../kernel/call.ts";
import type { Answer, Read } from "../answer.ts";
import { restored } from "../../prompt/control_tokens.ts";
import { say } from "../../sentences/say.ts";

/** Reads exactly the text that was asked for after a call. */
export function readContent(answer: Answer): Read {
  const { reply, turn, prompt, textOf, prompts } = answer;
  const call = turn?.calls[0];
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : undefined;
  const argument = prompt.declared.find((tool) => tool.name === call?.name)?.asText;
  const wrong = (fault: string): Read => ({ calls: [], fault, step: "text", content: null });
  if (reply.endedBy === "length") {
    const { answerTokens: tokens } = reply;
    return wrong(tokens === null ? say(answer, "text.cut_at_limit") : say(answer, "text.cut", { tokens }));
  }
  const original = call === undefined || path === undefined ? undefined : originalOf(answer, call, path);
  const known = { path, argument, prompts, original, delivered: reply.calls, tools: prompt.declared };
  const read = readFencedText(reply.text, known);
  if ("fault" in read) return wrong(read.fault);
  const text = restored(read.text);
  const shown = turn?.prepared?.texts.find((file) => file.path === path);
  const elided = elides(text, shown === undefined ? "" : textOf(shown.text));
  if (elided !== null) return wrong(say(answer, "text.leaves_out", { line: elided }));
  return { calls: [], fault: null, step: "text", content: text };
}

/** The text whose place a call's text takes, as the turn knows it: a change in place of the text is applied to that. */
function originalOf(answer: Answer, call: Call, path: string): string | undefined {
  const file = fileSeen(answer, path);
  const { from_line: from, to_line: to, old_text: old } = call.arguments;
  switch (answer.tools[call.name]?.traits?.edits) {
    case "file":
    case "addition":
    // Of a whole file only the function counts.
    case "function":
      return file;
    case "new":
      return "";
    case "piece":
      return typeof old === "string" ? old : undefined;
    case "lines":
      return typeof from === "number" && typeof to === "number"
        ? file?.split("\n").slice(from - 1, to).join("\n")
        : undefined;
    default:
      return undefined;
  }
}

/** A file's text as the turn saw it last, lines ended by `\n`; undefined where it was not shown whole. */
function fileSeen({ turn, textOf, fileOf }: Answer, path: string): string | undefined {
  const seen = turn?.seen[path];
  if (seen === undefined || seen === null) return undefined;
  const shown = turn?.prepared?.texts.find((file) =>
    file.path === path && file.hash === seen && file.from === 1 && file.to >= file.lines
  );
  return (shown === undefined ? fileOf(seen) : textOf(shown.text))?.replaceAll("\r\n", "\n");
}
