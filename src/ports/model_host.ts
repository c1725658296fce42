import type { DeliveredCall, JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { AWAY, type FailureClass } from "../kernel/failure.ts";

/** One message of a chat request. */
export interface ChatMessage {
  /** Who speaks. */
  readonly role: "system" | "user" | "assistant" | "tool";
  /** What is said. */
  readonly content: string;
  /** Calls of an assistant's message, native way only. */
  readonly calls?: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  /** Tool whose result this is, native way only. */
  readonly toolName?: string;
}

/** Bounds of one request, in milliseconds. Every wait ends. */
export interface ChatBounds {
  /** Until the first token, loading and prompt processing included. */
  readonly firstTokenMs: number;
  /** Between two pieces of the stream. */
  readonly idleMs: number;
  /** For the whole request. */
  readonly totalMs: number;
}

/** One request to a model. */
export interface ChatRequest {
  /** Name of the model as the host knows it. */
  readonly model: string;
  /** The conversation, oldest message first. */
  readonly messages: readonly ChatMessage[];
  /** Sent to the server's own tool calling. Never together with `schema`. */
  readonly tools?: readonly ToolDeclaration[];
  /** Holds the reply to this schema. Never together with `tools`. */
  readonly schema?: JsonSchema;
  /** Context window in tokens: fixed for a (host, model), since another value reloads the model. */
  readonly window: number;
  /** Most tokens of the answer: always sent. */
  readonly answerLimit: number;
  /** 0 to 2. */
  readonly temperature: number;
  /** Makes the same request give the same reply, where the host can. */
  readonly seed: number;
  /** Texts that end the answer. */
  readonly stop?: readonly string[];
  /** false where a decision is wanted; absent leaves the server's default. */
  readonly think?: boolean;
  /** How long may be waited. */
  readonly bounds: ChatBounds;
}

/** A piece of a stream as it arrives. */
export interface ChatPiece {
  /** Text of the answer. */
  readonly text?: string;
  /** Thinking that the server keeps apart. */
  readonly thinking?: string;
}

/** A whole reply. Counts and times are null where the server did not say: absent is never 0. */
export interface ChatReply {
  /** Text of the answer. */
  readonly text: string;
  /** Thinking that the server keeps apart. */
  readonly thinking: string;
  /** Calls that the server delivered, unchecked. */
  readonly calls: readonly DeliveredCall[];
  /** stop: by the model; length: by the bound on the answer. */
  readonly endedBy: "stop" | "length";
  /** True when a grammar may have forced the calls' shape (llama.cpp's own parser, Ollama's native mode). */
  readonly forced: boolean;
  /** Tokens of the prompt. */
  readonly promptTokens: number | null;
  /** Tokens of the prompt that the server had from an earlier one and did not read again; absent where a host never says so. */
  readonly heldTokens?: number | null;
  /** Tokens of the answer. */
  readonly answerTokens: number | null;
  /** Time to load the model, in milliseconds. */
  readonly loadMs: number | null;
  /** Time to read the prompt, what the server had of it apart, in milliseconds. */
  readonly promptMs: number | null;
  /** Time to write the answer, in milliseconds. */
  readonly answerMs: number | null;
}

/** A model that a host has. */
export interface HostModel {
  /** Name as the host knows it. */
  readonly name: string;
  /** Hash of the model's files. */
  readonly digest: string;
  /** Bytes on disk, null where the host does not say. */
  readonly bytes: number | null;
  /** Parameters as text such as `14.8B`, null where unknown. */
  readonly size: string | null;
  /** Whether it writes text to what it is told; absent where the host does not say. */
  readonly chats?: boolean;
  /** True where the host has another server run it, as Ollama does with its cloud models; absent where it runs it itself. */
  readonly elsewhere?: boolean;
  /** Window that the host serves it with, in tokens; absent where a request chooses it, or the host does not say. */
  readonly window?: number;
}

/** How busy a host says that it is, with the requests of others; null for what it does not say. */
export interface HostLoad {
  /** Requests at work. */
  readonly running: number | null;
  /** Requests that wait in its own queue. */
  readonly waiting: number | null;
  /** Share of the memory for windows that is in use, 0 to 1. */
  readonly cache: number | null;
}

/** A model that a host holds in memory. */
export interface ResidentModel {
  /** Name as the host knows it. */
  readonly name: string;
  /** Bytes in memory, null where the host does not say. */
  readonly bytes: number | null;
  /** Bytes on the GPU; less than `bytes` means that a part runs on the CPU. */
  readonly gpuBytes: number | null;
  /** Context window it was loaded with, in tokens; null where unknown. */
  readonly window: number | null;
  /** When the host will unload it, ISO 8601; null where unknown. */
  readonly expiresAt: string | null;
}

/** What a host says of itself. */
export interface HostSurvey {
  /** Version of the server. */
  readonly version: string | null;
  /** Models it has. */
  readonly models: readonly HostModel[];
  /** Models it holds in memory. */
  readonly resident: readonly ResidentModel[];
  /** Requests served at the same time, null where the host does not say. */
  readonly slots: number | null;
  /** Slots at work, null where the host does not say. */
  readonly busySlots: number | null;
  /** True where the host does not say what it holds; `resident` is empty then. */
  readonly residentUnknown?: boolean;
  /** How busy it is; absent or null where it does not say. */
  readonly load?: HostLoad | null;
}

/** What a host says of one model. */
export interface ModelAbilities {
  /** Whether its template can be told of tools. */
  readonly tools: boolean;
  /** Whether it can think before it answers. */
  readonly thinking: boolean;
  /** Trained window in tokens, null where unknown. */
  readonly trainedWindow: number | null;
  /** Window the server was started with where a request cannot choose it, else null. */
  readonly fixedWindow: number | null;
  /** Name of the server's built-in parser for this model's calls, if any. */
  readonly parser: string | null;
}

/** Progress of a download. */
export interface PullProgress {
  /** What the host is doing, in its words. */
  readonly status: string;
  /** Bytes that are there. */
  readonly completed: number | null;
  /** Bytes in all. */
  readonly total: number | null;
}

/** A server of models behind one wire. Every method takes a signal, ends within a bound and throws only {@link HostFailure}. */
export interface ModelHost {
  /** Kind of the server, such as `ollama`. */
  readonly kind: string;
  /** Address without a path. */
  readonly url: string;
  /** Asks what the host has and holds. Bounded by 5 s. */
  survey(signal: AbortSignal): Promise<HostSurvey>;
  /** Asks what a model can do. Bounded by 10 s. */
  abilities(model: string, signal: AbortSignal): Promise<ModelAbilities>;
  /** Streams one reply; `tell` gets the pieces as they arrive. */
  chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply>;
  /** Renders the prompt of a request without generating; null where the server cannot. */
  render(request: ChatRequest, signal: AbortSignal): Promise<string | null>;
  /** Counts a text's tokens exactly; null where the server cannot. */
  count(model: string, text: string, signal: AbortSignal): Promise<number | null>;
  /**
   * Loads a model into memory without asking it anything, for as long as an ask would keep it; absent where the server cannot. Bounded by
   * 5 min.
   *
   * @param window context window in tokens: another one than asks have would load it twice
   */
  readonly load?: (model: string, window: number, signal: AbortSignal) => Promise<void>;
  /** Downloads a model; null where the server cannot. */
  readonly pull: ((model: string, signal: AbortSignal, tell: (progress: PullProgress) => void) => Promise<void>) | null;
  /** Releases what the host holds open on our side. */
  close(): void;
}

/** A request that a host did not fulfil. The class decides what happens next; the text is for people. */
export class HostFailure extends Error {
  /** Name of the class, for stored and shown errors. */
  override readonly name = "HostFailure";

  /**
   * Makes the failure.
   *
   * @param failure what went wrong, as the application tells kinds of failures apart
   * @param message what failed, what was wanted, what was found, what to do
   * @param details HTTP status, counts the server gave, the text that had arrived until then, and what was found in few words, for places
   * that name the host already
   */
  constructor(
    readonly failure: FailureClass,
    message: string,
    readonly details: {
      readonly status?: number;
      readonly promptTokens?: number;
      readonly window?: number;
      readonly partial?: string;
      readonly answerTokens?: number;
      readonly found?: string;
      /** What to do, where that is not what its class advises. */
      readonly advice?: string;
      /** How long the host wants to be left alone, in milliseconds. */
      readonly retryAfterMs?: number;
      /** Where it was asked: name of the host, and the model. */
      readonly host?: string;
      readonly model?: string;
      /** The connection broke: what was asked is not the cause. */
      readonly broken?: true;
    } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the host was not there, or had no room. */
  get isAway(): boolean {
    return AWAY.has(this.failure) || this.details.broken === true;
  }
}
