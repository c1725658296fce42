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

/** Names of models that make vectors, rankings, images, speech or transcripts and cannot chat. */
const NO_CHAT = [
  /embed|minilm|nomic|rerank|(^|[^a-z])(bge|gte|e5)(?![a-z])|(^|[^a-z])ada-\d/i,
  /dall-?e|stable-?diffusion|(^|[^a-z])(sdxl?|flux|imagen|midjourney|gpt-image)(?![a-z])/i,
  /whisper|transcribe|parakeet|(^|[^a-z])(tts|stt|asr|kokoro|xtts|orpheus)(?![a-z])/i,
  /moderation|(^|[^a-z])(clip|siglip|sora|veo)-?\d?(?![a-z])|(davinci|babbage)-\d/i,
];

/** The interpreter's model: it writes calls and nothing else. */
const CALLS_ONLY = /functiongemma/i;

/**
 * Names of models that go on with a text and know of no dialogue: those for an editor's completion (`qwen2.5-coder:1.5b-base`,
 * `codellama:7b-code`, `starcoder2`), and base models.
 */
const COMPLETES =
  /(^|[^a-z])base(?![a-z])|:([^:]*-)?(code|text|fim)(?![a-z])|(^|\/)(starcoder|stable-code)|codegemma:2b/i;
/** How names say that a model was taught a dialogue. */
const TAUGHT = /instruct|chat/i;

/** Names of models that give verdicts, read pictures or translate, whatever they are told. */
const ONE_TRADE =
  /guard(?:ian)?(?![a-z])|shieldgemma|minicheck|(^|[^a-z])ocr(?![a-z])|reader-?lm|nuextract|translategemma/i;

/** Families trained on code. */
const CODER = /coder|code|devstral|starcoder|(^|[^a-z])codestral/i;

/** Families trained to reason at length. */
const REASONER = /(^|[^a-z])(r1|qwq|magistral)([^a-z]|$)|reason|thinking/i;

/** Worth of a fitting family: a model of the family counts as much as another one of three times its size. */
const FAMILY = Math.log2(3);

/** What of a fleet is needed to know which models are meant. */
interface Having {
  readonly hosts: readonly { readonly name: string; readonly models: readonly Pick<HostModel, "name">[] }[];
}

/**
 * Reads a wanted model. The last `@` divides name and host where a host is called so; it belongs to the name where a host has a model of
 * the whole name, such as `qwen3-30b-a3b@q4_k_m`.
 *
 * @param text `qwen2.5:14b` or `qwen2.5:14b@fast`
 * @param fleet the hosts; where absent, a host is called so
 */
export function wantedModel(text: string, fleet?: Having): WantedModel {
  const at = text.lastIndexOf("@");
  const whole = { text, name: text, host: null };
  if (at <= 0 || at === text.length - 1) return whole;
  const host = text.slice(at + 1);
  const isCalled = fleet?.hosts.some(({ name }) => name === host) ?? true;
  if (!isCalled && fleet?.hosts.some(({ models }) => findModel(models, text) !== null)) return whole;
  return { text, name: text.slice(0, at), host };
}

/**
 * Finds a model by the name that was wanted: exactly, else with or without `:latest`, which Ollama adds to a bare name.
 *
 * @param models what a host has
 * @param name name that is wanted
 * @returns the name as the host gives it, null where it has none
 */
export function findModel(models: readonly Pick<HostModel, "name">[], name: string): string | null {
  if (models.some((model) => model.name === name)) return name;
  return models.find((model) => bareName(model.name) === bareName(name))?.name ?? null;
}

/**
 * Finds models that a name may mean that is none of theirs: those of other tags, sizes and makers (`qwen3-coder` for `qwen3-coder:30b` and
 * `hf.co/unsloth/Qwen3-Coder-30B-GGUF:Q4_K_M`).
 *
 * @param models what a host has
 * @param name name that is wanted
 */
export function namesLike(models: readonly Pick<HostModel, "name">[], name: string): readonly string[] {
  const wanted = stem(name);
  return models.map((model) => model.name).filter((one) => `${stem(one)}-`.startsWith(`${wanted}-`));
}

/** A name in small letters without the maker, with `-` before its tag. */
function stem(name: string): string {
  return bareName(name.slice(name.lastIndexOf("/") + 1)).toLowerCase().replace(/[:@]/g, "-");
}

/** Name without `:latest`. */
export function bareName(name: string): string {
  return name.replace(/:latest$/, "");
}

/**
 * Whether a model can chat: as its host says, else by its name. Models that make vectors, images or speech cannot.
 *
 * @param model what a host says of it; its name alone where no host has it
 */
export function canChat({ name, chats }: { readonly name: string; readonly chats?: boolean }): boolean {
  return chats ?? !NO_CHAT.some((pattern) => pattern.test(name));
}

/**
 * Orders the models that a role could fall back to.
 *
 * @param model what a host says of it
 * @param role role that needs a model
 * @returns a number, larger for the better one: size, weighed by family; models of another trade and those that only go on with a text come
 *   after all others, one that only writes calls is last
 */
export function abilityFor(model: HostModel, role: string): number {
  const size = Math.log2(billions(model));
  if (CALLS_ONLY.test(model.name)) return size - 1_000;
  if (COMPLETES.test(model.name) && !TAUGHT.test(model.name)) return size - 600;
  if (ONE_TRADE.test(model.name)) return size - 300;
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
