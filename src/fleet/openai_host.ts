import { z } from "zod";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostSurvey,
  type ModelAbilities,
  type ModelHost,
} from "../ports/model_host.ts";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { answeredFailure, type BoundedAsk, type Exchange, withinBounds } from "./bounded_fetch.ts";
import { answersWith } from "./answers_with.ts";
import { hostAddress } from "./host_address.ts";
import {
  addEvent,
  noOpenaiParts,
  openaiBody,
  openaiPrompt,
  type OpenaiReplyParts,
  readEvent,
  wholeOpenaiReply,
} from "./openai_wire.ts";
import { readEvents } from "./read_events.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;
const COUNT_MS = 10_000;

/** Statuses by which servers say that they do not have an endpoint, or not for this use. */
const ABSENT = new Set([400, 401, 403, 404, 405, 422, 501]);

/** `/v1/models`: `meta` is llama.cpp's, `max_model_len` vLLM's. */
const Models = z.object({
  data: z.array(z.object({
    id: z.string(),
    aliases: z.array(z.string()).nullish(),
    root: z.string().nullish(),
    max_model_len: z.number().nullish(),
    meta: z.object({
      n_ctx: z.number().optional(),
      n_ctx_train: z.number().optional(),
      n_params: z.number().optional(),
      size: z.number().optional(),
      ftype: z.string().optional(),
    }).nullish(),
  })),
});

type Model = z.infer<typeof Models>["data"][number];

/** llama.cpp's `/props`. */
const Props = z.object({
  default_generation_settings: z.object({ n_ctx: z.number().optional() }).optional(),
  total_slots: z.number().optional(),
  build_info: z.string().optional(),
  chat_template: z.string().optional(),
  chat_template_caps: z.object({ supports_tools: z.boolean().optional() }).optional(),
});

const Slots = z.array(z.object({ is_processing: z.boolean().optional() }));
const Listed = z.object({ data: z.array(z.object({ id: z.string() })) });
const Version = z.object({ version: z.string() });
const Prompt = z.object({ prompt: z.string() });
const Tokens = z.object({ tokens: z.array(z.unknown()).optional(), count: z.number().optional() });

