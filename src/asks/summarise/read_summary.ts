import { inline } from "../../kernel/text.ts";
import { splitThinking } from "../../mediate/split_thinking.ts";
import { restored } from "../../prompt/control_tokens.ts";
import type { Answer, Read } from "../answer.ts";

/** A text that stands in one fence as a whole. */
const FENCED = /^```[^\n`]*\n([\s\S]*?)\n?```$/;

/** Reads a summary: plain text and nothing else. A call that stands in it is a part of the text. */
export function readSummary({ reply }: Answer): Read {
  const text = splitThinking(reply.text).text.trim();
  const lines = (FENCED.exec(text)?.[1] ?? text).trim().split("\n");
  // Of what was cut the last line lacks its end.
  const whole = (reply.endedBy === "length" && lines.length > 1 ? lines.slice(0, -1) : lines).join("\n").trim();
  const read = { calls: [], step: "summary", content: null };
  return whole === ""
    ? { ...read, fault: "The summary holds no text." }
    : { ...read, fault: null, summary: inline(restored(whole)) };
}
