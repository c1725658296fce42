import { basename, join } from "node:path";
import { listed, noTool, readFrontMatter } from "./front_matter.ts";
import { TOOL_MENTION } from "../sentences/sections.ts";
import { PLACEHOLDER, placeIn, type PromptFault, type PromptSources, promptTexts } from "./prompt_files.ts";
import { readSentences } from "./read_sentences.ts";
import { variantFaults } from "../sentences/variant_text.ts";
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
  const faults: PromptFault[] = [];
  const at = (offset: number, text: string) => faults.push({ place: placeIn(path, content, offset), text });
  const name = basename(path, ".md");
  const { examples, bodyStart, faults: wrong } = readFrontMatter(content, name, sources.tools);
  for (const { offset, text } of wrong) at(offset, text);
  const body = content.slice(bodyStart);
  if (body.trim() === "") at(content.length, "The prompt has no text after its front matter.");
  const placeholders = new Set<string>();
  for (const found of body.matchAll(PLACEHOLDER)) {
    const placeholder = found[1];
    if (placeholder === undefined) {
      at(bodyStart + found.index, `"{{" begins a placeholder such as {{goal}}, but no name and "}}" follow.`);
    } else if (sources.placeholders.includes(placeholder)) placeholders.add(placeholder);
    else {at(
        bodyStart + found.index,
        `There is no placeholder {{${placeholder}}}; there are ${listed(sources.placeholders)}.`,
      );}
  }
  for (const found of body.matchAll(TOOL_MENTION)) {
    const tool = found[1] ?? "";
    if (!sources.tools.includes(tool)) at(bodyStart + found.index, noTool(tool, sources.tools));
  }
  for (const fault of variantFaults(body.replaceAll("\r\n", "\n"))) at(bodyStart + fault.offset, fault.text);
  const text = body.replaceAll(TOOL_MENTION, "$1").replaceAll("\r\n", "\n").trim();
  const prompt = { name, text, placeholders: [...placeholders], ...(examples.length === 0 ? {} : { examples }) };
  return { prompt, faults };
}