/** Servers that speak OpenAI's wire, found by the list of their models. */
export const openai: HostKind = {
  kind: "openai",
  detect: (url, signal, key) => answersWith(url, "/v1/models", Listed, signal, key),
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
  const address = hostAddress(url, key);
  const closing = new AbortController();
  const ask = (what: string, bounds: BoundedAsk["bounds"], signal: AbortSignal): BoundedAsk => ({
    what: `${what} on ${address.url}`,
    bounds,
    signals: [signal, closing.signal],
    key: address.key,
  });
  const post = (path: string, body: unknown): [string, RequestInit] => [
    `${address.url}${path}`,
    { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  ];
  const models = async ({ fetchWhole }: Exchange) =>
    Models.parse(await (await fetchWhole(`${address.url}/v1/models`)).json()).data;
  const extra = async <T>(
    { fetchWhole }: Exchange,
    shape: z.ZodType<T>,
    path: string,
    body?: unknown,
  ): Promise<T | null> => {
    try {
      const response =
        await (body === undefined ? fetchWhole(`${address.url}${path}`) : fetchWhole(...post(path, body)));
      const read = shape.safeParse(await response.json());
      return read.success ? read.data : null;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      if (error instanceof HostFailure && ABSENT.has(error.details.status ?? 0)) return null;
      throw error;
    }
  };

  return {
    kind: "openai",
    url: address.url,

    survey: (signal) =>
      withinBounds(ask("The survey", { totalMs: SURVEY_MS }, signal), async (exchange): Promise<HostSurvey> => {
        // `/health` is 503 while llama.cpp loads; its list of models is served before that ends.
        await extra(exchange, z.unknown(), "/health");
        const [listed, props, slots, version] = await Promise.all([
          models(exchange),
          extra(exchange, Props, "/props"),
          extra(exchange, Slots, "/slots"),
          extra(exchange, Version, "/version"),
        ]);
        return {
          version: props?.build_info ?? version?.version ?? null,
          models: listed.map((model) => ({
            name: model.id,
            digest: digestOf(model),
            bytes: model.meta?.size ?? null,
            size: sizeOf(model.meta?.n_params),
          })),
          resident: listed.map((model) => ({
            name: model.id,
            bytes: model.meta?.size ?? null,
            gpuBytes: null,
            window: windowOf(model) ?? props?.default_generation_settings?.n_ctx ?? null,
            expiresAt: null,
          })),
          slots: props?.total_slots ?? slots?.length ?? null,
          busySlots: slots?.filter((slot) => slot.is_processing === true).length ?? null,
        };
      }),

    abilities: (model, signal) => {
      const bounded = ask(`The question what ${model} can do`, { totalMs: ABILITIES_MS }, signal);
      return withinBounds(bounded, async (exchange): Promise<ModelAbilities> => {
        const [listed, props] = await Promise.all([models(exchange), extra(exchange, Props, "/props")]);
        // llama.cpp serves its only model under any name (recorded), so a list of one with `/props` answers for it.
        const found = listed.find(({ id, aliases }) => id === model || aliases?.includes(model)) ??
          (listed.length === 1 && props !== null ? listed[0] : undefined);
        if (found === undefined) {
          const names = listed.map(({ id }) => id).join(", ") || "none";
          throw new HostFailure("model_missing", `${bounded.what}: it has no such model. It has: ${names}`);
        }
        return {
          tools: props?.chat_template_caps?.supports_tools ?? true,
          thinking: /enable_thinking|<think>/.test(props?.chat_template ?? ""),
          trainedWindow: found.meta?.n_ctx_train ?? null,
          fixedWindow: windowOf(found) ?? props?.default_generation_settings?.n_ctx ?? null,
          parser: null,
        };
      });
    },

    async chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
      const body = openaiBody(request);
      const parts = noOpenaiParts();
      const bounded = ask(`The chat with ${request.model}`, request.bounds, signal);
      return await withinBounds({ ...bounded, partial: () => parts.text.join("") }, async (exchange) => {
        const response = await exchange.fetch(...post("/v1/chat/completions", body));
        const type = response.headers.get("content-type") ?? "";
        if (type.includes("text/event-stream")) await readStream(exchange, response, bounded.what, parts, tell);
        else if (type.includes("json")) {
          let whole = "";
          for await (const piece of exchange.text(response)) whole += piece;
          addEvent(parts, readEvent(bounded.what, whole), tell);
          parts.complete = true;
        } else {
          throw new HostFailure(
            "protocol",
            `${bounded.what}: wanted text/event-stream, found ${type || "no content type"}.`,
          );
        }
        return wholeOpenaiReply(bounded.what, parts);
      });
    },

    render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
      const bounded = ask(`The rendering for ${request.model}`, { totalMs: request.bounds.totalMs }, signal);
      const body = { model: request.model, ...openaiPrompt(request) };
      return withinBounds(
        bounded,
        async (exchange) => (await extra(exchange, Prompt, "/apply-template", body))?.prompt ?? null,
      );
    },

    count: (model, text, signal) =>
      withinBounds(ask(`The count with ${model}`, { totalMs: COUNT_MS }, signal), async (exchange) => {
        // llama.cpp reads `content` and `add_special`, vLLM `prompt` and `add_special_tokens`; each ignores the other's.
        const body = { model, content: text, add_special: false, prompt: text, add_special_tokens: false };
        const counted = await extra(exchange, Tokens, "/tokenize", body);
        return counted?.tokens?.length ?? counted?.count ?? null;
      }),

    pull: null,

    close: () => closing.abort(),
  };
}

/** Reads a stream to its end. Only what was generated ends the wait for the first token: some servers open the message at once. */
async function readStream(
  exchange: Exchange,
  response: Response,
  what: string,
  parts: OpenaiReplyParts,
  tell?: (piece: ChatPiece) => void,
): Promise<void> {
  let begun = false;
  for await (const { field, value, atEnd } of readEvents(exchange.text(response))) {
    if (parts.complete) continue;
    if (field === "error") throw answeredFailure(what, null, value);
    if (value === "[DONE]") {
      parts.complete = true;
      exchange.settle();
      continue;
    }
    // An event that only the end of the stream closed is cut, unless it is the last one.
    if (atEnd) continue;
    begun = addEvent(parts, readEvent(what, value), tell) || begun;
    if (begun) exchange.progress();
  }
}

/** Names a model's version as well as this wire can: by what the server tells of its weights. */
function digestOf({ id, root, meta }: Model): string {
  const weights = [meta?.n_params, meta?.size, meta?.ftype].filter((part) => part !== undefined);
  return weights.length > 0 ? [id, ...weights].join(":") : root ?? id;
}

/** Takes the window the server was started with. */
function windowOf({ meta, max_model_len }: Model): number | null {
  return meta?.n_ctx ?? max_model_len ?? null;
}

/** Writes a number of parameters as `14.8B`, `135M` or `58K`. */
function sizeOf(parameters: number | undefined): string | null {
  if (parameters === undefined) return null;
  const [divisor, letter] = parameters >= 1e9 ? [1e9, "B"] : parameters >= 1e6 ? [1e6, "M"] : [1e3, "K"];
  return `${Number((parameters / Number(divisor)).toPrecision(3))}${letter}`;
}
