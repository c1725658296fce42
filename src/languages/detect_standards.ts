import { parse as parseJsonc } from "jsonc-parser";
import { importFacts, layoutFacts, nameFacts } from "./style_facts.ts";
import type { Workspace } from "../ports/workspace.ts";
import { contentHash } from "../work/content_hash.ts";

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

/** Configurations of formatters and linters. */
const CONFIGS = [
  ".editorconfig",
  ".prettierrc",
  ".prettierrc.json",
  "prettier.config.js",
  "biome.json",
  "deno.json",
  "deno.jsonc",
  "package.json",
  "tsconfig.json",
  "eslint.config.js",
  "eslint.config.mjs",
  ".eslintrc.json",
  "pyproject.toml",
  "ruff.toml",
  "setup.cfg",
  "rustfmt.toml",
  ".golangci.yml",
];

const known = new Map<string, readonly string[]>();

/**
 * Finds out by which standards a project is written: formatter and linter configurations, rules that people wrote down beside the file
 * and in the folders above it, where tests stand, and how the neighbours of the file are named and import. Read from the project alone,
 * and kept by the content of what was read.
 *
 * @param workspace the project
 * @param files its files
 * @param target file that is to be changed; null where none is known
 * @param signal ends it
 * @returns sentences, the most binding first
 */
export async function detectStandards(
  workspace: Pick<Workspace, "read">,
  files: readonly string[],
  target: string | null,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const present = new Set(files);
  const rules = foldersUp(target).flatMap((folder) => RULE_FILES.map((name) => `${folder}${name}`)).filter((path) =>
    present.has(path)
  );
  const wanted = [...rules, ...CONFIGS.filter((path) => present.has(path)), ...neighboursOf(target, files)];
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
  const key = contentHash([target ?? "", ...hashes, ...files.filter(isTestLike)].join("\n"));
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = [
    ...rules.flatMap((path) => rulesIn(path, texts.get(path) ?? "")),
    ...CONFIGS.flatMap((path) => configFacts(path, texts.get(path) ?? "")),
    ...layoutFacts(files, target),
    ...nameFacts(files, target),
    ...importFacts(neighboursOf(target, files).flatMap((path) => texts.get(path) ?? [])),
  ];
  const standards = [...new Set(found)].slice(0, MOST);
  if (known.size >= KEPT) known.delete(known.keys().next().value!);
  known.set(key, standards);
  return standards;
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

function isTestLike(path: string): boolean {
  return /test|spec/i.test(path);
}

/** The first rules of a file that people wrote: its list items, else its first sentences. */
function rulesIn(path: string, text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const items = lines.flatMap((line) => /^(?:[-*+]|\d+[.)])\s+(.+)$/.exec(line)?.[1] ?? []);
  const plain = lines.filter((line) => line !== "" && !/^[#<`|>-]/.test(line));
  const rules = (items.length > 0 ? items : plain).slice(0, RULE_LINES);
  return rules.map((rule) => `${path}: ${rule.length <= RULE_CHARS ? rule : `${rule.slice(0, RULE_CHARS - 1)}…`}`);
}

/** What a configuration says about how code is written. */
function configFacts(path: string, text: string): string[] {
  if (text === "") return [];
  switch (path) {
    case ".editorconfig":
      return editorFacts(text);
    case ".prettierrc":
    case ".prettierrc.json":
      return prettierFacts(objectIn(text));
    case "package.json":
      return packageFacts(objectIn(text));
    case "deno.json":
    case "deno.jsonc":
      return denoFacts(objectIn(text));
    case "tsconfig.json":
      return isRecord(objectIn(text).compilerOptions) && (objectIn(text).compilerOptions as Fields).strict === true
        ? ["TypeScript is strict: no implicit any, null is checked."]
        : [];
    case "pyproject.toml":
    case "ruff.toml":
    case "setup.cfg":
      return pythonFacts(text);
    case "rustfmt.toml":
      return ["Formatted by rustfmt."];
    case ".golangci.yml":
      return ["Formatted by gofmt, linted by golangci-lint."];
    case "biome.json":
      return ["Formatted and linted by Biome."];
    default:
      return /eslint/.test(path) ? ["Linted by ESLint."] : [];
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectIn(text: string): Fields {
  const value: unknown = parseJsonc(text);
  return isRecord(value) ? value : {};
}

function editorFacts(text: string): string[] {
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, "m").exec(text)?.[1];
  const style = value("indent_style");
  const size = value("indent_size");
  return style === undefined ? [] : [style === "tab" ? "Indented by tabs." : `Indented by ${size ?? "some"} spaces.`];
}

function prettierFacts(config: Fields): string[] {
  const parts = [
    ...(config.useTabs === true ? ["tabs"] : typeof config.tabWidth === "number" ? [`${config.tabWidth} spaces`] : []),
    ...(config.singleQuote === true ? ["single quotes"] : config.singleQuote === false ? ["double quotes"] : []),
    ...(config.semi === false ? ["no semicolons"] : []),
    ...(typeof config.printWidth === "number" ? [`lines up to ${config.printWidth}`] : []),
    ...(config.trailingComma === "none" ? ["no trailing commas"] : []),
  ];
  return [`Formatted by Prettier${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`];
}

function packageFacts(config: Fields): string[] {
  const all = {
    ...(isRecord(config.dependencies) ? config.dependencies : {}),
    ...(isRecord(config.devDependencies) ? config.devDependencies : {}),
  };
  const runner = ["vitest", "jest", "mocha", "ava"].find((name) => name in all);
  const scripts = isRecord(config.scripts) ? String(config.scripts.test ?? "") : "";
  return [
    ...(config.type === "module" ? ["ES modules: import and export, relative imports with their file ending."] : []),
    ...(runner !== undefined
      ? [`Tests run by ${runner}.`]
      : /node --test/.test(scripts)
      ? ["Tests run by node:test."]
      : []),
    ...(isRecord(config.prettier) ? prettierFacts(config.prettier) : []),
    ...("standard" in all ? ["Linted by standard: no semicolons, single quotes."] : []),
  ];
}

function denoFacts(config: Fields): string[] {
  const format = isRecord(config.fmt) ? config.fmt : {};
  const parts = [
    ...(typeof format.lineWidth === "number" ? [`lines up to ${format.lineWidth}`] : []),
    ...(format.useTabs === true
      ? ["tabs"]
      : typeof format.indentWidth === "number"
      ? [`${format.indentWidth} spaces`]
      : []),
    ...(format.singleQuote === true ? ["single quotes"] : []),
    ...(format.semiColons === false ? ["no semicolons"] : []),
  ];
  return [`Formatted by deno fmt${parts.length === 0 ? "" : `: ${parts.join(", ")}`}; imports with their file ending.`];
}

function pythonFacts(text: string): string[] {
  const width = /^\s*(?:line-length|line_length|max-line-length)\s*=\s*(\d+)/m.exec(text)?.[1];
  const tool = /\[tool\.ruff|^\s*\[lint\]/m.test(text)
    ? "Ruff"
    : /\[tool\.black/.test(text)
    ? "Black"
    : /flake8/.test(text)
    ? "flake8"
    : null;
  return [
    ...(tool === null ? [] : [`Formatted by ${tool}${width === undefined ? "" : `, lines up to ${width}`}.`]),
    ...(/\[tool\.mypy|\[mypy/.test(text) ? ["Types are checked by mypy: annotate new functions."] : []),
    ...(/\[tool\.pytest/.test(text) ? ["Tests run by pytest."] : []),
  ];
}
