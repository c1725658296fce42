import { elides } from "../../mediate/elides.ts";
import { readFencedText } from "../../mediate/read_text.ts";
import type { Answer, Read } from "../answer.ts";

/** Reads exactly the text that was asked for after a call. */
export function readContent({ reply, turn, prompt, textOf }: Answer): Read {
  const call = turn?.calls[0];
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : undefined;
  const argument = prompt.declared.find((tool) => tool.name === call?.name)?.asText;
  const wrong = (fault: string): Read => ({ calls: [], fault, step: "text", content: null });
  if (reply.endedBy === "length") {
    return wrong(
      `Your text was cut after ${
        reply.answerTokens ?? "the allowed"
      } tokens, before its end. Write a shorter one, or change a smaller piece.`,
    );
  }
  const text = readFencedText(reply.text, { path, argument });
  if ("fault" in text) return wrong(text.fault);
  const shown = turn?.prepared?.texts.find((file) => file.path === path);
  const elided = elides(text.text, shown === undefined ? "" : textOf(shown.text));
  if (elided !== null) {
    return wrong(
      `Your text leaves something out: "${elided}". Write every line, from the first to the last; nothing may be left out.`,
    );
  }
  return { calls: [], fault: null, step: "text", content: text.text };
}
