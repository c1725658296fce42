import type { Exchange } from "./exchange.ts";
import type { DeliveredCall } from "../kernel/call.ts";
import { type ChatBody, checkOptions, decodeChat, WireError } from "./chat_request.ts";
import { constrain } from "./constrain.ts";
import type { TakenFaults } from "./faults.ts";
import { parseFunctionGemma } from "./function_gemma.ts";
import type { Lease, Memory } from "./memory.ts";
import type { Pace } from "./pace.ts";
import { type PlayReply, type RehearsalModel, splitQuarter } from "./play.ts";
import { cutPrompt, fitPrompt, type FittedPrompt } from "./prompt_fit.ts";
import { ReplyWriter } from "./reply_writer.ts";
import { tagged } from "./tagged.ts";
import { ToolParser } from "./tool_parser.ts";
import { wait } from "./wait.ts";

/** What a chat needs of its server. */
export interface ChatHost {
  readonly name: string;
  readonly memory: Memory;
  readonly pace: Pace;
  /** Finds a model by its name, with or without tag. */
  find(name: string): RehearsalModel | undefined;
  /** Counts the replies of a model and returns the number of the one that begins. */
  nextCall(model: RehearsalModel): number;
}

/** Equal tokens in a row after which Ollama ends a stream without a word. */
const MOST_REPEATS = 30;
/** An answer without `num_predict` ends at so many windows. */
const MOST_WINDOWS = 10;

/**
 * Answers `POST /api/chat`.
 * @param host the server
 * @param exchange request and answer
 * @param body the request's JSON object
 * @param faultsOf takes the faults for a model
 * @throws {WireError} for a refusal that was not sent yet
 */
export async function chat(
  host: ChatHost,
  exchange: Exchange,
  body: Record<string, unknown>,
  faultsOf: (model: string) => TakenFaults,
): Promise<void> {
  const request = decodeChat(body);
  const model = host.find(request.model);
  if (model === undefined) throw new WireError(404, `model '${request.model}' not found`);
  if (request.messages.length === 0 && request.keepAliveMs === 0) {
    host.memory.unload(model);
    return exchange.json(200, emptyReply(request.model, "unload"));
  }
  checkAbilities(model, request);
  checkOptions(request.options);

  const faults = faultsOf(model.name);
  const status = faults.get("status");
  if (status !== undefined) throw new WireError(status.code, status.text);
  if (faults.get("busy") !== undefined) {
    throw new WireError(503, "server busy, please try again.  maximum pending requests exceeded");
  }
  const began = performance.now();
  const slow = faults.get("slow_load");
  const lease = await host.memory.acquire({
    model,
    window: number(request.options.num_ctx),
    shift: request.shift,
    keepAliveMs: request.keepAliveMs,
    loadMs: host.pace.loadMs(model.bytes) + (slow?.ms ?? 0),
    reload: slow !== undefined,
  }, exchange.signal);
  try {
    if (faults.get("stall_before_headers") !== undefined) await wait(Infinity, exchange.signal);
    if (request.messages.length === 0) return exchange.json(200, emptyReply(request.model, "load"));
    const cuts = faults.get("silent_truncation");
    const window = Math.min(lease.window, cuts?.window ?? faults.get("small_window")?.window ?? Infinity);
    const allowed = cuts === undefined ? request : { truncate: true, shift: true };
    const fitted = fitPrompt(model, request.messages, request.tools, window, allowed.truncate);
    if (request.renderOnly) return exchange.json(200, renderedOnly(request.model, fitted.prompt));
    await answer(
      host,
      exchange,
      { model, request, faults, lease, began },
      cutPrompt(model, fitted, window, allowed),
    );
  } catch (error) {
    if (!(error instanceof WireError) || !request.stream) throw error;
    exchange.json(error.status, { error: error.message }, true);
  } finally {
    lease.release();
  }
}

interface Turn {
  readonly model: RehearsalModel;
  readonly request: ChatBody;
  readonly faults: TakenFaults;
  readonly lease: Lease;
  /** When the request was taken, by `performance.now()`. */
  readonly began: number;
}

async function answer(host: ChatHost, exchange: Exchange, turn: Turn, prompt: FittedPrompt): Promise<void> {
  const { model, request, faults, lease } = turn;
  const said = ask(host, turn, prompt);
  const plan = planReply(turn, prompt, said);
  const promptBegan = performance.now();
  await wait(prompt.tokens * host.pace.promptTokenMs, exchange.signal);
  const answerBegan = performance.now();
  const writer = new ReplyWriter(exchange, request, faults);

  const swallowed = faults.get("swallow") !== undefined;
  const reader = callReader(model, request);
  for (const thought of plan.thoughts) {
    await wait(host.pace.tokenMs, exchange.signal);
    if (!swallowed) await writer.thinking(thought);
  }
  for (const piece of plan.pieces) {
    await wait(host.pace.tokenMs, exchange.signal);
    if (swallowed) continue;
    const { content, calls } = reader.add(piece);
    if (content !== "") await writer.content(content);
    else if (calls.length > 0) await writer.calls(calls);
  }
  if (!swallowed) {
    const { content, calls } = reader.end();
    if (content !== "") await writer.content(content);
    if (calls.length > 0) await writer.calls(calls);
  }
  if (plan.endedBy === "repeats") return await writer.endWithoutDone();
  const ended = performance.now();
  await writer.done(plan.endedBy, {
    total_duration: nanoseconds(ended - turn.began),
    load_duration: nanoseconds(lease.loadMs),
    prompt_eval_count: faults.get("lying_count")?.promptTokens ?? prompt.tokens,
    prompt_eval_duration: nanoseconds(answerBegan - promptBegan),
    eval_count: plan.tokens,
    eval_duration: nanoseconds(ended - answerBegan),
  });
}

