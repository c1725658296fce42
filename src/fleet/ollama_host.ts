import { Ollama } from "ollama";
import { z } from "zod";
import { reasonOf } from "../kernel/reason_of.ts";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostModel,
  type HostSurvey,
  type ModelAbilities,
  type ModelHost,
  type PullProgress,
  type ResidentModel,
} from "../ports/model_host.ts";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { answeredFailure, type BoundedAsk, type Exchange, withinBounds } from "./bounded_fetch.ts";
import { answersWith } from "./answers_with.ts";
import { hostAddress } from "./host_address.ts";
import { addLine, noParts, ollamaBody, readLine, wholeReply } from "./ollama_wire.ts";
import { readLines } from "./read_lines.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;

/** A download may take a day, but never five minutes without a word. */
const PULL = { firstTokenMs: 300_000, idleMs: 300_000, totalMs: 86_400_000 };

const Version = z.object({ version: z.string() });

const Tags = z.object({
  models: z.array(z.object({
    name: z.string(),
    digest: z.string().default(""),
    size: z.number().optional(),
    details: z.object({ parameter_size: z.string().optional() }).nullish(),
  })).nullish(),
});

/** `/api/ps` as recorded: the package's types lack `context_length` and take `expires_at` for a Date. */
const Resident = z.object({
  models: z.array(z.object({
    name: z.string(),
    size: z.number().optional(),
    size_vram: z.number().optional(),
    context_length: z.number().optional(),
    expires_at: z.string().optional(),
  })).nullish(),
});

const Show = z.object({
  capabilities: z.array(z.string()).nullish(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
  details: z.object({ family: z.string().optional() }).nullish(),
  modelfile: z.string().nullish(),
  parser: z.string().nullish(),
});

/** Ollama, found by the version that it tells. */
export const ollama: HostKind = {
  kind: "ollama",
  detect: (url, signal, key) => answersWith(url, "/api/version", Version, signal, key),
  open: ollamaHost,
};

/**
 * Makes the client of an Ollama server.
 *
 * @param url address of the server, with or without a closing `/v1`
 * @param key key for a server behind a gate, or the variable that holds it
 * @returns the host, kind `ollama`
 * @throws {HostFailure} `bad_request` for no address, `unauthorized` when the named variable is not set
 */
export function ollamaHost(url: string, key: HostKey = {}): ModelHost {
  const address = hostAddress(url, key);
  const closing = new AbortController();
  const ask = (what: string, bounds: BoundedAsk["bounds"], signal: AbortSignal): BoundedAsk => ({
    what: `${what} on ${address.url}`,
    bounds,
    signals: [signal, closing.signal],
    key: address.key,
  });
  /** One package object per request: its `abort` ends all of its streams, and its fetch is ours, with our signal. */
  const packaged = (fetch: Exchange["fetch"]) => new Ollama({ host: address.url, fetch });
  const post = (exchange: Exchange, path: string, body: unknown) =>
    exchange.fetch(`${address.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/x-ndjson, application/json" },
      body: JSON.stringify(body),
    });

  return {
    kind: "ollama",
    url: address.url,

    survey: (signal) =>
      withinBounds(ask("The survey", { totalMs: SURVEY_MS }, signal), async ({ fetchWhole }): Promise<HostSurvey> => {
        const client = packaged(fetchWhole);
        const [version, tags, resident] = await Promise.all([client.version(), client.list(), client.ps()]);
        return {
          version: Version.parse(version).version,
          models: (Tags.parse(tags).models ?? []).map((model): HostModel => ({
            name: model.name,
            digest: model.digest,
            bytes: model.size ?? null,
            size: model.details?.parameter_size ?? null,
          })),
          resident: (Resident.parse(resident).models ?? []).map((model): ResidentModel => ({
            name: model.name,
            bytes: model.size ?? null,
            gpuBytes: model.size_vram ?? null,
            window: model.context_length ?? null,
            expiresAt: model.expires_at ?? null,
          })),
          slots: null,
          busySlots: null,
        };
      }),

    abilities: (model, signal) =>
      withinBounds(
        ask(`The question what ${model} can do`, { totalMs: ABILITIES_MS }, signal),
        async ({ fetchWhole }) => abilitiesOf(Show.parse(await packaged(fetchWhole).show({ model }))),
      ),

    async chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
      const body = ollamaBody(request);
      const parts = noParts();
      const bounded = ask(`The chat with ${request.model}`, request.bounds, signal);
      return await withinBounds({ ...bounded, partial: () => parts.text.join("") }, async (exchange) => {
        const response = await post(exchange, "/api/chat", body);
        for await (const line of readLines(exchange.text(response))) {
          if (parts.last !== null) continue;
          const read = readLine(bounded.what, line);
          exchange.progress();
          addLine(parts, read, tell);
          if (parts.last !== null) exchange.settle();
        }
        return wholeReply(bounded.what, parts);
      });
    },

    render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
      const written = ollamaBody(request);
      // A server too old to know the field would answer instead of rendering: one token is all it may spend on that.
      const options = { ...written.options as Readonly<Record<string, unknown>>, num_predict: 1 };
      const body = { ...written, options, stream: false, _debug_render_only: true };
      const bounded = ask(`The rendering for ${request.model}`, { totalMs: request.bounds.totalMs }, signal);
      return withinBounds(bounded, async (exchange) => {
        let rendered: string | null = null;
        for await (const line of readLines(exchange.text(await post(exchange, "/api/chat", body)))) {
          rendered ??= readLine(bounded.what, line)._debug_info?.rendered_template ?? null;
        }
        return rendered;
      });
    },

    count: () => Promise.resolve(null),

    pull: (model, signal, tell) => {
      const bounded = ask(`The download of ${model}`, PULL, signal);
      return withinBounds(bounded, async ({ fetch, progress }) => {
        try {
          for await (const part of await packaged(fetch).pull({ model, stream: true })) {
            progress();
            tell(progressOf(part));
          }
        } catch (cause) {
          if (cause instanceof HostFailure) throw cause;
          throw pullFailure(bounded.what, cause);
        }
      });
    },

    close: () => closing.abort(),
  };
}

/** Reads what `/api/show` says. Servers up to 0.33 name the parser in the Modelfile only (recorded). */
function abilitiesOf(show: z.infer<typeof Show>): ModelAbilities {
  const capabilities = show.capabilities ?? [];
  const architecture = show.model_info?.["general.architecture"];
  const trained = show.model_info?.[`${architecture}.context_length`];
  const family = show.details?.family ?? "";
  const parser = show.parser || /^PARSER\s+(\S+)/m.exec(show.modelfile ?? "")?.[1] ||
    (/^gpt-?oss$/.test(family) ? "harmony" : null);
  return {
    tools: capabilities.includes("tools"),
    thinking: capabilities.includes("thinking"),
    trainedWindow: typeof trained === "number" ? trained : null,
    fixedWindow: null,
    parser,
  };
}

/** Reads one line of a download. */
function progressOf(
  part: { readonly status: string; readonly completed?: number; readonly total?: number },
): PullProgress {
  return { status: part.status, completed: part.completed ?? null, total: part.total ?? null };
}

/** Sorts the package's errors of a download: bare ones of an error line, of a missing end, of a broken connection. */
function pullFailure(what: string, cause: unknown): HostFailure {
  const text = reasonOf(cause);
  const broken = cause instanceof TypeError || /did not receive done or success/i.test(text);
  if (!broken) return answeredFailure(what, null, JSON.stringify({ error: text }));
  return new HostFailure("cut_off", `${what} broke off (${text}). Start it again: it goes on where it was.`, {}, {
    cause,
  });
}
