import * as z from "zod";
import { HostFailure } from "../ports/model_host.ts";
import { byTheClock, type Timer } from "../ports/timer.ts";
import type { Exchange } from "./bounded_fetch.ts";
import type { Connection } from "./connection.ts";
import { Models, type OpenaiSurveyAnswers, Props, Running, Slots, Version } from "./openai_answers.ts";

/** Statuses by which servers say that they do not have an endpoint, or not for this use. */
const ABSENT = new Set([400, 401, 403, 404, 405, 406, 410, 422, 429, 500, 501, 502, 504]);

/** Endpoints that not every server has, by what they tell. */
const EXTRAS = {
  props: "/props",
  slots: "/slots",
  version: "/version",
  running: "/running",
  metrics: "/metrics",
  /** LM Studio's own list, in its two versions, and LiteLLM's. */
  own: ["/api/v1/models", "/api/v0/models", "/model/info"],
} as const;

/**
 * How long a special endpoint is waited for, ms. llama.cpp answers of its slots and figures between two batches of a prompt only, which on
 * a processor takes half a minute, while it answers of its models at once.
 */
const SPECIAL_MS = 2_000;

type Special = Omit<OpenaiSurveyAnswers, "listed">;

/** The endpoints of a server of OpenAI's wire. Which of the special ones it has is asked once. */
export class OpenaiEndpoints {
  readonly #server: Connection;
  readonly #timer: Timer;
  /** Special endpoints that it does not have. */
  readonly #absent = new Set<string>();
  /** What they told last. */
  #told: Partial<Special> = {};

  constructor(server: Connection, timer: Timer = byTheClock) {
    [this.#server, this.#timer] = [server, timer];
  }

  /**
   * Asks all that a survey needs; the list of models once. Of what a special endpoint does not tell in time holds what it told last.
   *
   * @throws {HostFailure} where it does not answer, or still loads
   */
  async survey(exchange: Exchange): Promise<OpenaiSurveyAnswers> {
    const listed = Models.parse(await (await exchange.fetchWhole(`${this.#server.api}/models`)).json());
    // llama.cpp lists its model while it still loads it; of others nobody asks for their health, since gateways look for it in every model.
    if (listed.some(({ owner, isLoaded }) => owner === "llamacpp" && isLoaded === null)) {
      await this.extra(exchange, z.unknown(), "/health");
    }
    const [props, slots, version, running, metrics, own] = await Promise.all([
      this.#inTime("props", this.#special(exchange, Props, EXTRAS.props)),
      this.#inTime("slots", this.#special(exchange, Slots, EXTRAS.slots)),
      this.#inTime("version", this.#special(exchange, Version, EXTRAS.version)),
      this.#inTime("running", this.#special(exchange, Running, EXTRAS.running)),
      this.#inTime("metrics", this.#text(exchange, EXTRAS.metrics)),
      this.#inTime("own", this.#first(exchange, EXTRAS.own)),
    ]);
    return { listed, own, props, slots, version, running, metrics };
  }

  /** Asks an endpoint that not every server has; null where this one does not, or answers something else there. */
  async extra<T>(exchange: Exchange, shape: z.ZodType<T>, path: string, init?: RequestInit): Promise<T | null> {
    try {
      const answer = await exchange.fetchWhole(`${this.#server.url}${path}`, init);
      const read = shape.safeParse(await answer.json());
      return read.success ? read.data : null;
    } catch (error) {
      if (error instanceof SyntaxError || isAbsent(error)) return null;
      throw error;
    }
  }

  async #inTime<Key extends keyof Special>(key: Key, asking: Promise<Special[Key]>): Promise<Special[Key]> {
    const late = Promise.withResolvers<"late">();
    const callOff = this.#timer(SPECIAL_MS, () => late.resolve("late"));
    try {
      const found = await Promise.race([asking.then((told) => ({ told })), late.promise]);
      if (found === "late") return this.#told[key] ?? null;
      this.#told = { ...this.#told, [key]: found.told };
      return found.told;
    } finally {
      callOff();
    }
  }

  async #special<T>(exchange: Exchange, shape: z.ZodType<T>, path: string): Promise<T | null> {
    return await this.#once(path, () => this.extra(exchange, shape, path));
  }

  async #text(exchange: Exchange, path: string): Promise<string | null> {
    return await this.#once(path, async () => {
      try {
        const text = await (await exchange.fetchWhole(`${this.#server.url}${path}`)).text();
        return /^# (HELP|TYPE) /m.test(text) ? text : null;
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    });
  }

  async #first(exchange: Exchange, paths: readonly string[]): Promise<OpenaiSurveyAnswers["own"]> {
    for (const path of paths) {
      const found = await this.#special(exchange, Models, path);
      if (found !== null) return found;
    }
    return null;
  }

  /** Asks, unless it is known that the server has nothing there. */
  async #once<T>(path: string, ask: () => Promise<T | null>): Promise<T | null> {
    if (this.#absent.has(path)) return null;
    const found = await ask();
    if (found === null) this.#absent.add(path);
    return found;
  }
}

/** Whether a server has no such endpoint, or none for us. One that is broken there may be whole elsewhere. */
function isAbsent(error: unknown): boolean {
  return error instanceof HostFailure &&
    (ABSENT.has(error.details.status ?? 0) || error.failure === "protocol" && error.details.status === undefined);
}
