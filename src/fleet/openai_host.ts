import { z } from "zod";
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
import { abilitiesOf, Listed, Models, Props, Slots, surveyOf, Version } from "./openai_answers.ts";
import { openaiBody, openaiPrompt } from "./openai_body.ts";
import { noOpenaiParts, wholeOpenaiReply } from "./openai_wire.ts";
import { readReply } from "./read_reply.ts";
import { ReplyRoom } from "./reply_room.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;
const COUNT_MS = 10_000;
/** Longest list of names in a message, in characters. */
const LONGEST_LIST = 1_000;

/** Statuses by which servers say that they do not have an endpoint, or not for this use. */
const ABSENT = new Set([400, 401, 403, 404, 405, 422, 501]);

const Prompt = z.object({ prompt: z.string() });
const Tokens = z.object({ tokens: z.array(z.unknown()).optional(), count: z.number().optional() });

/** Servers that speak OpenAI's wire, found by the list of their models. */
export const openai: HostKind = {
  kind: "openai",
  detect: (url, signal, key) => answersWith(url, { from: "api", path: "/models" }, Listed, signal, key),
  open: openaiHost,
};

/**
 * Makes the client of a server that speaks OpenAI's wire: llama.cpp's server, vLLM, LM Studio, Ray Serve.
 *
 * @param url address of the server, with or without a closing `/v1`
 * @param key key, or the variable that holds it
 * @returns the host, kind `openai`
 * @throws {HostFailure} `bad_request` for no address, `unauthorized` when the named variable is not set
 */
export function openaiHost(url: string, key: HostKey = {}): ModelHost {
  return new OpenaiHost(new Connection(url, key));
}

class OpenaiHost implements ModelHost {
  readonly kind = "openai";
  readonly url: string;
  readonly pull = null;
  readonly #server: Connection;

  constructor(server: Connection) {
    this.#server = server;
    this.url = server.url;
  }

  survey(signal: AbortSignal): Promise<HostSurvey> {
    return this.#server.within("The survey", { totalMs: SURVEY_MS }, signal, async (exchange) => {
      // `/health` is 503 while llama.cpp loads; its list of models is served before that ends.
      await this.#extra(exchange, z.unknown(), "/health");
      const [listed, props, slots, version] = await Promise.all([
        this.#models(exchange),
        this.#extra(exchange, Props, "/props"),
        this.#extra(exchange, Slots, "/slots"),
        this.#extra(exchange, Version, "/version"),
      ]);
      return surveyOf({ listed, props, slots, version });
    });
  }

  abilities(model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const what = `The question what ${model} can do`;
    return this.#server.within(what, { totalMs: ABILITIES_MS }, signal, async (exchange) => {
      const [listed, props] = await Promise.all([this.#models(exchange), this.#extra(exchange, Props, "/props")]);
      const abilities = abilitiesOf(model, { listed, props });
      if (abilities !== null) return abilities;
      const names = clip(listed.map(({ id }) => id).join(", "), LONGEST_LIST) || "none";
      throw new HostFailure("model_missing", `${exchange.what}: it has no such model. It has: ${names}`);
    });
  }

  async chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
    const body = openaiBody(request);
    const parts = noOpenaiParts();
    return await this.#server.within(`The chat with ${request.model}`, request.bounds, signal, async (exchange) => {
      const response = await exchange.fetch(`${this.#server.api}/chat/completions`, posted(body));
      const room = new ReplyRoom(exchange.what, request.answerLimit);
      await readReply(exchange, response, { parts, room, tell });
      return wholeOpenaiReply(exchange.what, parts);
    }, () => parts.text.join(""));
  }

  render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
    const { model, bounds: { totalMs } } = request;
    const body = { model, ...openaiPrompt(request) };
    return this.#server.within(`The rendering for ${model}`, { totalMs }, signal, async (exchange) => {
      return (await this.#extra(exchange, Prompt, "/apply-template", posted(body)))?.prompt ?? null;
    });
  }

  count(model: string, text: string, signal: AbortSignal): Promise<number | null> {
    return this.#server.within(`The count with ${model}`, { totalMs: COUNT_MS }, signal, async (exchange) => {
      // llama.cpp reads `content` and `add_special`, vLLM `prompt` and `add_special_tokens`; each ignores the other's.
      const body = { model, content: text, add_special: false, prompt: text, add_special_tokens: false };
      const counted = await this.#extra(exchange, Tokens, "/tokenize", posted(body));
      return counted?.tokens?.length ?? counted?.count ?? null;
    });
  }

  close(): void {
    this.#server.close();
  }

  async #models({ fetchWhole }: Exchange): Promise<z.infer<typeof Models>["data"]> {
    return Models.parse(await (await fetchWhole(`${this.#server.api}/models`)).json()).data;
  }

  /** Asks an endpoint that not every server has; null where this one does not, or answers something else there. */
  async #extra<T>(
    { fetchWhole }: Exchange,
    shape: z.ZodType<T>,
    path: string,
    init?: RequestInit,
  ): Promise<T | null> {
    try {
      const read = shape.safeParse(await (await fetchWhole(`${this.url}${path}`, init)).json());
      return read.success ? read.data : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      if (error instanceof HostFailure && ABSENT.has(error.details.status ?? 0)) return null;
      throw error;
    }
  }
}