function ask(host: ChatHost, { model, request }: Turn, prompt: FittedPrompt): PlayReply {
  const said = model.say({
    host: host.name,
    model: model.name,
    prompt: prompt.prompt,
    messages: prompt.messages,
    tools: prompt.tools,
    format: request.format,
    options: request.options,
    call: host.nextCall(model),
  });
  const reply = typeof said === "string" ? { text: said } : said;
  return request.format === null ? reply : { ...reply, text: constrain(request.format, reply.text) };
}

interface ReplyPlan {
  readonly thoughts: readonly string[];
  readonly pieces: readonly string[];
  /** Tokens of the answer: thoughts and the end of the turn count. */
  readonly tokens: number;
  readonly endedBy: "stop" | "length" | "repeats";
}

/** Cuts the reply in tokens and ends it where the server would. */
function planReply({ model, request, lease }: Turn, prompt: FittedPrompt, said: PlayReply): ReplyPlan {
  const split = model.splitTokens ?? splitQuarter;
  const thoughts = model.thinks === true && request.think !== false && said.thinking !== undefined
    ? split(said.thinking)
    : [];
  const asked = number(request.options.num_predict) ?? -1;
  const most = Math.min(
    asked < 0 ? Infinity : asked,
    lease.window * MOST_WINDOWS,
    request.shift ? Infinity : lease.window - prompt.tokens,
  );
  const stops = Array.isArray(request.options.stop) ? request.options.stop.map(String) : [];
  const all = split(said.text);
  const stopped = beforeStop(said.text, all, stops);
  const pieces = stopped?.pieces ?? all;
  const generated = thoughts.length + (stopped?.tokens ?? all.length + 1);
  const repeated = repeatsAt(pieces);
  if (repeated !== null && thoughts.length + repeated <= most) {
    return { thoughts, pieces: pieces.slice(0, repeated), tokens: repeated, endedBy: "repeats" };
  }
  if (generated <= most) return { thoughts, pieces, tokens: generated, endedBy: "stop" };
  return {
    thoughts: thoughts.slice(0, most),
    pieces: pieces.slice(0, Math.max(0, most - thoughts.length)),
    tokens: most,
    endedBy: "length",
  };
}

/** The pieces before the first stop sequence, and the tokens generated until it was complete. */
function beforeStop(
  text: string,
  pieces: readonly string[],
  stops: readonly string[],
): { readonly pieces: string[]; readonly tokens: number } | null {
  const found = stops.map((stop) => ({ at: stop === "" ? -1 : text.indexOf(stop), length: stop.length }))
    .filter(({ at }) => at >= 0).sort((left, right) => left.at - right.at)[0];
  if (found === undefined) return null;
  const kept: string[] = [];
  let length = 0;
  let tokens = 0;
  for (const piece of pieces) {
    if (length < found.at) kept.push(piece.slice(0, found.at - length));
    if (length < found.at + found.length) tokens++;
    length += piece.length;
  }
  return { pieces: kept, tokens };
}

/** Tokens that are sent until Ollama gives up on a model that repeats one, null where it does not. */
function repeatsAt(pieces: readonly string[]): number | null {
  let last: string | null = null;
  let repeats = 0;
  for (const [index, piece] of pieces.entries()) {
    const token = piece.trim();
    repeats = token === last ? repeats + 1 : 0;
    last = token;
    if (repeats > MOST_REPEATS) return index;
  }
  return null;
}

interface CallReader {
  add(piece: string): { readonly content: string; readonly calls: readonly DeliveredCall[] };
  end(): { readonly content: string; readonly calls: readonly DeliveredCall[] };
}

const NOTHING = { content: "", calls: [] };

/** Chooses what reads the calls: nobody without tools, the generic parser, or the built-in one, tools or not. */
function callReader(model: RehearsalModel, request: ChatBody): CallReader {
  if (model.template === "functiongemma") {
    let text = "";
    return {
      add: (piece) => {
        text += piece;
        return NOTHING;
      },
      end: () => {
        const read = parseFunctionGemma(text);
        // Without a stream and without tools the calls of built-in parsers are lost (recorded).
        return request.stream || request.tools.length > 0 ? read : { ...read, calls: [] };
      },
    };
  }
  if (request.tools.length === 0) return { add: (content) => ({ content, calls: [] }), end: () => NOTHING };
  const parser = new ToolParser(request.tools.map((tool) => tool.name));
  return { add: (piece) => parser.add(piece), end: () => NOTHING };
}

function checkAbilities(model: RehearsalModel, request: ChatBody): void {
  if (request.tools.length > 0 && model.template === "plain") {
    throw new WireError(400, `registry.ollama.ai/library/${tagged(request.model)} does not support tools`);
  }
  if (request.think === true && model.thinks !== true) {
    throw new WireError(400, `"${request.model}" does not support thinking`);
  }
}

function emptyReply(model: string, reason: "load" | "unload"): Record<string, unknown> {
  const message = { role: "assistant", content: "" };
  return { model, created_at: new Date().toISOString(), message, done: true, done_reason: reason };
}

function renderedOnly(model: string, prompt: string): Record<string, unknown> {
  return {
    model,
    created_at: new Date().toISOString(),
    message: { role: "", content: "" },
    done: false,
    _debug_info: { rendered_template: prompt },
  };
}

function number(value: unknown): number | null {
  return typeof value === "number" ? Math.trunc(value) : null;
}

/** Never 0: the server's clock has seen every step, and a field that is 0 is absent. */
function nanoseconds(milliseconds: number): number {
  return Math.max(1000, Math.round(milliseconds * 1_000_000));
}
