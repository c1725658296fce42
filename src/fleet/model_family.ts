import type { Way } from "../kernel/call.ts";
import type { EditForm } from "./model_record.ts";

/** What is known of a family of models before any of them was asked. */
export interface ModelFamily {
  readonly name: string;
  readonly way: Way;
  /** Whether `way` holds only where the server reads the calls with a parser of its own; else it is constrained. */
  readonly needsParser?: true;
  /** Form in which its edits do best, where that is known. */
  readonly edit?: EditForm;
  /** Name of the text format that it writes (`src/mediate/formats`). */
  readonly format?: string;
  /** Whether it always thinks, at one of several levels: where others are asked not to, it is held to the lowest. */
  readonly hasLevels?: true;
  /** Why, for people; where it was measured or read stands in comments. */
  readonly why: string;
}

/**
 * Families by the names of their models, the more special ones first. A probe only confirms what stands here. Figures of qwen2.5-coder
 * were measured and answers of qwen2.5 recorded with Ollama 0.33; the others stand in the sources of Ollama and in its templates.
 */
const FAMILIES: readonly (ModelFamily & { readonly names: RegExp })[] = [
  {
    name: "functiongemma",
    names: /functiongemma/i,
    way: "native",
    format: "gemma_call",
    why: "it is trained for declarations in its own form only",
  },
  {
    name: "qwen2.5-coder",
    names: /qwen2\.?5-?coder/i,
    way: "constrained",
    edit: "whole text",
    format: "plain_json",
    why: "it writes bare JSON that no server reads; held by a schema 17 of 18 calls were right, natively none",
  },
  {
    name: "qwen3-coder",
    names: /qwen3-?coder|qwen3\.[5-9]/i,
    way: "native",
    needsParser: true,
    format: "qwen3_coder_xml",
    why: "it is trained on its XML form, which the server's parser reads",
  },
  {
    name: "qwen2.5",
    names: /qwen2\.?5/i,
    way: "constrained",
    format: "hermes_json",
    why: "the library's template shows tools in Go's syntax, and broken calls are swallowed",
  },
  {
    name: "qwen3",
    names: /qwen3/i,
    way: "constrained",
    format: "hermes_json",
    why: "one bad call fails the whole turn in the server's parser",
  },
  {
    name: "gpt-oss",
    names: /gpt-?oss/i,
    way: "native",
    needsParser: true,
    format: "harmony",
    hasLevels: true,
    why: "its harmony channels are read by the server, and a schema forbids them",
  },
  {
    name: "llama3",
    names: /llama-?3/i,
    way: "constrained",
    format: "plain_json",
    why: "a word before the JSON makes its call text to the server",
  },
  {
    name: "mistral",
    names: /devstral|ministral|mistral|codestral/i,
    way: "native",
    needsParser: true,
    format: "mistral_args",
    why: "newer ones write a form that only the server's parser reads; older ones are held by a schema",
  },
  {
    name: "gemma",
    names: /gemma-?[23]/i,
    way: "constrained",
    why: "its template knows no tools (ollama #9680)",
  },
  {
    name: "glm",
    names: /glm-?4/i,
    way: "native",
    needsParser: true,
    format: "glm_xml",
    why: "it is trained on tags of its own, which the server's parser reads",
  },
  {
    name: "deepseek",
    names: /deepseek/i,
    way: "prompted",
    format: "deepseek",
    why: "under a schema it is run twice, once to think",
  },
];

/**
 * Finds the family of a model.
 *
 * @param model name as a host gives it
 * @returns what is known of the family; null for a model of an unknown one
 */
export function familyOf(model: string): ModelFamily | null {
  return FAMILIES.find(({ names }) => names.test(model)) ?? null;
}

/** Whether a request that wants no thinking goes to a model that has no less than a little of it, and takes a no for nothing. */
export function isHeldLow({ model, think }: { readonly model: string; readonly think?: boolean }): boolean {
  return think === false && familyOf(model)?.hasLevels === true;
}
