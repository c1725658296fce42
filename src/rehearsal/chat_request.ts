import type { JsonSchema } from "../kernel/call.ts";
import type { PlayMessage, PlayTool } from "./play.ts";
import { isRecord } from "../kernel/json.ts";
import { decodeTool } from "./decode_tool.ts";

/** A refusal in the server's own words. */
export class WireError extends Error {
  override readonly name = "WireError";

  /**
   * @param status HTTP status
   * @param message text of the field `error`
   */
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Body of `POST /api/chat`, decoded as far as the server looks at it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly PlayMessage[];
  readonly tools: readonly PlayTool[];
  readonly stream: boolean;
  /** Schema that holds the reply, null where it is free. */
  readonly format: JsonSchema | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Milliseconds, Infinity for ever, null where the request does not say. */
  readonly keepAliveMs: number | null;
  /** What the request says of thinking, null where it says nothing: models that can think then do. */
  readonly think: boolean | null;
  readonly truncate: boolean;
  readonly shift: boolean;
  readonly renderOnly: boolean;
}

const GO_TYPES: Readonly<Record<string, readonly [kind: "string" | "boolean" | "array" | "object", goType: string]>> = {
  model: ["string", "string"],
  messages: ["array", "[]api.Message"],
  stream: ["boolean", "bool"],
  tools: ["array", "api.Tools"],
  options: ["object", "map[string]interface {}"],
  truncate: ["boolean", "bool"],
  shift: ["boolean", "bool"],
  _debug_render_only: ["boolean", "bool"],
};

const OPTION_TYPES: Readonly<Record<string, "integer" | "float32" | "boolean" | "array">> = {
  num_ctx: "integer",
  num_predict: "integer",
  num_keep: "integer",
  num_batch: "integer",
  num_gpu: "integer",
  num_thread: "integer",
  seed: "integer",
  top_k: "integer",
  repeat_last_n: "integer",
  temperature: "float32",
  top_p: "float32",
  min_p: "float32",
  typical_p: "float32",
  repeat_penalty: "float32",
  presence_penalty: "float32",
  frequency_penalty: "float32",
  use_mmap: "boolean",
  stop: "array",
};

/**
 * Reads a body as JSON object; the texts are those of Go's decoder as recorded.
 * @param text body as sent
 * @returns the object
 * @throws {WireError} 400 for an empty body or broken JSON
 */
export function decodeBody(text: string): Record<string, unknown> {
  if (text === "") throw new WireError(400, "missing request body");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const position = Number(/position (\d+)/.exec((cause as Error).message)?.[1] ?? text.length);
    const character = text[position];
    throw new WireError(
      400,
      character === undefined
        ? "unexpected EOF"
        : `invalid character ${goQuoted(character)} looking for beginning of value`,
    );
  }
  if (!isRecord(value)) {
    throw new WireError(400, `json: cannot unmarshal ${kindOf(value)} into Go value of type api.ChatRequest`);
  }
  return value;
}

/**
 * Decodes a chat request as Ollama does: unknown fields are ignored, wrong types are refused.
 * @param body the object that was sent
 * @returns the request
 * @throws {WireError} 400 with the recorded texts
 */
export function decodeChat(body: Record<string, unknown>): ChatBody {
  for (const [field, [kind, goType]] of Object.entries(GO_TYPES)) {
    const value = body[field];
    if (value === undefined || value === null || kindOf(value) === (kind === "boolean" ? "bool" : kind)) continue;
    throw new WireError(
      400,
      `json: cannot unmarshal ${kindOf(value)} into Go struct field ChatRequest.${field} of type ${goType}`,
    );
  }
  const messages = ((body.messages ?? []) as unknown[]).map(decodeMessage);
  if (typeof body.model !== "string" || body.model === "") throw new WireError(400, "model is required");
  return {
    model: body.model,
    messages,
    tools: ((body.tools ?? []) as unknown[]).map(decodeTool),
    stream: body.stream !== false,
    format: decodeFormat(body.format),
    options: (body.options ?? {}) as Record<string, unknown>,
    keepAliveMs: keepAlive(body.keep_alive),
    think: body.think === undefined || body.think === null ? null : body.think !== false,
    truncate: body.truncate !== false,
    shift: body.shift !== false,
    renderOnly: body._debug_render_only === true,
  };
}

/**
 * Checks the types of a request's options; unknown ones pass.
 * @param options options as sent
 * @throws {WireError} 500, as recorded, naming the first option of a wrong type
 */
export function checkOptions(options: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(options)) {
    const wanted = OPTION_TYPES[option];
    if (wanted === undefined || value === null) continue;
    const fits = wanted === "array"
      ? Array.isArray(value) && value.every((item) => typeof item === "string")
      : wanted === "boolean"
      ? typeof value === "boolean"
      : typeof value === "number";
    if (!fits) throw new WireError(500, `option "${option}" must be of type ${wanted}`);
  }
}

/**
 * Reads a duration of the field `keep_alive`.
 * @param value seconds, or Go's text such as `10m` or `1h30m`
 * @returns milliseconds, Infinity where negative, null where absent
 * @throws {WireError} 400 for anything else
 */
function keepAlive(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return value < 0 ? Infinity : value * 1000;
  if (typeof value === "string" && /^-?(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(value)) {
    if (value.startsWith("-")) return Infinity;
    const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
    return [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
      .reduce((sum, [, count, name]) => sum + Number(count) * (unit[name ?? "s"] ?? 1000), 0);
  }
  throw new WireError(400, `time: invalid duration ${JSON.stringify(value)}`);
}

function decodeMessage(value: unknown): PlayMessage {
  if (!isRecord(value)) {
    throw new WireError(
      400,
      `json: cannot unmarshal ${kindOf(value)} into Go struct field ChatRequest.messages of type api.Message`,
    );
  }
  const calls = Array.isArray(value.tool_calls) ? value.tool_calls : [];
  return {
    role: String(value.role ?? "").toLowerCase(),
    content: typeof value.content === "string" ? value.content : "",
    calls: calls.map((call) => {
      const called = isRecord(call) && isRecord(call.function) ? call.function : {};
      if (typeof called.arguments === "string") {
        throw new WireError(400, "Value looks like object, but can't find closing '}' symbol");
      }
      return { name: String(called.name ?? ""), arguments: isRecord(called.arguments) ? called.arguments : {} };
    }),
    toolName: typeof value.tool_name === "string" ? value.tool_name : "",
  };
}

function decodeFormat(format: unknown): JsonSchema | null {
  if (format === undefined || format === null || format === "") return null;
  if (format === "json") return { type: "object", additionalProperties: true };
  if (isRecord(format)) return format;
  throw new WireError(
    500,
    `invalid format: ${JSON.stringify(format)}; expected "json" or a valid JSON Schema object`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function goQuoted(character: string): string {
  return character === "'" ? `'\\''` : `'${character}'`;
}
