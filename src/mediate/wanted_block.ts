import type { Block } from "./text_blocks.ts";

/** Labels of blocks that show how to use a file rather than what is in it. */
const BESIDE = /^(?:sh|bash|shell|zsh|console|terminal|text|txt|output|plaintext|log)$/i;
/** Labels that name the language of an extension other than by the extension itself. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  ts: ["typescript"],
  tsx: ["typescript", "typescriptreact"],
  js: ["javascript"],
  mjs: ["javascript", "js"],
  cjs: ["javascript", "js"],
  jsx: ["javascript"],
  py: ["python", "python3"],
  rs: ["rust"],
  go: ["golang"],
  rb: ["ruby"],
  md: ["markdown"],
  sh: ["bash", "shell"],
  yml: ["yaml"],
  yaml: ["yml"],
  cs: ["csharp"],
  cpp: ["c++"],
  h: ["c", "cpp"],
  kt: ["kotlin"],
  txt: ["text", "plaintext"],
};
/** What is said before a text that is not the new one. */
const EARLIER =
  /\b(?:before|old|original(?:ly)?|current(?:ly)?|previous(?:ly)?|existing|wrong|buggy|broken|faulty|incorrect|instead of|replace this|was)\b/i;
/** What is said before a text that shows the use of a file, or tests it. */
const USE =
  /\b(?:usage|use it|using it|run|try|test(?:s|ed|ing)?|verify|check|example|examples|output|prints?|result|install|call it|calling)\b/i;
/** What is said before the text that is meant. */
const NEW =
  /\b(?:new|fixed|corrected|updated|rewritten|complete|full|final|whole|improved|after|becomes|should be|the file|the code)\b/i;
/** A path at the beginning of a text, in a comment, or as all that a line says. */
const PATH = /(?<![\w./-])((?:[\w.@-]{1,80}\/){0,12}[\w.@-]{1,80}\.[A-Za-z][A-Za-z0-9]{0,9})(?![\w/-])/;

/**
 * Chooses of several blocks the one that was asked for: the one that names the file before one that names another, the new text
 * before the old one and before what uses it; of those that are left the longest.
 * @param blocks all blocks of a reply
 * @param path the file that the text is for
 * @param original what stood in its place before, where it is known
 * @returns the block, or null where there is none
 */
export function wantedBlock(
  blocks: readonly Block[],
  path: string | undefined,
  original: string | undefined,
): Block | null {
  const extension = extensionOf(path);
  const meant = blocks.filter(({ label }) => labelFits(label, extension));
  const plausible = meant.length > 0 ? meant : blocks.filter(({ label }) => !BESIDE.test(label));
  const candidates = plausible.length > 0 ? plausible : blocks;
  const ranked = candidates.map((block) => ({ block, rank: rankOf(block, path, original) }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  return ranked.filter(({ rank }) => rank === best).reduce<Block | null>(
    (longest, { block }) => longest === null || block.text.length > longest.text.length ? block : longest,
    null,
  );
}

function rankOf({ label, info, lead, text }: Block, path: string | undefined, original: string | undefined): number {
  let rank = /^(?:diff|patch)$/i.test(label) ? -3 : 0;
  const said = pathSaid(info, lead, text);
  if (path !== undefined && said !== null) rank += isPath(said, path) ? 8 : -8;
  if (original !== undefined && plain(text) === plain(original)) rank -= 6;
  if (path !== undefined && uses(text, path)) rank -= 6;
  const isNew = NEW.test(lead);
  if (EARLIER.test(lead) && !isNew) rank -= 4;
  else if (USE.test(lead) && !isNew) rank -= 4;
  else if (isNew) rank += 1;
  return rank;
}

/** The path that a fence, the line before it or the first line of its text names. */
function pathSaid(info: string, lead: string, text: string): string | null {
  const [first = ""] = text.trimStart().split("\n", 1);
  const comment =
    /^(?:\/\/|#+(?!!)|--|\/\*+|<!--|;+|%)\s*(?:file(?:name|path)?\s*:\s*)?(\S{1,300})\s*(?:\*\/|-->)?\s*$/i.exec(first)
      ?.[1];
  const inInfo = PATH.exec(info.slice(0, 400))?.[1];
  const inComment = PATH.exec(comment ?? "")?.[1];
  // A line before the block names its file where it is a heading or ends in a colon.
  const head = lead.length <= 200 && /^[#*`"'[(]|:\**$|^\S+$/.test(lead) ? PATH.exec(lead)?.[1] : undefined;
  return inInfo ?? inComment ?? head ?? null;
}

/** @returns whether a written path is the one of a file: the same, or a part of it from its end */
export function isPath(written: string, path: string): boolean {
  const one = written.replace(/^(?:\.?\/)+/, "");
  return one === path || path.endsWith(`/${one}`) || one.endsWith(`/${path}`);
}

/** Whether a text imports the file, which the file itself never does. */
function uses(text: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "").replace(/[^\w-]/g, "");
  if (name === "" || name === "index" || name === "main") return false;
  return text.split("\n").some((line) =>
    /\b(?:import|from|require|use|include|load)\b/.test(line) &&
    new RegExp(
      `(?:["'/<]${name}(?:\\.\\w{1,5})?["'>]|\\b(?:import|from|use|require)\\s+(?:[\\w.]{1,80}\\.)?${name}\\b)`,
    ).test(line.slice(0, 400))
  );
}

function plain(text: string): string {
  return text.replace(/\s+/g, "");
}

function labelFits(label: string, extension: string): boolean {
  if (extension === "" || label === "") return false;
  const name = label.toLowerCase();
  return name === extension || name.endsWith(`.${extension}`) || (LANGUAGES[extension]?.includes(name) ?? false);
}

/** @returns the extension of a path in small letters, without its dot; empty where there is none */
export function extensionOf(path: string | undefined): string {
  return /\.([a-z0-9]+)$/i.exec(path ?? "")?.[1]?.toLowerCase() ?? "";
}
