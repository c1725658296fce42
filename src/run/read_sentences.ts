import { basename, join } from "node:path";
import type { PromptFile } from "../features/registry.ts";
import { BUILT_IN } from "../sentences/built_in.ts";
import { sectionsOf, type SentenceSection, TOOL_MENTION } from "../sentences/sections.ts";
import { variantFaults } from "../sentences/variant_text.ts";
import { type Found, listed, noTool, readFrontMatter } from "../sentences/front_matter.ts";
import { PLACEHOLDER, placeIn } from "../sentences/prompt_text.ts";
import { type PromptFault, type PromptSources, promptTexts } from "./prompt_files.ts";

/** Folder below a folder of prompts. */
export const SENTENCES = "sentences";

/** Sentences of a file, and what is wrong with it. */
interface Sentences {
  readonly right: Readonly<Record<string, string>>;
  readonly wrong: readonly Found[];
}

/**
 * Reads the sentences in the folders `sentences`, key by key: what a folder says goes before what the ones after it say. A sentence of the
 * last folder that is wrong or missing is a fault; a person's own that is wrong is noted, and the one that comes with Autonomy is used.
 *
 * @param faults gets what is wrong in the last folder
 * @returns files of sentences by their names, such as `sentences/turn.md`
 */
export async function readSentences(
  sources: PromptSources,
  faults: PromptFault[],
): Promise<Readonly<Record<string, PromptFile>>> {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = BUILT_IN;
  const said: Record<string, Readonly<Record<string, string>>> = {};
  for (const [index, folder] of sources.folders.entries()) {
    const isLast = index === sources.folders.length - 1;
    const tell = isLast ? (fault: PromptFault) => faults.push(fault) : sources.note ?? (() => {});
    for (const [file, text] of await promptTexts(sources, join(folder, SENTENCES))) {
      const path = join(folder, SENTENCES, file);
      const content = text.replaceAll("\r\n", "\n");
      const name = basename(file, ".md");
      const ours = known[name];
      if (ours === undefined) {
        tell({
          place: `${path}:1`,
          text: `There are no sentences "${name}"; there are ${listed(Object.keys(known))}.`,
        });
        continue;
      }
      const { right, wrong } = sentencesIn(content, name, ours, sources.tools);
      const missing = isLast ? Object.keys(ours).filter((key) => right[key] === undefined) : [];
      for (const { offset, text } of wrong) tell({ place: placeIn(path, content, offset), text });
      for (const key of missing) tell({ place: path, text: `The sentence "## ${key}" is missing or wrong.` });
      said[name] = { ...right, ...said[name] };
    }
  }
  return Object.fromEntries(
    Object.entries(said).map(([name, sentences]) => {
      const text = Object.entries(sentences).map(([key, sentence]) => `## ${key}\n${sentence}`).join("\n\n");
      return [`${SENTENCES}/${name}.md`, { name, text, placeholders: [], sentences }];
    }),
  );
}

function sentencesIn(
  content: string,
  name: string,
  known: Readonly<Record<string, string>>,
  tools: readonly string[],
): Sentences {
  const right: Record<string, string> = {};
  const wrong: Found[] = [...readFrontMatter(content, name, tools).faults];
  for (const section of sectionsOf(content)) {
    const ours = Object.hasOwn(known, section.name) ? known[section.name]! : null;
    const faults = ours === null
      ? [{
        offset: section.title,
        text: `There is no sentence "${section.name}"; there are ${listed(Object.keys(known))}.`,
      }]
      : right[section.name] !== undefined
      ? [{ offset: section.title, text: `The sentence "${section.name}" stands here twice.` }]
      : faultsOf(section, ours, content, tools);
    if (faults.length === 0) right[section.name] = section.text;
    wrong.push(...faults);
  }
  return { right, wrong };
}

/** What is wrong with a sentence: no text, placeholders that have no value in it, tools that there are not, blocks without an end. */
function faultsOf(section: SentenceSection, ours: string, content: string, tools: readonly string[]): Found[] {
  const { start, end } = section;
  const body = content.slice(start, end);
  if (section.text === "") return [{ offset: section.title, text: `The sentence "${section.name}" has no text.` }];
  const filled = [...new Set([...ours.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []))];
  const faults: Found[] = [];
  for (const { index, 1: name } of body.matchAll(PLACEHOLDER)) {
    if (name !== undefined && filled.includes(name)) continue;
    const text = name === undefined
      ? `"{{" begins a placeholder such as {{goal}}, but no name and "}}" follow.`
      : `There is no placeholder {{${name}}} in "${section.name}"; there are ${listed(filled)}.`;
    faults.push({ offset: start + index, text });
  }
  for (const { index, 1: tool = "" } of body.matchAll(TOOL_MENTION)) {
    if (!tools.includes(tool)) faults.push({ offset: start + index, text: noTool(tool, tools) });
  }
  return [...faults, ...variantFaults(body).map(({ offset, text }) => ({ offset: start + offset, text }))];
}
