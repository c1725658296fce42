import type { JsonSchema } from "../kernel/call.ts";

/** A message as the server decoded it from a request. */
export interface PlayMessage {
  /** Lower-cased; roles that no template knows are accepted and not rendered. */
  readonly role: string;
  readonly content: string;
  readonly calls: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  /** Tool whose result this is, "" where the message has none. */
  readonly toolName: string;
}

/** A tool as the server decoded it: a declaration without its wrapper has neither name nor description nor parameters. */
export interface PlayTool {
  readonly name: string;
  readonly description: string;
  /** Object schema with the keywords that survive the server's decoding, null where none was understood. */
  readonly parameters: JsonSchema | null;
}

/** What a model gets to see of one request, after the server dropped what does not fit the window. */
export interface PlayRequest {
  /** Name of the server that plays the model. */
  readonly host: string;
  /** Name of the model as the server lists it. */
  readonly model: string;
  /** The rendered prompt: the only thing a real model would see. */
  readonly prompt: string;
  /** Messages that stand in the prompt. */
  readonly messages: readonly PlayMessage[];
  /** Tools that stand in the prompt. */
  readonly tools: readonly PlayTool[];
  /** Schema that holds the reply, null where it is free. */
  readonly format: JsonSchema | null;
  /** Options of the request as sent. */
  readonly options: Readonly<Record<string, unknown>>;
  /** How many replies this model was asked for since the server started, this one included. */
  readonly call: number;
}

/** What a player says. Under a schema the server holds `text` to it; free text travels as it is. */
export interface PlayReply {
  readonly text: string;
  /** Thoughts, sent before the text by models that think. */
  readonly thinking?: string;
}

/** Plays a model: answers from what the request contains, always the same for the same request. */
export type Player = (request: PlayRequest) => string | PlayReply;

/**
 * How a model's prompt is rendered and its calls are read: a Go template of Hermes form that prints tools in Go's syntax
 * (the library's Qwen2.5), one that prints them as JSON, one that knows no tools, or the server's built-in renderer and
 * parser of FunctionGemma.
 */
export type TemplateForm = "hermes-go" | "hermes-json" | "plain" | "functiongemma";

/** A model that a rehearsal server has. */
export interface RehearsalModel {
  /** Name with its tag; without one it is `latest`. */
  readonly name: string;
  readonly template: TemplateForm;
  /** Bytes of the weights, on disk and in memory. */
  readonly bytes: number;
  /** Bytes of memory per token of the window, 0 where absent. */
  readonly windowBytes?: number;
  /** 64 hexadecimal digits. */
  readonly digest: string;
  /** Architecture such as `qwen2`. */
  readonly family: string;
  /** Parameters as text such as `14.8B`. */
  readonly parameterSize: string;
  /** Trained window in tokens: no request gets more. */
  readonly trainedWindow: number;
  /** True where the model can think; absent means it cannot. */
  readonly thinks?: boolean;
  /** Counts a text's tokens; a quarter of its characters where absent. */
  readonly countTokens?: (text: string) => number;
  /** Cuts a text in tokens; pieces of four characters where absent. */
  readonly splitTokens?: (text: string) => readonly string[];
  readonly say: Player;
}

const CHARACTERS_PER_TOKEN = 4;

/**
 * Counts tokens as a model of English and code roughly has them.
 * @param text any text
 * @returns a quarter of the characters, rounded up
 */
export function countQuarter(text: string): number {
  return Math.ceil([...text].length / CHARACTERS_PER_TOKEN);
}

/**
 * Cuts a text in as many pieces as {@link countQuarter} counts; no character is split.
 * @param text any text
 * @returns pieces of four characters, the last one of what is left
 */
export function splitQuarter(text: string): string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += CHARACTERS_PER_TOKEN) {
    pieces.push(characters.slice(start, start + CHARACTERS_PER_TOKEN).join(""));
  }
  return pieces;
}
