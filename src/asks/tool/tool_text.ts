import type { AskKind } from "../../features/registry.ts";
import { splitThinking } from "../../mediate/split_thinking.ts";
import { restored } from "../../prompt/control_tokens.ts";
import { say } from "../../sentences/say.ts";
import type { Answer, Read } from "../answer.ts";
import { isOver } from "../work/work.ts";
import { charsOfToolPrompt, modelsOfTool, refusesCall, toolPrompt } from "./tool_prompt.ts";

/** What a model says to a call of a tool: its text is the call's result. */
export const toolText: AskKind = {
  purpose: "tool_text",
  ability: null,
  isText: true,
  isExtra: true,
  prompt: toolPrompt,
  chars: charsOfToolPrompt,
  models: modelsOfTool,
  read: readSaid,
  orphan: isOver,
  denied: refusesCall,
};

function readSaid(answer: Answer): Read {
  const said = restored(splitThinking(answer.reply.text).text.trim());
  const read: Read = { calls: [], fault: null, step: "text", content: null };
  return said === "" ? { ...read, fault: say(answer, "calls.said_nothing") } : { ...read, said };
}
