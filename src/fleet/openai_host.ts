import * as z from "zod";
import { clip } from "../kernel/text.ts";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostSurvey,
  type ModelAbilities,
  type ModelHost,
} from "../ports/model_host.ts";
import type { Exchange } from "./bounded_fetch.ts";
import { Connection, posted } from "./connection.ts";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { answersWith } from "./answers_with.ts";
import { abilitiesOf, modelIn, Models, type OpenaiSurveyAnswers, Props, surveyOf } from "./openai_answers.ts";
import { openaiBody, openaiPrompt } from "./openai_body.ts";
import { OpenaiEndpoints } from "./openai_endpoints.ts";
import { noOpenaiParts, wholeOpenaiReply } from "./openai_wire.ts";
import { withoutSystem } from "./plain_messages.ts";
import { readReply } from "./read_reply.ts";
import { refusedFields, withoutRefused } from "./refused_fields.ts";
import { ReplyRoom } from "./reply_room.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;
const COUNT_MS = 10_000;
/** Longest list of names in a message, in characters. */
const LONGEST_LIST = 1_000;

const Prompt = z.object({ prompt: z.string() });
const Tokens = z.object({ tokens: z.array(z.unknown()).optional(), count: z.number().optional() });

/** Servers that speak OpenAI's wire, found by the list of their models. */
export const openai: HostKind = {
  kind: "openai",
  detect: (url, signal, key) => answersWith(url, { from: "api", path: "/models" }, Models, signal, key),
  open: openaiHost,
};

/**
 * Makes the client of a server that speaks OpenAI's wire: llama.cpp's server and router, llama-swap, vLLM, LM Studio, LiteLLM, Ray Serve.
 *
 * @param url address of the server, with or without a closing version such as `/v1`
 * @param key what goes with each request
 * @returns the host, kind `openai`
 * @throws {HostFailure} `bad_request` for no address, `unauthorized` when a named variable is not set
 */
export function openaiHost(url: string, key: HostKey = {}): ModelHost {
  return new OpenaiHost(new Connection(url, key));
}

class OpenaiHost implements ModelHost {
  readonly kind = "openai";
  readonly url: string;
  readonly pull = null;
  readonly #server: Connection;
  readonly #endpoints: OpenaiEndpoints;
  /** What the last survey heard: a list of hundreds of models is not asked for again for each of them. */
  #heard: OpenaiSurveyAnswers | null = null;
  /** Models whose template knows no system message. */
  readonly #withoutSystem = new Set<string>();
  /** Fields that the server does not take, by model. */
  readonly #refused = new Map<string, ReadonlySet<string>>();

  constructor(server: Connection) {
    this.#server = server;
    this.url = server.url;
    this.#endpoints = new OpenaiEndpoints(server);
  }

  survey(signal: AbortSignal): Promise<HostSurvey> {
    return this.#server.within("The survey", { totalMs: SURVEY_MS }, signal, async (exchange) => {
      this.#heard = await this.#endpoints.survey(exchange);
      return surveyOf(this.#heard);
    });
  }

  abilities(model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const what = `The question what ${model} can do`;
    return this.#server.within(what, { totalMs: ABILITIES_MS }, signal, async (exchange) => {
      const known = this.#heard;
      const answers = known !== null && modelIn(known, model) !== null
        ? known
        : this.#heard = await this.#endpoints.survey(exchange);
      const found = modelIn(answers, model);
      if (found !== null) return abilitiesOf(found, await this.#propsOf(exchange, answers, found.name, found.isLoaded));
      const names = clip(answers.listed.map(({ name }) => name).join(", "), LONGEST_LIST) || "none";
      throw new HostFailure("model_missing", `${exchange.what}: it has no such model. It has: ${names}`);
    });
  }

  async chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
    const asked = this.#withoutSystem.has(request.model) ? withoutSystem(request) : request;
    try {
      return await this.#chat(asked, signal, tell);
    } catch (error) {
      const isRefused = error instanceof HostFailure && error.failure === "template_refused";
      // With tools there is a better way than another form of the same one, which the caller knows.
      if (!isRefused || asked.tools !== undefined || asked.messages[0]?.role !== "system") throw error;
      const reply = await this.#chat(withoutSystem(request), signal, tell);
      this.#withoutSystem.add(request.model);
      return reply;
    }
  }

  render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
    const { model, bounds: { totalMs } } = request;
    const body = { model, ...openaiPrompt(request) };
    return this.#server.within(`The rendering for ${model}`, { totalMs }, signal, async (exchange) => {
      return (await this.#endpoints.extra(exchange, Prompt, "/apply-template", posted(body)))?.prompt ?? null;
    });
  }

  count(model: string, text: string, signal: AbortSignal): Promise<number | null> {
    return this.#server.within(`The count with ${model}`, { totalMs: COUNT_MS }, signal, async (exchange) => {
      // llama.cpp reads `content` and `add_special`, vLLM `prompt` and `add_special_tokens`; each ignores the other's.
      const body = { model, content: text, add_special: false, prompt: text, add_special_tokens: false };
      const counted = await this.#endpoints.extra(exchange, Tokens, "/tokenize", posted(body));
      return counted?.tokens?.length ?? counted?.count ?? null;
    });
  }

  close(): void {
    this.#server.close();
  }

  /** Asks, and asks again without the fields that the server says it does not take. */
  async #chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
    const whole = openaiBody(request);
    let refused: ReadonlySet<string> = this.#refused.get(request.model) ?? new Set();
    while (true) {
      const body = withoutRefused(whole, refused);
      try {
        const reply = await this.#asked(request, body, signal, tell);
        this.#refused.set(request.model, refused);
        return reply;
      } catch (error) {
        const more = error instanceof HostFailure ? refusedFields(error, body) : [];
        if (more.length === 0) throw error;
        refused = new Set([...refused, ...more]);
      }
    }
  }

  async #asked(
    request: ChatRequest,
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    tell?: (piece: ChatPiece) => void,
  ): Promise<ChatReply> {
    const parts = noOpenaiParts();
    return await this.#server.within(`The chat with ${request.model}`, request.bounds, signal, async (exchange) => {
      const response = await exchange.fetch(`${this.#server.api}/chat/completions`, posted(body));
      const room = new ReplyRoom(exchange.what, request.answerLimit);
      await readReply(exchange, response, { parts, room, tell });
      return wholeOpenaiReply(exchange.what, parts);
    }, () => parts.text.join(""));
  }

  /** llama.cpp's properties of a model: of its only one, or of one that its router holds, which is not to load another for it. */
  async #propsOf(
    exchange: Exchange,
    { props }: OpenaiSurveyAnswers,
    model: string,
    isLoaded: boolean | null,
  ): Promise<z.infer<typeof Props> | null> {
    if (isLoaded !== true || props === null) return isLoaded === null ? props : null;
    return await this.#endpoints.extra(exchange, Props, `/props?model=${encodeURIComponent(model)}&autoload=false`);
  }
}
