import type { PromptFile } from "../../features/registry.ts";
import { PLACEHOLDERS } from "../../prompt/prompt.ts";
import { frontMatterOf } from "../../sentences/front_matter.ts";
import { placeIn, readPromptText } from "../../sentences/prompt_text.ts";
import type { OfferedPrompt } from "../offer.ts";

/**
 * Reads the prompt that a plugin brings, as prompt files are read: with placeholders, with tools as `tool:read_file`, and with lines for
 * small or large models alone.
 *
 * @param prompt the file as it stands
 * @param tools names of all tools
 * @returns the prompt, and what is wrong with it, each with its place
 */
export function readOwnPrompt({ path, content }: OfferedPrompt, tools: readonly string[]): {
  readonly prompt: PromptFile;
  readonly faults: readonly { readonly place: string; readonly text: string }[];
} {
  const start = frontMatterOf(content)?.bodyStart ?? 0;
  const { text, placeholders, faults } = readPromptText(content, start, { placeholders: PLACEHOLDERS, tools });
  return {
    prompt: { name: path, text, placeholders },
    faults: faults.map(({ offset, text }) => ({ place: placeIn(path, content, offset), text })),
  };
}
