import type * as z from "zod";
import type { HostKey, HostKind } from "../ports/host_kind.ts";
import { Abilities, Counted, readAnswer, Rendered, Reply, Survey } from "../ports/host_answers.ts";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostSurvey,
  type ModelAbilities,
  type ModelHost,
} from "../ports/model_host.ts";
import type { HostQuestion, HostServer, OfferedHost } from "../ports/offered_host.ts";
import { type Exchange, withinBounds } from "./bounded_fetch.ts";
import type { BoundedAsk } from "./bounds.ts";
import { connectionFault } from "./connection_fault.ts";
import { type Credentials, hostAddress } from "./host_address.ts";
import { certificates } from "./host_route.ts";
import { ReplyRoom } from "./reply_room.ts";

/** Bounds of the small questions, in milliseconds. */
const SURVEY_MS = 5_000;
const ABILITIES_MS = 10_000;
const COUNT_MS = 10_000;

/**
 * Gives a kind of host of a plugin as those that come with Autonomy: inside the bounds of each ask, and with answers whose form was looked at.
 * It has to be named: no server is asked whether it is of this kind.
 *
 * @param offered the kind, wherever its code runs
 */
export function offeredKind(offered: OfferedHost): HostKind {
  return { kind: offered.kind, open: (url, key = {}) => new OfferedModelHost(offered, url, key) };
}

/** One question: what it is called in messages, how long it may take, and the form of its answer. */
interface Ask<T> {
  readonly what: string;
  readonly bounds: BoundedAsk["bounds"];
  readonly shape: z.ZodType<T>;
  /** Hears the pieces of the answer, and throws where they are too many. */
  readonly hear?: (piece: ChatPiece, exchange: Exchange) => void;
  /** Looks at the answer, and throws where it is too much. */
  readonly check?: (answer: T) => void;
  /** Text that has arrived so far, kept with a failure. */
  readonly partial?: () => string;
}

/** A server of a plugin's kind. */
class OfferedModelHost implements ModelHost {
  readonly kind: string;
  readonly url: string;
  readonly pull = null;
  readonly #offered: OfferedHost;
  readonly #server: HostServer;
  readonly #credentials: Credentials | null;
  readonly #leave: () => void;
  readonly #closing = new AbortController();

  /** @throws {HostFailure} as an address, a key or certificates are wrong */
  constructor(offered: OfferedHost, address: string, key: HostKey) {
    const { whole, credentials } = hostAddress(address, key);
    const { header = null, headers = {} } = credentials ?? {};
    this.kind = offered.kind;
    this.url = whole;
    this.#offered = offered;
    this.#credentials = credentials;
    this.#server = {
      url: whole,
      headers: header === null ? headers : { ...headers, authorization: header },
      certificates: key.ca === undefined ? null : certificates(whole, key.ca),
      settings: {},
    };
    this.#leave = offered.reach?.(reachedAt(whole)) ?? (() => {});
  }

  survey(signal: AbortSignal): Promise<HostSurvey> {
    const ask = { what: "The survey", bounds: { totalMs: SURVEY_MS }, shape: Survey };
    return this.#asked({ ask: "survey", server: this.#server }, ask, signal);
  }

  abilities(model: string, signal: AbortSignal): Promise<ModelAbilities> {
    const ask = { what: `The question what ${model} can do`, bounds: { totalMs: ABILITIES_MS }, shape: Abilities };
    return this.#asked({ ask: "abilities", server: this.#server, model }, ask, signal);
  }

  chat(request: ChatRequest, signal: AbortSignal, tell?: (piece: ChatPiece) => void): Promise<ChatReply> {
    const { model, bounds, answerLimit } = request;
    const what = `The chat with ${model}`;
    const roomOf = () => new ReplyRoom(this.#where(what), answerLimit);
    const room = roomOf();
    const texts: string[] = [];
    return this.#asked({ ask: "chat", server: this.#server, request }, {
      what,
      bounds,
      shape: Reply,
      check: (reply) => mustFit(reply, roomOf()),
      hear: (piece, exchange) => {
        exchange.progress();
        room.text(piece.text);
        room.text(piece.thinking);
        texts.push(piece.text ?? "");
        tell?.(piece);
      },
      partial: () => texts.join(""),
    }, signal);
  }

  render(request: ChatRequest, signal: AbortSignal): Promise<string | null> {
    const { model, bounds: { totalMs } } = request;
    const ask = { what: `The rendering for ${model}`, bounds: { totalMs }, shape: Rendered };
    return this.#asked({ ask: "render", server: this.#server, request }, ask, signal);
  }

  count(model: string, text: string, signal: AbortSignal): Promise<number | null> {
    const ask = { what: `The count with ${model}`, bounds: { totalMs: COUNT_MS }, shape: Counted };
    return this.#asked({ ask: "count", server: this.#server, model, text }, ask, signal);
  }

  close(): void {
    this.#closing.abort();
    this.#leave();
  }

  async #asked<T>(question: HostQuestion, ask: Ask<T>, signal: AbortSignal): Promise<T> {
    const bounded: BoundedAsk = {
      what: this.#where(ask.what),
      bounds: ask.bounds,
      signals: [signal, this.#closing.signal],
      credentials: this.#credentials,
      client: null,
      partial: ask.partial,
    };
    return await withinBounds(bounded, async (exchange) => {
      const answer = await this.#given(question, ask, exchange);
      ask.check?.(answer);
      return answer;
    });
  }

  #where(what: string): string {
    return `${what} on ${this.url}`;
  }

  /** What the plugin gives, in the form that was asked for. */
  async #given<T>(question: HostQuestion, { shape, hear }: Ask<T>, exchange: Exchange): Promise<T> {
    const { promise: over, reject } = Promise.withResolvers<never>();
    let listens = true;
    const piece = (piece: ChatPiece) => {
      // A plugin may go on for a while with what was ended.
      if (!listens || exchange.signal.aborted) return;
      try {
        hear?.(piece, exchange);
      } catch (error) {
        listens = false;
        reject(error);
      }
    };
    try {
      const given = await Promise.race([this.#offered.ask(question, exchange.signal, piece), over]);
      return readAnswer(this.kind, shape, given);
    } catch (error) {
      throw error instanceof HostFailure ? told(error, exchange.what) : error;
    } finally {
      listens = false;
    }
  }
}

/** A failure with what was asked, and where. */
function told(error: HostFailure, what: string): HostFailure {
  const { failure, message, details } = error;
  if (message.startsWith(what)) return error;
  const fault = failure === "unreachable" && details.found === undefined ? connectionFault(message) : null;
  const said = fault === null ? message : `${fault.found}.`;
  const found = fault === null ? details : { ...details, ...fault };
  return new HostFailure(failure, `${what}: ${said}`, found, { cause: error });
}

/** Takes room for a whole reply. */
function mustFit({ text, thinking, calls }: ChatReply, room: ReplyRoom): void {
  room.text(text);
  room.text(thinking);
  for (const call of calls) room.call(call.name, call.arguments);
}

/** Name and port of an address. */
function reachedAt(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
