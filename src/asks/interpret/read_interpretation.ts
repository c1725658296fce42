import type { RegisteredTool } from "../../features/registered_tool.ts";
import { inline } from "../../kernel/text.ts";
import type { Answer, Read } from "../answer.ts";
import { evidenceOf, readBy } from "../read_calls.ts";
import { heldArguments, interpreted, inventedIn } from "./held_arguments.ts";

/** Where FunctionGemma begins to invent the results of its own calls (ollama.md §7.1). */
const INVENTED_RESULT = "<start_function_response>";

/** Reads the interpreter's call: validated like any other, and then held against the reply that it interprets. */
export function readInterpretation(answer: Answer): Read {
  const { ask, reply, state, prompt, tools } = answer;
  const end = reply.text.indexOf(INVENTED_RESULT);
  const reading = readBy(answer, end < 0 ? reply.text : reply.text.slice(0, end));
  const evidence = { ...evidenceOf(reading), step: "interpreter" };
  const none = (fault: string): Read => ({ calls: [], fault: inline(fault).text, ...evidence });
  const meant = interpreted(state, ask)?.meant;
  const [call] = reading.calls;
  if (meant === undefined) return none("The reply is not waited for any more.");
  if (call === undefined) return none(reading.fault ?? "The interpreter made no call.");
  const tool = prompt.legal.find(({ name }) => name === call.name);
  if (tool === undefined) return none(`The interpreter called ${call.name}, which it was not offered.`);
  const stands = { ...call, arguments: heldArguments(call.arguments, tool, meant) };
  const invented = inventedIn(stands, tool, accessOf(call.name, ask.turn, tools), meant);
  return invented === null ? { calls: [stands], fault: null, ...evidence } : none(invented);
}

/** What a call may do. Of the arbiter's decisions one ends something: the run. */
function accessOf(name: string, turn: string | null, tools: Answer["tools"]): RegisteredTool["access"] {
  if (turn === null) return name === "finish" ? "concludes" : "reads";
  return tools[name]?.access ?? "concludes";
}
