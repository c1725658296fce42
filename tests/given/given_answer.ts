import { ASKS, type BuiltInAsk } from "../../src/asks/asks.ts";
import type { Read } from "../../src/asks/answer.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { State } from "../../src/features/state.ts";
import type { Turn } from "../../src/features/turns/slice.ts";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import type { ChatReply } from "../../src/ports/model_host.ts";
import type { Prompt } from "../../src/prompt/prompt.ts";
import { crew } from "../laws/crew.ts";

const READ: ToolDeclaration = {
  name: "read_file",
  describes: "Reads.",
  parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
};
const REWRITE: ToolDeclaration = {
  name: "rewrite_file",
  describes: "Rewrites.",
  parameters: {
    type: "object",
    properties: { path: { type: "string" }, content: { type: "string" } },
    required: ["path", "content"],
  },
  asText: "content",
};

/** An ask for the next call of a turn. */
const ASK: AskEffect = {
  kind: "ask",
  key: "t1.ask1",
  role: "coding",
  turn: "t1",
  purpose: "work",
  legal: ["read_file", "rewrite_file"],
  temperature: 0,
  seed: 1,
  answerLimit: 100,
  reserved: 100,
};

/** What the kind of an ask reads out of a reply. */
export function read(
  text: string,
  some: {
    readonly ask?: Partial<AskEffect>;
    readonly reply?: Partial<ChatReply>;
    readonly state?: State;
    readonly turn?: Turn;
    /** Texts of files by the hash of their bytes. */
    readonly files?: Readonly<Record<string, string>>;
  } = {},
): Read {
  const reply: ChatReply = {
    text,
    thinking: "",
    calls: [],
    endedBy: "stop",
    forced: false,
    promptTokens: null,
    answerTokens: null,
    loadMs: null,
    promptMs: null,
    answerMs: null,
    ...some.reply,
  };
  const tools = [READ, REWRITE];
  const prompt = {
    messages: [],
    declared: tools,
    legal: tools,
    estimate: 1,
    leftOut: [],
    overflow: false,
  } as unknown as Prompt;
  const ask = { ...ASK, ...some.ask };
  return ASKS[ask.purpose as BuiltInAsk].read({
    ask,
    reply,
    state: some.state ?? EMPTY,
    turn: some.turn ?? null,
    prompt,
    way: "prompted",
    family: undefined,
    tools: crew().tools,
    textOf: (text) => text.text,
    fileOf: (hash) => some.files?.[hash],
  });
}
