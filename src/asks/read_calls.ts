import { bound, inline } from "../kernel/text.ts";
import type { Call, ToolDeclaration } from "../kernel/call.ts";
import { INTERPRETER } from "../features/registry.ts";
import { meantTools } from "../mediate/meant_tools.ts";
import { readReply } from "../mediate/read_reply.ts";
import type { Reading } from "../mediate/types.ts";
import type { Answer, Read } from "./answer.ts";
import { inTexts, restored } from "../prompt/control_tokens.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Longest schema that is quoted to a model whose call does not fit it, in characters. */
const SCHEMA = 700;
/** Most attempts of one reply that a fact keeps. */
const ATTEMPTS = 6;

/** Reads a reply, or a part of its text, by the ladder. */
export function readBy({ reply, prompt, prompts, way, family, reader = readReply }: Answer, text: string): Reading {
  const reading = reader({
    text,
    delivered: reply.calls,
    thinking: reply.thinking,
    tools: prompt.legal.map(callable),
    allTools: prompt.declared,
    way,
    forced: reply.forced,
    endedBy: reply.endedBy,
    prompts,
    ...(family === undefined ? {} : { family }),
  });
  // Only now: a token that stands in a text must not be read as the end of the reply.
  return { ...reading, calls: reading.calls.map((call) => ({ ...call, ...restoredCall(call) })) };
}

function restoredCall({ arguments: given }: Call): Pick<Call, "arguments"> {
  return { arguments: inTexts(given, restored) as Call["arguments"] };
}

/** What a reading proves: its step, what it mended, what it could not use. */
export function evidenceOf(reading: Reading): Pick<Read, "step" | "repairs" | "attempted" | "content"> {
  return {
    step: reading.step,
    content: null,
    ...(reading.repairs.length === 0 ? {} : { repairs: [...reading.repairs] }),
    ...(reading.attempted.length === 0 ? {} : {
      attempted: reading.attempted.slice(0, ATTEMPTS).map(({ name, arguments: given, fault }) => ({
        name,
        arguments: bound(JSON.stringify(given) ?? "nothing", 600),
        fault,
      })),
    }),
  };
}

/** Reads the calls of a reply; without one the fault says, so that the model can act on it, what was wrong. */
export function readCalls(answer: Answer, mayBeInterpreted = true): Read {
  const { ask, reply, prompt } = answer;
  const reading = readBy(answer, reply.text);
  const calls = reading.calls.map((call) => ({ ...call, arguments: { ...call.arguments } }));
  if (calls.length > 0) return { calls, fault: null, ...evidenceOf(reading) };
  // What was cut may lack the end of any value.
  const interpretable = mayBeInterpreted && ask.role !== INTERPRETER && reply.endedBy === "stop" &&
    answer.reader === undefined;
  const meant = interpretable ? meantTools(reply.text, reading.attempted, prompt.legal) : null;
  const names = reading.attempted.length > 0 ? reading.attempted.map(({ name }) => name) : meant?.tools ?? [];
  const fault = reading.fault ?? say(answer, "reply.none");
  return {
    calls,
    fault: inline(`${fault}${schemaText(answer, names, prompt.declared)}`).text,
    ...evidenceOf(reading),
    ...(meant === null ? {} : { meant: { ...meant, excerpt: restored(meant.excerpt) } }),
  };
}

/** The schema of the tool that was meant, for the corrective ask: what a model sees before it, it copies. */
function schemaText(from: Wording, names: readonly string[], declared: readonly ToolDeclaration[]): string {
  const tool = names.flatMap((name) => declared.filter((one) => one.name === name))[0];
  if (tool === undefined) return "";
  const { properties, required } = callable(tool).parameters;
  const schema = JSON.stringify({ properties, required });
  return schema.length > SCHEMA ? "" : `\n${say(from, "reply.arguments_of", { tool: tool.name, schema })}`;
}

/** A call may leave out the argument that is asked for as text. */
function callable(tool: ToolDeclaration): ToolDeclaration {
  const required = tool.parameters.required;
  if (tool.asText === undefined || !Array.isArray(required)) return tool;
  return { ...tool, parameters: { ...tool.parameters, required: required.filter((name) => name !== tool.asText) } };
}
