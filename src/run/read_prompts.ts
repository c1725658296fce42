import { basename, join } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { variantFaults } from "../prompt/variant_text.ts";
import type { PromptFile } from "../features/registry.ts";

/** What prompt files are checked with. */
export interface PromptSources {
  /** Folders with `*.md`, the one whose files count most first: a file hides those of the same name in later folders. */
  readonly folders: readonly string[];
  /** Placeholders that are filled in, without braces. */
  readonly placeholders: readonly string[];
  /** Names of all tools and decisions. */
  readonly tools: readonly string[];
}

/** Something wrong in a prompt file. */
export interface PromptFault {
  /** `file:line`, the line counted from 1. */
  readonly place: string;
  readonly text: string;
}

/** Prompt files that cannot be used; its message has one line per fault. */
export class PromptsRefused extends Error {
  override readonly name = "PromptsRefused";

  /** @param faults all that is wrong, at least one */
  constructor(readonly faults: readonly PromptFault[]) {
    super(["The prompts cannot be used:", ...faults.map(({ place, text }) => `${place}: ${text}`)].join("\n  "));
  }
}

/** Front matter between two lines of dashes at the beginning of a file. */
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;
/** `{{name}}`, or braces that were meant to be one. */
const PLACEHOLDER = /\{\{(?:\s*([a-z][a-z0-9_]*)\s*\}\})?/g;
/** A mention of a tool; the mark makes it checked and is taken off. */
const TOOL_MENTION = /\btool:([A-Za-z0-9_]+)/g;

/**
 * Reads the prompt files of some folders: Markdown with front matter (`name`: the file's name without `.md`; `for`: the role, phase
 * or reminder it is for; `tools`: names of tools that it speaks of; `examples`: tools of which a small model is shown the call, the
 * first that it has). A text may hold placeholders such as `{{goal}}`, names tools as
 * `tool:read_file`, which becomes `read_file`, and may have lines between `<small>` and `</small>` for models up to 14b alone, or between
 * `<large>` and `</large>` for larger ones.
 *
 * @param sources folders, and the placeholders and tools that there are
 * @returns prompts by file name, such as `coding.md`, without front matter and without blank lines at both ends
 * @throws {PromptsRefused} when a file has no or wrong front matter, an unknown placeholder or tool, or no text
 */
export async function readPrompts(sources: PromptSources): Promise<Readonly<Record<string, PromptFile>>> {
  const prompts: Record<string, PromptFile> = {};
  const faults: PromptFault[] = [];
  for (const folder of sources.folders) {
    for (const file of await markdownFiles(folder)) {
      if (Object.hasOwn(prompts, file)) continue;
      const path = join(folder, file);
      const { prompt, faults: found } = readPrompt(path, await Deno.readTextFile(path), sources);
      prompts[file] = prompt;
      faults.push(...found);
    }
  }
  if (faults.length > 0) throw new PromptsRefused(faults);
  return prompts;
}

async function markdownFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory && entry.name.endsWith(".md") && !entry.name.startsWith(".")) files.push(entry.name);
    }
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  return files.sort();
}

function readPrompt(path: string, content: string, sources: PromptSources): {
  readonly prompt: PromptFile;
  readonly faults: readonly PromptFault[];
} {
  const faults: PromptFault[] = [];
  let examples: readonly string[] = [];
  const at = (offset: number, text: string) =>
    faults.push({ place: `${path}:${content.slice(0, offset).split("\n").length}`, text });
  const name = basename(path, ".md");
  const matter = FRONT_MATTER.exec(content);
  if (matter === null || matter.index !== 0) {
    at(0, `A prompt begins with front matter: a line "---", "name: ${name}", "for: …", and again "---".`);
  } else {
    const start = matter[0].indexOf(matter[1] ?? "", 3);
    const head = readFrontMatter(matter[1] ?? "", name, sources.tools);
    for (const { offset, text } of head.faults) at(start + offset, text);
    examples = head.examples;
  }
  const bodyStart = matter?.index === 0 ? matter[0].length : 0;
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

interface Found {
  readonly offset: number;
  readonly text: string;
}

/** What the front matter of a file says: tools whose call is shown as an example, and what is wrong with it. */
interface FrontMatter {
  readonly examples: readonly string[];
  readonly faults: readonly Found[];
}

function readFrontMatter(matter: string, name: string, tools: readonly string[]): FrontMatter {
  const lines = new LineCounter();
  const document = parseDocument(matter, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      offset: pos[0],
      text: `The front matter is no YAML: ${message}`,
    }));
    return { examples: [], faults };
  }
  if (!isMap(document.contents)) {
    return { examples: [], faults: [{ offset: 0, text: 'The front matter must hold "name: …" and "for: …".' }] };
  }
  const faults: Found[] = [];
  let examples: readonly string[] = [];
  const values = new Map<string, unknown>();
  for (const { key } of document.contents.items) {
    const word = isScalar(key) ? String(key.value) : "";
    const offset = isScalar(key) ? key.range?.[0] ?? 0 : 0;
    const plain: unknown = document.get(word);
    values.set(word, plain);
    if (word === "name") {
      if (plain !== name) {
        faults.push({ offset, text: `"name" must be the file's own name "${name}", but is ${JSON.stringify(plain)}.` });
      }
    } else if (word === "for") {
      if (typeof plain !== "string" || plain.trim() === "") {
        faults.push({ offset, text: '"for" must say what it is for.' });
      }
    } else if (word === "tools" || word === "examples") {
      const named: unknown = document.toJS()[word];
      if (!Array.isArray(named)) faults.push({ offset, text: `"${word}" must be a list of names of tools.` });
      else {
        if (word === "examples") examples = named.map(String);
        for (const tool of named.filter((item) => !tools.includes(item))) {
          faults.push({
            offset: Math.max(offset, matter.indexOf(String(tool), offset)),
            text: noTool(String(tool), tools),
          });
        }
      }
    } else {
      const text = `The front matter has no "${word}"; it has "name", "for", "tools" and "examples".`;
      faults.push({ offset, text });
    }
  }
  for (const word of ["name", "for"]) {
    if (!values.has(word)) faults.push({ offset: 0, text: `The front matter lacks "${word}".` });
  }
  return { examples, faults };
}

function noTool(name: string, tools: readonly string[]): string {
  return `There is no tool "${name}"; the tools are ${listed(tools)}.`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
