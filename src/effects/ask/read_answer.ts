import type { ToolDeclaration, Way } from "../../kernel/call.ts";
import type { AskEffect } from "../effect.ts";
import type { Result } from "../../features/fact.ts";
import { heldArguments, interpreted, inventedIn } from "../../asks/interpret.ts";
import type { Prompt } from "../../prompt/prompt.ts";
import { INTERPRETER, type RegisteredTool, type Registry } from "../../features/registry.ts";
import type { State, Turn } from "../../features/state.ts";
import { bound, inline } from "../../kernel/text.ts";
import { elides } from "../../mediate/elides.ts";
import { meantTools } from "../../mediate/meant_tools.ts";
import { readReply } from "../../mediate/read_reply.ts";
import { readFencedText } from "../../mediate/read_text.ts";
import { splitThinking } from "../../mediate/split_thinking.ts";
import type { Reading, ReplyToRead } from "../../mediate/types.ts";
import type { ChatReply } from "../../ports/model_host.ts";
import type { BlobStore } from "../../run/journal.ts";
import { readText } from "../perform.ts";

/** A reply, and all that it was an answer to. */
export interface Answer {
  readonly ask: AskEffect;
  readonly reply: ChatReply;
  readonly state: State;
  readonly turn: Turn | null;
  readonly prompt: Prompt;
  readonly way: Way;
  /** Name of the format that the model is known to write. */
  readonly family: string | undefined;
  readonly registry: Registry;
  readonly blobs: BlobStore;
  /** Reads in place of the ladder; absent: the ladder does, and what it cannot read may be interpreted. */
  readonly reader?: (reply: ReplyToRead) => Reading;
}

/** What was read from a reply, as the closing fact holds it. */
export type Read = Pick<
  Extract<Result, { kind: "ask" }>,
  "calls" | "fault" | "step" | "content" | "summary" | "repairs" | "attempted" | "meant"
>;

