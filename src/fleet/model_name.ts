import { parametersIn } from "../features/threads/model_size.ts";
import type { HostModel } from "../ports/model_host.ts";

/** A model as a person or a plugin names it: `name` or `name@host`. */
export interface WantedModel {
  /** As it was written. */
  readonly text: string;
  readonly name: string;
  /** Host it is pinned to, null for any. */
  readonly host: string | null;
}

/** Names of models that make vectors or rankings and cannot chat. */
const NO_CHAT = /embed|minilm|nomic|rerank|(^|[^a-z])bge/i;

/** The interpreter's model: it writes calls and nothing else. */
const CALLS_ONLY = /functiongemma/i;

/** Families trained on code. */
const CODER = /coder|code|devstral|starcoder|(^|[^a-z])codestral/i;

/** Families trained to reason at length. */
const REASONER = /(^|[^a-z])(r1|qwq|magistral)([^a-z]|$)|reason|thinking/i;

/** Worth of a fitting family: a model of the family counts as much as another one of three times its size. */
const FAMILY = Math.log2(3);

/**
 * Reads a wanted model. The last `@` divides name and host.
 *
 * @param text `qwen2.5:14b` or `qwen2.5:14b@fast`
 */
export function wantedModel(text: string): WantedModel {
  const at = text.lastIndexOf("@");
  if (at <= 0 || at === text.length - 1) return { text, name: text, host: null };
  return { text, name: text.slice(0, at), host: text.slice(at + 1) };
}

/**
 * Finds a model by the name that was wanted: exactly, else with or without `:latest`, which Ollama adds to a bare name.
 *
 * @param models what a host has
 * @param name name that is wanted
 * @returns the name as the host gives it, null where it has none
 */
export function findModel(models: readonly HostModel[], name: string): string | null {
  if (models.some((model) => model.name === name)) return name;
  return models.find((model) => bareName(model.name) === bareName(name))?.name ?? null;
}

/** Name without `:latest`. */
export function bareName(name: string): string {
  return name.replace(/:latest$/, "");
}

/** Whether a model can chat, by its name: embedding models cannot. */
export function canChat(name: string): boolean {
  return !NO_CHAT.test(name);
}

/**
 * Orders the models that a role could fall back to.
 *
 * @param model what a host says of it
 * @param role role that needs a model
 * @returns a number, larger for the better one: size, weighed by family; a model that only writes calls is last
 */
export function abilityFor(model: HostModel, role: string): number {
  const size = Math.log2(billions(model));
  if (CALLS_ONLY.test(model.name)) return size - 1_000;
  if (role === "coding") return size + (CODER.test(model.name) ? FAMILY : 0);
  if (role === "reasoning" && REASONER.test(model.name)) return size + FAMILY / 2;
  // A coder model does other work nearly as well: it gives way to a general one of about its size only.
  return size - (CODER.test(model.name) ? FAMILY / 4 : 0);
}

/**
 * Says how large a model is.
 *
 * @param model what a host says of it
 * @returns parameters in billions: as the host says, else by the name, else from the bytes at about five bits a weight
 */
export function billions(model: HostModel): number {
  const told = parametersIn(model.size ?? "") ?? parametersIn(model.name);
  if (told !== null) return told;
  return model.bytes === null || model.bytes === 0 ? 0.5 : model.bytes / 0.6e9;
}
