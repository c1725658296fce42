import type { Languages } from "../../languages/language.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { contentHash } from "../../work/content_hash.ts";
import { layoutFacts, nameFacts, spacingFacts } from "./style_facts.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Standards that a prompt names; more would be a document. */
const MOST = 10;
/** Lines that are taken out of a file of rules. */
const RULE_LINES = 8;
/** Characters of one rule. */
const RULE_CHARS = 160;
/** Results that are kept, by the content of what they were read from. */
const KEPT = 64;

/** Files in which people write rules down, in order of weight. */
const RULE_FILES = ["AGENTS.md", "CONVENTIONS.md", "CLAUDE.md", ".cursorrules", ".github/copilot-instructions.md"];

const known = new WeakMap<Languages, Map<string, readonly string[]>>();

/**
 * Finds out by which standards a project is written: formatter and linter configurations, rules that people wrote down beside the file
 * and in the folders above it, where tests stand, and how the neighbours of the file are named and import. Read from the project alone,
 * and kept by the content of what was read.
 *
 * @param target file that is to be changed; null where none is known
 * @param languages which say what their configurations mean
 * @returns sentences, the most binding first
 */
export async function detectStandards(
  workspace: Pick<Workspace, "read">,
  files: readonly string[],
  target: string | null,
  from: Wording,
  signal: AbortSignal,
  languages: Languages,
): Promise<readonly string[]> {
  const present = new Set(files);
  const standards = Object.values(languages).flatMap((language) => language.standards ?? []);
  const configurations = new Map([
    [".editorconfig", editorFacts],
    ...standards.flatMap((one) => Object.entries(one.configurations ?? {})),
  ]);
  const rules = foldersUp(target).flatMap((folder) => RULE_FILES.map((name) => `${folder}${name}`)).filter((path) =>
    present.has(path)
  );
  const wanted = [
    ...rules,
    ...[...configurations.keys()].filter((path) => present.has(path)),
    ...neighboursOf(target, files),
  ];
  const texts = new Map<string, string>();
  const hashes: string[] = [];
  for (const path of wanted) {
    signal.throwIfAborted();
    try {
      const { text, hash } = await workspace.read(path);
      texts.set(path, text);
      hashes.push(`${path} ${hash}`);
    } catch {
      // Not text, or gone since it was listed: it sets no standard.
    }
  }
  const words = JSON.stringify(from.prompts?.["sentences/standards.md"]?.sentences ?? null);
  const key = contentHash([target ?? "", words, ...hashes, ...files].join("\n"));
  const kept = known.get(languages) ?? new Map<string, readonly string[]>();
  known.set(languages, kept);
  const before = kept.get(key);
  if (before !== undefined) return before;
  const beside = neighboursOf(target, files).flatMap((path) => texts.get(path) ?? []).join("\n");
  const found = [
    ...rules.flatMap((path) => rulesIn(path, texts.get(path) ?? "")),
    ...[...configurations].flatMap(([path, says]) =>
      (texts.get(path) ?? "") === "" ? [] : says(texts.get(path)!, from)
    ),
    ...layoutFacts(files, target, from, languages),
    ...nameFacts(files, target, from),
    ...standards.flatMap((one) => one.habits?.(beside, from) ?? []),
    ...spacingFacts(beside, from),
  ];
  const told = [...new Set(found)].slice(0, MOST);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, told);
  return told;
}

/** Folders from the file's own up to the project's, each with its stroke; "" is the project. */
function foldersUp(target: string | null): string[] {
  const parts = (target ?? "").split("/").slice(0, -1);
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join("/")}/`), ""];
}

/** A few files of the same kind beside the target. */
function neighboursOf(target: string | null, files: readonly string[]): string[] {
  const path = target ?? files.find((one) => /^(?:src|lib|app)\/.*\.\w+$/.test(one)) ?? null;
  if (path === null) return [];
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const ending = /\.\w+$/.exec(path)?.[0] ?? "";
  return files.filter((one) =>
    one.startsWith(folder) && !one.slice(folder.length).includes("/") && one.endsWith(ending)
  ).slice(0, 4);
}

/** The first rules of a file that people wrote: its list items, else its first sentences. */
function rulesIn(path: string, text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const items = lines.flatMap((line) => /^(?:[-*+]|\d+[.)])\s+(.+)$/.exec(line)?.[1] ?? []);
  const plain = lines.filter((line) => line !== "" && !/^[#<`|>-]/.test(line));
  const rules = (items.length > 0 ? items : plain).slice(0, RULE_LINES);
  return rules.map((rule) => `${path}: ${rule.length <= RULE_CHARS ? rule : `${rule.slice(0, RULE_CHARS - 1)}…`}`);
}

function editorFacts(text: string, from: Wording): string[] {
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, "m").exec(text)?.[1];
  const style = value("indent_style");
  const size = value("indent_size");
  if (style === undefined) return [];
  if (style === "tab") return [say(from, "standards.tabs")];
  return [size === undefined ? say(from, "standards.some_spaces") : say(from, "standards.spaces", { count: size })];
}
