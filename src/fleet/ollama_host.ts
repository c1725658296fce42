import { Ollama } from "ollama";
import { clip } from "../kernel/text.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostSurvey,
  type ModelAbilities,
  type ModelHost,
  type PullProgress,
} from "../ports/model_host.ts";
import { answeredFailure, type Exchange } from "./bounded_fetch.ts";
import { Connection, posted } from "./connection.ts";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { answersWith, answersWithPage } from "./answers_with.ts";
import { abilitiesOf, surveyOf, Version } from "./ollama_answers.ts";
import { addLine, loadBody, noParts, ollamaBody, readLine, staying, wholeReply } from "./ollama_wire.ts";
import { readLines } from "./read_lines.ts";
import { ReplyRoom } from "./reply_room.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;

/** Statuses by which servers and gateways say that they do not have an endpoint, or not for us. */
const ABSENT = new Set([403, 404, 405, 410, 501]);

/** A load may take minutes from a slow disk, and says nothing meanwhile. */
const LOAD_MS = 300_000;

/** A body as it is posted. */
type Body = Readonly<Record<string, unknown>>;

/** Longest word of a server on its download, in characters. */
const LONGEST_STATUS = 200;

/** A download may take a day, but never five minutes without a word. */
const PULL = { firstTokenMs: 300_000, idleMs: 300_000, totalMs: 86_400_000 };

/** Ollama, found by the version that it tells; Open WebUI tells its own in the same place, and has a page where the models would be. */
export const ollama: HostKind = {
  kind: "ollama",
  detect: async (url, signal, key) =>
    await answersWith(url, { from: "root", path: "/api/version" }, Version, signal, key) &&
    !await answersWithPage(url, { from: "root", path: "/api/tags" }, signal, key),
  open: ollamaHost,
};

/**
 * Makes the client of an Ollama server.
 *
 * @param url address of the server, with or without a closing `/v1`
 * @param key what goes with each request to a server behind a gate
 * @returns the host, kind `ollama`
 * @throws {HostFailure} `bad_request` for no address, `unauthorized` when the named variable is not set
 */
export function ollamaHost(url: string, key: HostKey = {}): ModelHost {
  return new OllamaHost(new Connection(url, key));
}

class OllamaHost implements ModelHost {
  readonly kind = "ollama";
  readonly url: string;
  readonly #server: Connection;
  /** Models that stay in memory longer than they would by our asks, as somebody else wants it. */
  #staying: ReadonlySet<string> = new Set();

  constructor(server: Connection) {
    this.#server = server;
    this.url = server.url;
  }

  survey(signal: AbortSignal): Promise<HostSurvey> {
    return this.#server.within("The survey", { totalMs: SURVEY_MS }, signal, async ({ fetchWhole }) => {
      const client = this.#packaged(fetchWhole);
      const survey = surveyOf(...await Promise.all([client.version(), client.list(), orAbsent(client.ps())]));
      this.#staying = new Set(staying(survey.resident, Date.now()));
      return survey;
    });
  }

  abilities(model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const what = `The question what ${model} can do`;
    return this.#server.within(what, { totalMs: ABILITIES_MS }, signal, async ({ fetchWhole }) => {
      return abilitiesOf(await orAbsent(this.#packaged(fetchWhole).show({ model })) ?? {});
    });
  }

  async chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
    const body = this.#withStay(ollamaBody(request));
    const parts = noParts();
    return await this.#server.within(`The chat with ${request.model}`, request.bounds, signal, async (exchange) => {
      const room = new ReplyRoom(exchange.what, request.answerLimit);
      for await (const line of await this.#lines(exchange, body, room.onWire)) {
        if (parts.last !== null) continue;
        const read = readLine(exchange.what, line);
        if (read === null) continue;
        exchange.progress();
        addLine(parts, read, room, tell);
        if (parts.last !== null) exchange.settle();
      }
      return wholeReply(exchange.what, parts);
    }, () => parts.text.join(""));
  }

  async render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
    const { model, bounds: { totalMs } } = request;
    const written = ollamaBody(request);
    // A server too old to know the field would answer instead of rendering: one token is all it may spend on that.
    const options = { ...written.options as Readonly<Record<string, unknown>>, num_predict: 1 };
    // A model stays as long as it was to stay: a look is no use of it.
    const body = { ...withoutStay(written), options, stream: false, _debug_render_only: true };
    return await this.#server.within(`The rendering for ${model}`, { totalMs }, signal, async (exchange) => {
      let rendered: string | null = null;
      for await (const line of await this.#lines(exchange, body)) {
        rendered ??= readLine(exchange.what, line)?._debug_info?.rendered_template ?? null;
      }
      return rendered;
    });
  }

  count(): Promise<null> {
    return Promise.resolve(null);
  }

  load(model: string, window: number, signal: AbortSignal): Promise<void> {
    const body = this.#withStay(loadBody(model, window));
    return this.#server.within(`The load of ${model}`, { totalMs: LOAD_MS }, signal, async (exchange) => {
      for await (const line of await this.#lines(exchange, body)) readLine(exchange.what, line);
    });
  }

  pull(model: string, signal: AbortSignal, tell: (progress: PullProgress) => void): Promise<void> {
    return this.#server.within(`The download of ${model}`, PULL, signal, async (exchange) => {
      const { what, progress } = exchange;
      try {
        for await (const part of await this.#packaged(fetchLines(exchange)).pull({ model, stream: true })) {
          progress();
          tell(progressOf(part));
        }
      } catch (cause) {
        if (cause instanceof HostFailure) throw cause;
        throw pullFailure(what, cause);
      }
    });
  }

  close(): void {
    this.#server.close();
  }

  /** A body that leaves to a model the longer stay that it has: the last request decides. */
  #withStay(body: Body): Body {
    return this.#staying.has(String(body.model)) ? withoutStay(body) : body;
  }

  /** One package object per request: its `abort` ends all of its streams, and its fetch is ours, with our signal. */
  #packaged(fetch: Exchange["fetch"]): Ollama {
    return new Ollama({ host: this.url, fetch });
  }

  /** The lines of an answer of `/api/chat`, at most so many characters. */
  async #lines(exchange: Exchange, body: unknown, most?: number): Promise<AsyncGenerator<string>> {
    const headers = { accept: "application/x-ndjson, application/json" };
    const response = await exchange.fetch(`${this.url}/api/chat`, posted(body, headers));
    return readLines(exchange.text(response, most));
  }
}

function withoutStay({ keep_alive: _stays, ...rest }: Body): Body {
  return rest;
}

/** What an endpoint answers that not every server of this wire has, or that a gateway may keep back; null where this one does. */
async function orAbsent<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    const isAbsent = error instanceof HostFailure && error.failure !== "model_missing" &&
      ABSENT.has(error.details.status ?? 0);
    if (isAbsent) return null;
    throw error;
  }
}

/** A fetch whose answer may go on for a day and has no line longer than others have: the package reads it line by line. */
function fetchLines({ fetch, text }: Exchange): Exchange["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, headers } = response;
    return new Response(ReadableStream.from(encoded(readLines(text(response, Infinity)))), { status, headers });
  };
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const line of lines) yield encoder.encode(`${line}\n`);
}

/** Reads one line of a download. */
function progressOf(
  part: { readonly status: string; readonly completed?: number; readonly total?: number },
): PullProgress {
  return { status: clip(part.status, LONGEST_STATUS), completed: part.completed ?? null, total: part.total ?? null };
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
