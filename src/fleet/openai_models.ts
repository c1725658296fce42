import { parametersIn } from "../features/threads/model_size.ts";
import { isRecord } from "../kernel/json.ts";
import { countOf } from "./openai_event.ts";

/** A model as servers of this wire list it; null for what they do not tell. */
export interface ListedModel {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Version of its weights, as well as this wire can name it. */
  readonly digest: string;
  readonly bytes: number | null;
  readonly parameters: number | null;
  /** Window that it is served with, in tokens. */
  readonly window: number | null;
  readonly trainedWindow: number | null;
  /** Whether it is in memory. */
  readonly isLoaded: boolean | null;
  /** Whether it writes text to what it is told. */
  readonly chats: boolean | null;
  /** Whether its template can be told of tools. */
  readonly tools: boolean | null;
  /** Name of the program that serves it, as it calls itself. */
  readonly owner: string;
}

/** Words by which servers say that a model writes text, and that it makes something else. */
const WRITES_OF_ALL = /text-to-text$|text2text/i;
const WRITES =
  /\b(chat|llms?|vlms?|text-?generation|textgeneration|completions?|completion_chat|language|conversational|generate|text)\b/i;
const MAKES_ELSE =
  /embed|rerank|image|speech|audio|\btts\b|\bstt\b|transcri|moderation|classif|\bscore\b|diffusion|video|decision|\bocr\b/i;

/** Fields in which servers name the window that a model is served with, in order. */
const WINDOWS = [
  "max_model_len",
  "loaded_context_length",
  "context_window",
  "context_length",
  "max_request_context_length",
  "max_input_tokens",
] as const;

/**
 * Reads a list of models in any form that servers give it.
 *
 * @returns null for what is no such list
 */
export function listedModels(answer: unknown): readonly ListedModel[] | null {
  const list = Array.isArray(answer) ? answer : isRecord(answer) ? answer.data ?? answer.models : null;
  if (!Array.isArray(list)) return null;
  const models = list.flatMap((one) => isRecord(one) ? listedModel(one) : []);
  return models.length === 0 && list.length > 0 ? null : models;
}

function listedModel(told: Readonly<Record<string, unknown>>): ListedModel[] {
  const name = [told.id, told.key, told.model_name, told.name].find((text) => typeof text === "string" && text !== "");
  if (typeof name !== "string") return [];
  const meta = isRecord(told.meta) ? told.meta : {};
  const info = [told, meta, ...[told.model_info, told.metadata].filter(isRecord)];
  const first = (...fields: readonly string[]) =>
    fields.flatMap((field) => info.map((one) => countOf(one[field]))).find((count) => count !== null && count > 0) ??
      null;
  const counted = countOf(meta.n_params);
  const bytes = countOf(meta.size) ?? countOf(told.size_bytes);
  const weights = [counted, countOf(meta.size), meta.ftype].filter((part) => part !== null && part !== undefined);
  return [{
    name,
    aliases: Array.isArray(told.aliases) ? told.aliases.filter((alias) => typeof alias === "string") : [],
    digest: weights.length > 0 ? [name, ...weights].join(":") : typeof told.root === "string" ? told.root : name,
    bytes,
    parameters: counted ?? parametersOf(told),
    window: first("n_ctx") ?? instanceWindow(told.loaded_instances) ?? first(...WINDOWS),
    trainedWindow: first("n_ctx_train", "max_context_length"),
    isLoaded: isLoaded(told),
    chats: chats(info),
    tools: usesTools(info),
    owner: typeof told.owned_by === "string" ? told.owned_by.toLowerCase() : "",
  }];
}

/** Reads a size that is written as `8B` or `26B-A4B`, as LM Studio writes it and Open WebUI passes Ollama's on; null where there is none. */
function parametersOf({ params_string, ollama }: Readonly<Record<string, unknown>>): number | null {
  const details = isRecord(ollama) ? ollama.details : undefined;
  const written = [params_string, isRecord(details) ? details.parameter_size : undefined]
    .find((text) => typeof text === "string");
  const size = typeof written === "string" ? parametersIn(written) : null;
  return size === null ? null : size * 1e9;
}

/** Reads the status of llama.cpp's router, and the two forms of LM Studio. */
function isLoaded({ status, state, loaded_instances }: Readonly<Record<string, unknown>>): boolean | null {
  if (Array.isArray(loaded_instances)) return loaded_instances.length > 0;
  if (typeof state === "string" && /loaded/i.test(state)) return state.toLowerCase() === "loaded";
  const value = isRecord(status) ? status.value : undefined;
  return typeof value === "string" ? value === "loaded" : null;
}

function instanceWindow(instances: unknown): number | null {
  const [first] = Array.isArray(instances) ? instances.filter(isRecord) : [];
  return isRecord(first?.config) ? countOf(first.config.context_length) : null;
}

/** Whether a model writes text, by what servers call its kind; the output counts more than anything else. */
function chats(info: readonly Readonly<Record<string, unknown>>[]): boolean | null {
  for (const { architecture } of info) {
    const outputs = isRecord(architecture) ? architecture.output_modalities : undefined;
    if (Array.isArray(outputs) && outputs.length > 0) return outputs.includes("text");
  }
  const words = info.flatMap((one) =>
    [one.type, one.mode, one.task, one.model_type, one.pipeline_tag, one.features, one.categories, one.capabilities]
      .flatMap(wordsOf)
  );
  // A kind that writes and makes something else besides, writes.
  const said = words.filter((word) => word !== "model" && word !== "object");
  if (said.some((word) => WRITES_OF_ALL.test(word) || WRITES.test(word) && !MAKES_ELSE.test(word))) return true;
  return said.some((word) => MAKES_ELSE.test(word)) ? false : null;
}

function usesTools(info: readonly Readonly<Record<string, unknown>>[]): boolean | null {
  for (const { capabilities, supports_function_calling } of info) {
    if (typeof supports_function_calling === "boolean") return supports_function_calling;
    if (isRecord(capabilities) && typeof capabilities.trained_for_tool_use === "boolean") {
      return capabilities.trained_for_tool_use;
    }
    if (Array.isArray(capabilities) && capabilities.includes("tool_use")) return true;
  }
  return null;
}

/** Words of a text, of a list, and of the keys that are true. */
function wordsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  return isRecord(value) ? Object.keys(value).filter((key) => value[key] === true) : [];
}
