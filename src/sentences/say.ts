import { BUILT_IN, type SentenceFile } from "./built_in.ts";
import { fill } from "./fill.ts";
import { variantText } from "./variant_text.ts";

/** Names a sentence: file in `prompts/sentences/` and section in it, such as `turn.goal`. */
export type SentenceKey = `${SentenceFile}.${string}`;

/** Where sentences come from: a registry, or anything else that carries its prompt files; those that come with Autonomy where it has none. */
export interface Wording {
  /** Prompt files by name; those with sentences carry them by the section's name. */
  readonly prompts?: Readonly<Record<string, { readonly sentences?: Readonly<Record<string, string>> }>>;
}

/**
 * Says a sentence that a model reads, in the words of `prompts/sentences/`.
 *
 * @param key a literal, so that a test can find what is said and what is not
 * @param values what stands in place of `{{name}}`
 * @param variant size of the model that reads it, where its lines differ by that
 * @throws where no file has the sentence, which the tests exclude
 */
export function say(
  from: Wording,
  key: SentenceKey,
  values: Readonly<Record<string, string | number>> = {},
  variant: "small" | "large" = "large",
): string {
  const dot = key.indexOf(".");
  const file = key.slice(0, dot) as SentenceFile;
  const name = key.slice(dot + 1);
  const text = from.prompts?.[`sentences/${file}.md`]?.sentences?.[name] ?? BUILT_IN[file][name];
  if (text === undefined) throw new Error(`prompts/sentences/${file}.md has no section "## ${name}": write one.`);
  return fill(text.includes("<") ? variantText(text, variant) : text, values);
}
