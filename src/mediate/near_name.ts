import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";

/** Words for one idea in arguments' names; the first that a schema declares is meant by any other of its row. */
const ALIASES: readonly (readonly string[])[] = [
  [
    "path",
    "file",
    "filename",
    "filepath",
    "file_path",
    "file_name",
    "folder",
    "directory",
    "dir",
    "folder_path",
    "dir_path",
    "directory_path",
  ],
  ["folder", "directory", "dir", "path"],
  [
    "content",
    "contents",
    "text",
    "body",
    "file_content",
    "file_contents",
    "new_content",
    "file_text",
    "code",
    "source_code",
  ],
  ["command", "cmd", "command_line"],
  ["query", "question", "request", "search", "text", "pattern", "search_text", "search_query", "term"],
  ["text", "query", "search", "pattern", "search_text", "term", "content", "message", "answer"],
  ["old_text", "old_string", "old_str", "search", "old", "find", "original"],
  ["new_text", "new_string", "new_str", "replace", "new", "replacement"],
  ["start_line", "start", "from_line", "line_start", "first_line", "from"],
  ["end_line", "end", "to_line", "line_end", "last_line", "to"],
  ["reason", "why", "explanation", "rationale"],
  ["question", "query", "text", "prompt"],
  ["summary", "text", "message", "result"],
];

/** Prefixes that models put before a tool's name. */
const PREFIX = /^(?:functions?|tools?|default_api|api|mcp)[.:/]+/i;

/** Tools whose call is a person's or a checker's word: approvals and the end of work. */
const VERDICT = /^(?:approve|finish)(?:_|$)/;

/**
 * Says whether calling a tool is a verdict, which no repair may bring about.
 * @returns true for approvals and the end of work
 */
export function isVerdict(name: string): boolean {
  return VERDICT.test(name);
}

/** What servers and templates leave behind a name: marks, their words, the number of a call, its brackets. */
const BEHIND =
  /^[\p{L}\p{N}_.:/-]{1,120}?(?=\s*(?:<[|｜/]|[|｜]>|<\w+>|\[(?:ARGS|CALL_ID)\]|\()|:\d{1,4}$|["'\x60,;]+$|\s+(?:json|code)$)/u;
/** What a stripped template leaves before a name. */
const RECIPIENT = /^[\s\S]{0,60}\bto=/;

/**
 * Takes a tool's name out of what stands in its place: `read_file<|channel|>commentary`, `functions.read_file:0`.
 * @param written the name as written
 * @returns the name without marks; as written where there are none
 */
export function withoutMarks(written: string): string {
  const name = written.trim().replace(RECIPIENT, "");
  return BEHIND.exec(name)?.[0] ?? name;
}

/**
 * Finds the tool that a written name means: the name itself, the name with marks behind it, the same name in another writing, or the only one that differs by
 * a slip of a letter or two within words that begin alike (so that `lock` is never read as `unlock`). A verdict
 * ({@link isVerdict}) is never meant by a slip.
 * @returns the tool, or null where none or more than one is meant
 */
export function nearTool(written: string, tools: readonly ToolDeclaration[]): ToolDeclaration | null {
  const exact = tools.find(({ name }) => name === written);
  if (exact !== undefined) return exact;
  if (written.length > 200) return null;
  const plain = plainName(withoutMarks(written));
  const same = tools.filter(({ name }) => plainName(name) === plain);
  if (same.length > 0) return same.length === 1 ? same[0] ?? null : null;
  // `search` for `catalogue.search`: the last part of one name only.
  const last = tools.filter(({ name }) =>
    plainName(name.slice(name.lastIndexOf(".") + 1)) === plain && name.includes(".")
  );
  if (last.length > 0) return last.length === 1 ? last[0] ?? null : null;
  const near = tools.filter(({ name }) => !isVerdict(name) && slipOf(plainName(name), plain));
  return near.length === 1 ? near[0] ?? null : null;
}

/**
 * Finds the one name that a written name means: the same in another writing, or the only one that differs by a slip of a letter or two.
 * @returns the name, or null where none or more than one is meant
 */
export function nearName(written: string, names: readonly string[]): string | null {
  const plain = plainName(written);
  const same = names.filter((name) => plainName(name) === plain);
  const near = same.length > 0 ? same : names.filter((name) => slipOf(plainName(name), plain));
  return near.length === 1 ? near[0] ?? null : null;
}

/**
 * Gives arguments the names that a schema declares: another writing of the name (`filePath`), a word for the same idea
 * (`folder` for `path`) or a slip, each only where one argument is missing and one reading is possible.
 * @param schema schema of the arguments
 * @returns the arguments with declared names where possible, and what was renamed
 */
export function nearArguments(
  given: Record<string, unknown>,
  schema: JsonSchema,
): { readonly value: Record<string, unknown>; readonly repairs: readonly string[] } {
  const declared = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const unknown = Object.keys(given).filter((key) => !declared.includes(key));
  const absent = declared.filter((key) => !Object.hasOwn(given, key));
  if (unknown.length === 0 || absent.length === 0) return { value: given, repairs: [] };
  const renamed = new Map<string, string>();
  const rename = (meant: (from: string, to: string) => boolean) => {
    for (const from of unknown.filter((key) => !renamed.has(key))) {
      const taken = new Set(renamed.values());
      const targets = absent.filter((to) => !taken.has(to) && meant(from, to));
      const [to] = targets;
      if (targets.length !== 1 || to === undefined) continue;
      const rivals = unknown.filter((key) => key !== from && !renamed.has(key) && meant(key, to));
      if (rivals.length === 0) renamed.set(from, to);
    }
  };
  rename((from, to) => plainName(from) === plainName(to));
  rename((from, to) => required.has(to) && ALIASES.some((row) => row[0] === to && row.includes(snake(from))));
  rename((from, to) => slipOf(plainName(to), plainName(from)));
  if (renamed.size === 0) return { value: given, repairs: [] };
  return {
    value: Object.fromEntries(Object.entries(given).map(([key, value]) => [renamed.get(key) ?? key, value])),
    repairs: [...renamed].map(([from, to]) => `argument "${from}" read as "${to}"`),
  };
}

function snake(name: string): string {
  return name.trim().replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[\s.-]+/g, "_").toLowerCase();
}

/** A name without case, prefix and the marks between its words. */
function plainName(name: string): string {
  return snake(name.trim().replaceAll("\\_", "_").replace(PREFIX, "").replace(/(?:\.call)?(?:\(\))?$/, "")).replace(
    /^_+|_+$/g,
    "",
  )
    .replace(/_+/g, "_");
}

/** Whether two names have the same words but for one slip (two in a long word). */
function slipOf(wanted: string, written: string): boolean {
  const words = wanted.split("_");
  const others = written.split("_");
  if (words.length !== others.length) return words.join("") === others.join("");
  let slips = 0;
  for (const [index, word] of words.entries()) {
    const other = others[index] ?? "";
    if (word === other) continue;
    if (word.length < 4 || word[0] !== other[0] || ++slips > 1) return false;
    if (distance(word, other) > (word.length >= 8 ? 2 : 1)) return false;
  }
  return slips === 1;
}

/** Edits between two words: insert, delete, replace, swap of neighbours. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return 3;
  let older: number[] = [];
  let old = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const now = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      let best = Math.min((old[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (old[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        best = Math.min(best, (older[column - 2] ?? 0) + 1);
      }
      now.push(best);
    }
    older = old;
    old = now;
  }
  return old[right.length] ?? 0;
}
