import { basename, join } from "node:path";
import { readFrontMatter } from "../sentences/front_matter.ts";
import { placeIn, readPromptText } from "../sentences/prompt_text.ts";
import { type PromptFault, type PromptSources, promptTexts } from "./prompt_files.ts";
import { readSentences } from "./read_sentences.ts";
import type { PromptFile } from "../features/registry.ts";

/** Prompt files that cannot be used; its message has one line per fault. */
export class PromptsRefused extends Error {
  override readonly name = "PromptsRefused";

  /** @param faults all that is wrong, at least one */
  constructor(readonly faults: readonly PromptFault[]) {
    super(["The prompts cannot be used:", ...faults.map(({ place, text }) => `${place}: ${text}`)].join("\n  "));
  }
}

/**
 * Reads the prompt files of some folders: Markdown with front matter (`name`: the file's name without `.md`; `for`: the role, phase
 * or reminder it is for; `tools`: names of tools that it speaks of; `examples`: tools of which a small model is shown the call, the
 * first that it has). A text may hold placeholders such as `{{goal}}`, names tools as
 * `tool:read_file`, which becomes `read_file`, and may have lines between `<small>` and `</small>` for models up to 14b alone, or between
 * `<large>` and `</large>` for larger ones.
 *
 * Files in the folder `sentences` below hold sentences in sections `## name`, each of which stands in the place of the one that comes with
 * Autonomy.
 *
 * @param sources folders, and the placeholders and tools that there are
 * @returns prompts by file name, such as `coding.md`, without front matter and without blank lines at both ends
 * @throws {PromptsRefused} when a file has no or wrong front matter, an unknown placeholder or tool, or no text
 */
export async function readPrompts(sources: PromptSources): Promise<Readonly<Record<string, PromptFile>>> {
  const prompts: Record<string, PromptFile> = {};
  const faults: PromptFault[] = [];
  for (const folder of sources.folders) {
    for (const [file, content] of await promptTexts(sources, folder)) {
      if (Object.hasOwn(prompts, file)) continue;
      const { prompt, faults: found } = readPrompt(join(folder, file), content, sources);
      prompts[file] = prompt;
      faults.push(...found);
    }
  }
  const sentences = await readSentences(sources, faults);
  if (faults.length > 0) throw new PromptsRefused(faults);
  return { ...prompts, ...sentences };
}

function readPrompt(path: string, content: string, sources: PromptSources): {
  readonly prompt: PromptFile;
  readonly faults: readonly PromptFault[];
} {
  const name = basename(path, ".md");
  const { examples, bodyStart, faults: wrong } = readFrontMatter(content, name, sources.tools);
  const { text, placeholders, faults } = readPromptText(content, bodyStart, sources);
  return {
    prompt: { name, text, placeholders, ...(examples.length === 0 ? {} : { examples }) },
    faults: [...wrong, ...faults].map(({ offset, text }) => ({ place: placeIn(path, content, offset), text })),
  };
}