/** Longest schema that is quoted to a model whose call does not fit it, in characters. */
const SCHEMA = 700;
/** Most attempts of one reply that a fact keeps. */
const ATTEMPTS = 6;
/** A text that stands in one fence as a whole. */
const FENCED = /^```[^\n`]*\n([\s\S]*?)\n?```$/;
/** Where FunctionGemma begins to invent the results of its own calls (ollama.md §7.1). */
const INVENTED_RESULT = "<start_function_response>";

/**
 * Reads what a reply says: the text that was asked for, the call that another model's reply means, or its own calls.
 *
 * @param answer the reply and what it answers
 * @returns calls or content, or the fault that the model must be told, with what was tried and mended
 */
export function readAnswer(answer: Answer): Read {
  switch (answer.ask.purpose) {
    case "text":
      return readContent(answer);
    case "interpret":
      return readInterpretation(answer);
    case "summarise":
      return readSummary(answer);
    case "decide":
    case "review":
    case "work":
      return readCalls(answer);
  }
}

function read({ reply, prompt, way, family, reader = readReply }: Answer, text: string): Reading {
  return reader({
    text,
    delivered: reply.calls,
    thinking: reply.thinking,
    tools: prompt.legal.map(callable),
    allTools: prompt.declared,
    way,
    forced: reply.forced,
    endedBy: reply.endedBy,
    ...(family === undefined ? {} : { family }),
  });
}

function evidenceOf(reading: Reading): Pick<Read, "step" | "repairs" | "attempted" | "content"> {
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
function readCalls(answer: Answer): Read {
  const { ask, reply, prompt } = answer;
  const reading = read(answer, reply.text);
  const calls = reading.calls.map((call) => ({ ...call, arguments: { ...call.arguments } }));
  if (calls.length > 0) return { calls, fault: null, ...evidenceOf(reading) };
  // What was cut may lack the end of any value.
  const interpretable = ask.purpose !== "review" && ask.role !== INTERPRETER && reply.endedBy === "stop" &&
    answer.reader === undefined;
  const meant = interpretable ? meantTools(reply.text, reading.attempted, prompt.legal) : null;
  const names = reading.attempted.length > 0 ? reading.attempted.map(({ name }) => name) : meant?.tools ?? [];
  const fault = reading.fault ?? "Your reply held no tool call. Reply with exactly one call.";
  return {
    calls,
    fault: inline(`${fault}${schemaText(names, prompt.declared)}`).text,
    ...evidenceOf(reading),
    ...(meant === null ? {} : { meant }),
  };
}

/** The schema of the tool that was meant, for the corrective ask: what a model sees before it, it copies. */
function schemaText(names: readonly string[], declared: readonly ToolDeclaration[]): string {
  const tool = names.flatMap((name) => declared.filter((one) => one.name === name))[0];
  if (tool === undefined) return "";
  const { properties, required } = callable(tool).parameters;
  const schema = JSON.stringify({ properties, required });
  return schema.length > SCHEMA ? "" : `\nThe arguments of ${tool.name}: ${schema}`;
}

/** Reads the interpreter's call: validated like any other, and then held against the reply that it interprets. */
function readInterpretation(answer: Answer): Read {
  const { ask, reply, state, prompt, registry } = answer;
  const end = reply.text.indexOf(INVENTED_RESULT);
  const reading = read(answer, end < 0 ? reply.text : reply.text.slice(0, end));
  const evidence = { ...evidenceOf(reading), step: "interpreter" };
  const none = (fault: string): Read => ({ calls: [], fault: inline(fault).text, ...evidence });
  const meant = interpreted(state, ask)?.meant;
  const [call] = reading.calls;
  if (meant === undefined) return none("The reply is not waited for any more.");
  if (call === undefined) return none(reading.fault ?? "The interpreter made no call.");
  const tool = prompt.legal.find(({ name }) => name === call.name);
  if (tool === undefined) return none(`The interpreter called ${call.name}, which it was not offered.`);
  const stands = { ...call, arguments: heldArguments(call.arguments, tool, meant) };
  const invented = inventedIn(stands, tool, accessOf(call.name, ask.turn, registry), meant);
  return invented === null ? { calls: [stands], fault: null, ...evidence } : none(invented);
}

/** What a call may do. Of the arbiter's decisions one ends something: the run. */
function accessOf(name: string, turn: string | null, registry: Registry): RegisteredTool["access"] {
  if (turn === null) return name === "finish" ? "concludes" : "reads";
  return registry.tools[name]?.access ?? "concludes";
}

/** A call may leave out the argument that is asked for as text. */
function callable(tool: ToolDeclaration): ToolDeclaration {
  const required = tool.parameters.required;
  if (tool.asText === undefined || !Array.isArray(required)) return tool;
  return { ...tool, parameters: { ...tool.parameters, required: required.filter((name) => name !== tool.asText) } };
}

/** Reads a summary: plain text and nothing else. A call that stands in it is a part of the text. */
function readSummary({ reply }: Answer): Read {
  const text = splitThinking(reply.text).text.trim();
  const lines = (FENCED.exec(text)?.[1] ?? text).trim().split("\n");
  // Of what was cut the last line lacks its end.
  const whole = (reply.endedBy === "length" && lines.length > 1 ? lines.slice(0, -1) : lines).join("\n").trim();
  const read = { calls: [], step: "summary", content: null };
  return whole === ""
    ? { ...read, fault: "The summary holds no text." }
    : { ...read, fault: null, summary: inline(whole) };
}

/** Reads exactly the text that was asked for after a call. */
function readContent({ reply, turn, prompt, blobs }: Answer): Read {
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
  const elided = elides(text.text, shown === undefined ? "" : readText(shown.text, blobs));
  if (elided !== null) {
    return wrong(
      `Your text leaves something out: "${elided}". Write every line, from the first to the last; nothing may be left out.`,
    );
  }
  return { calls: [], fault: null, step: "text", content: blobs.putBlob(text.text) };
}
