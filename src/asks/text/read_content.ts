import { elides } from "../../mediate/elides.ts";
import { readFencedText } from "../../mediate/read_text.ts";
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
  const read = readFencedText(reply.text, { path, argument, prompts });
  if ("fault" in read) return wrong(read.fault);
  const text = restored(read.text);
  const shown = turn?.prepared?.texts.find((file) => file.path === path);
  const elided = elides(text, shown === undefined ? "" : textOf(shown.text));
  if (elided !== null) return wrong(say(answer, "text.leaves_out", { line: elided }));
  return { calls: [], fault: null, step: "text", content: text };
}
