import type { AskKind } from "../../features/registry.ts";
import { fieldsText } from "../../features/turns/fields_text.ts";
import { say } from "../../sentences/say.ts";
import { readCalls } from "../read_calls.ts";
import { isOver } from "../work/work.ts";
import { charsOfToolPrompt, modelsOfTool, refusesCall, toolPrompt } from "./tool_prompt.ts";

/** What a model answers to a call of a tool: the fields that fit its schema are the call's result. */
export const toolFields: AskKind = {
  purpose: "tool_fields",
  ability: "work",
  isExtra: true,
  prompt: toolPrompt,
  chars: charsOfToolPrompt,
  models: modelsOfTool,
  read(answer) {
    const read = readCalls(answer, false);
    const [call] = read.calls;
    return call === undefined
      ? { ...read, fault: say(answer, "calls.no_fields", { fault: read.fault ?? "" }) }
      : { ...read, said: fieldsText(call.arguments) };
  },
  orphan: isOver,
  denied: refusesCall,
};
