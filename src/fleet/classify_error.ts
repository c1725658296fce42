import type { FailureClass } from "../kernel/failure.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";
import { clip } from "../kernel/text.ts";

/** What an error answer of a server means. */
export interface ClassifiedError {
  readonly failure: FailureClass;
  /** The server's own words. */
  readonly text: string;
  /** Tokens of the refused prompt, where the server counted them. */
  readonly promptTokens?: number;
  /** Window that the prompt did not fit, where the server named it. */
  readonly window?: number;
}

/** Longest text of a server's error that is kept, in characters; the patterns below see no more. */
const LONGEST_TEXT = 2_000;

/** Lower-cased marks of memory that ran out: Ollama's own list (`llm/status.go`) and the spelling of its start-up error. */
const MEMORY_MARKS = [
  "out of memory",
  "out-of-memory",
  "out of device memory",
  "cudamalloc failed",
  "hipmalloc failed",
  "failed to allocate",
  "allocation failed",
  "not enough memory",
  "insufficient memory",
  "requires more system memory",
  "vk_error_out_of_device_memory",
  "erroroutofmemory",
];

/** Texts that decide whatever the status is, in order. Recorded from Ollama 0.33 and llama.cpp, or named in their sources. */
const TEXTS: readonly (readonly [RegExp, FailureClass])[] = [
  [/does not support tools|requires --jinja|requires --enable-auto-tool-choice/, "tools_unsupported"],
  [/does not support thinking/, "thinking_unsupported"],
  [
    /jinja|roles? must alternate|role\b.{0,40}\bnot supported|only user(, system|,)? (and|or) assistant roles|chat[ _]template|error rendering prompt|template error|tool call ids? should be|^template: /,
    "template_refused",
  ],
  [/failed to parse (tools|messages)|(unsupported|missing) tool type|^option "/, "bad_request"],
  [/server busy|server overloaded|^loading model|maximum pending requests/, "busy"],
];

/** Texts that tell about the server or the model only when the request itself was taken: a 5xx or a line after a 200. */
const FAULTS: readonly (readonly [RegExp, FailureClass])[] = [
  [
    /error parsing tool call|failed to parse json|xml syntax error|invalid tool call arguments|failed to parse input|model produced output that does not match/,
    "model_output",
  ],
  [
    /process has terminated|timed out waiting for|may be incompatible with your version|(failed|unable) to load|error loading model|no models? loaded/,
    "load_failed",
  ],
  // What a gateway says whose server is gone (LiteLLM recorded, others read).
  [
    /apiconnectionerror|exception - connection error|serviceunavailableerror|connection refused|econnrefused|upstream connect error|no healthy upstream/,
    "unreachable",
  ],
  [/failed to parse grammar|failed to initialize samplers|json schema conversion failed/, "schema_refused"],
];

/** Texts of a 400 or 422 that is about the reply's schema: llama.cpp's converter and the grammar back ends of vLLM. */
const SCHEMA = /grammar|json[ _-]?schema|response_format|guided_json|structured[ _]outputs?/;

/** Texts for a prompt that does not fit: llama.cpp and its Python binding, Ollama, vLLM, LM Studio, SGLang, TGI, TabbyAPI, Google. */
const WINDOW: readonly RegExp[] = [
  /exceed_context_size_error|context_length_exceeded|contextwindowexceeded|prompt is too long|input is too long/,
  /exceeds the available context size|context size has been exceeded|exceeds? (the )?context (length|window)/,
  /(longer|greater) than the (model'?s )?(context length|maximum model length)|greater than max_seq_len/,
  /maximum context length|context length of only|exceeds the maximum number of tokens/,
  /inputs\W{1,3}(must have less than \d+ tokens|tokens \+ \W?max_new_tokens)/,
];
/** Where such texts count the prompt's tokens, and where they name the window. */
const PROMPT_TOKENS =
  /(?:request|input|requested tokens|token count) \((\d+)(?: tokens)?\)|(\d+) in the messages|(\d+) input tokens|keep the first (\d+) tokens|given: (\d+)|prompt (?:length|\(length) (\d+)/;
const WINDOW_TOKENS =
  /context (?:size|length) \((\d+) tokens\)|maximum context length is (\d+)|context length of only (\d+)|max_seq_len (\d+)|maximum model length of (\d+)|context window of (\d+)|tokens allowed \((\d+)\)|less than (\d+) tokens/;

/**
 * Sorts an error answer into its class, by the recorded texts and statuses. Both kinds of host share it, because Ollama
 * passes the errors of llama.cpp on, as JSON inside its own error string.
 *
 * @param status HTTP status, null for an error that came as a line or event of a stream after a 200
 * @param body body of the answer: `{"error": text}`, `{"error": {message, type, …}}` or any text
 */
export function classifyError(status: number | null, body: string): ClassifiedError {
  const { text, type, code, promptTokens, window } = readError(body);
  const lower = text.toLowerCase();
  if (WINDOW.some((one) => one.test(type) || one.test(lower))) {
    return {
      failure: "window_exceeded",
      text,
      promptTokens: promptTokens ?? counted(lower, PROMPT_TOKENS),
      window: window ?? counted(lower, WINDOW_TOKENS),
    };
  }
  // An error inside a stream may name the status that it would have had.
  return { failure: classOf(status ?? code ?? null, lower, type), text };
}

/** What a person can do about a failure, one sentence; "" where the server's words suffice. */
export function adviceFor(failure: FailureClass): string {
  switch (failure) {
    case "unreachable":
      return "Start the server, or correct its address.";
    case "busy":
      return "It is worth trying again after some seconds.";
    case "unauthorized":
      return "Name the environment variable that holds the right key.";
    case "rate_limited":
      return "Wait, or use another host.";
    case "model_missing":
      return "Pull the model on that host, or name one that it has.";
    case "window_exceeded":
      return "Send a shorter prompt, or use a larger window.";
    case "template_refused":
      return "Use the constrained or the prompted way of calling, or give the server another template for this model.";
    case "tools_unsupported":
      return "Use the constrained or the prompted way of calling for this model.";
    case "thinking_unsupported":
      return "Leave `think` out for this model.";
    case "schema_refused":
      return "Use a simpler schema, or the prompted way of calling.";
    case "model_output":
      return "The model wrote what the server cannot read: ask again with another seed.";
    case "crashed":
      return "Ask again once: the server loads the model anew; its log tells why.";
    case "out_of_memory":
      return "Use a smaller window or model, or release another model of that host.";
    case "load_failed":
      return "Pull the model again or update the server; its log tells why.";
    default:
      return "";
  }
}

/** Sorts by the type that the server names, by text, then by status. */
function classOf(status: number | null, lower: string, type: string): FailureClass {
  for (const [pattern, failure] of TEXTS) if (pattern.test(lower)) return failure;
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "rate_limited";
  if (isModelMissing(status, lower, type)) return "model_missing";
  if (status === 404) return "protocol";
  if (status === 503 || status === 529 || status === 408) return "busy";
  if (status !== null && (status === 502 || status === 504 || status >= 520 && status < 528)) return "unreachable";
  if ((status === 400 || status === 422) && SCHEMA.test(lower)) return "schema_refused";
  if (status !== null && status < 500) return status >= 400 ? "bad_request" : "protocol";
  if (MEMORY_MARKS.some((mark) => lower.includes(mark))) return "out_of_memory";
  for (const [pattern, failure] of FAULTS) if (pattern.test(lower)) return failure;
  if (status === 501) return "bad_request";
  return "crashed";
}

/** Tells the missing model from the missing path: both are 404, and a pull says it in a line after a 200. */
function isModelMissing(status: number | null, lower: string, type: string): boolean {
  if (type === "model_not_found" || /pull model manifest: file does not exist/.test(lower)) return true;
  const named =
    /model\b.*(not found|does not exist)|invalid model name|not a valid model|unknown model|no such model|could not find (a )?suitable (inference )?handler|could not find real ?modelid/
      .test(lower);
  return named && (status === null || status === 404 || status === 400);
}

/** What an error's body says. */
interface ReadError {
  readonly text: string;
  readonly type: string;
  /** Status that the body names. */
  readonly code?: number;
  readonly promptTokens?: number;
  readonly window?: number;
}

/** Reads the error's text out of every shape that servers give it, also out of JSON inside a string. */
function readError(body: string): ReadError {
  const value = parsedObject(body);
  if (value === null) return { text: clip(body.trim(), LONGEST_TEXT), type: "" };
  const error = errorIn(value);
  if (typeof error === "string") {
    return parsedObject(error) === null ? { text: clip(error, LONGEST_TEXT), type: "" } : readError(error);
  }
  if (!isRecord(error)) return { text: clip(body.trim(), LONGEST_TEXT), type: "" };
  const fields = error;
  const said = [fields.message, fields.detail, fields.msg].find((text) => typeof text === "string" && text !== "");
  const text = typeof said === "string" ? said : JSON.stringify(error);
  const type = clip([fields.type, fields.code].filter((part) => typeof part === "string").join(" "), 200);
  const code = Number(fields.code ?? fields.status);
  return {
    text: clip(text, LONGEST_TEXT),
    type: type.includes("model_not_found") ? "model_not_found" : type,
    ...(code >= 400 && code < 600 ? { code } : {}),
    promptTokens: typeof fields.n_prompt_tokens === "number" ? fields.n_prompt_tokens : undefined,
    window: typeof fields.n_ctx === "number" ? fields.n_ctx : undefined,
  };
}

/** The error of an answer, of its first choice, or the answer itself. */
function errorIn(value: Readonly<Record<string, unknown>>): unknown {
  if (value.error !== undefined && value.error !== null && value.error !== "") return value.error;
  const choice = Array.isArray(value.choices) ? value.choices.find(isRecord) : undefined;
  return choice?.error ?? value;
}

/** Parses a text that is a JSON object, or a list that begins with one; null for anything else. */
function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  if (!/^\s*[{[]/.test(text)) return null;
  const value = parsedJson(text);
  const first = Array.isArray(value) ? value[0] : value;
  return isRecord(first) ? first : null;
}

/** Takes the first number that a pattern's groups hold. */
function counted(text: string, pattern: RegExp): number | undefined {
  const group = pattern.exec(text)?.slice(1).find((part) => part !== undefined);
  return group === undefined ? undefined : Number(group);
}
