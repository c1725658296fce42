import { extensionOf, isPath } from "./wanted_block.ts";

/** Lines that take the place of others. */
export interface Hunk {
  readonly old: readonly string[];
  readonly new: readonly string[];
  /** Line at which the old ones are said to begin, counted from 1; null where nothing is said. */
  readonly at: number | null;
}

/** How a change is written. */
export type ChangeForm = "diff" | "search" | "patch";

/** A text that says a change of a file in place of the file. */
export type Change =
  | { readonly form: ChangeForm; readonly hunks: readonly Hunk[] }
  /** The change writes a whole file. */
  | { readonly form: ChangeForm; readonly whole: string }
  /** It cannot be read, or is one of another file. */
  | { readonly form: ChangeForm; readonly fault: "unreadable" | "other_file" };

const RANGES = /^@@+ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,\d{1,9})? @@+/;
const HUNK = /^@@(?:\s|$)/;
const SEARCH = /^[ \t]*(?:<{5,9}|-{5,9}) ?(?:SEARCH|ORIGINAL|OLD|BEFORE|HEAD|CURRENT)\b.{0,200}$/i;
const DIVIDER = /^[ \t]*={5,9}[ \t]*$/;
const REPLACE = /^[ \t]*(?:>{5,9}|\+{5,9})(?: ?[\w./ -]{0,200})?$/;
const PATCH = /^\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: .{1,400})\s*$/;
const PATCH_FILE = /^\*\*\* (Update|Add|Delete) File: (.{1,400}?)\s*$/;
const FILE_HEAD =
  /^(?:diff --git |index [0-9a-f]{4,40}\.\.|--- |\+\+\+ |new file mode|deleted file mode|similarity index|rename (?:from|to) |old mode|new mode)/;

/**
 * Reads a text as a change: a diff, a hunk of one, SEARCH/REPLACE blocks, a patch of `apply_patch`.
 * @param text what stands in place of a file's text
 * @param known `path` of the file, `original`, its text where it is known, and the `label` of the text's fence
 * @returns the change, or null where the text is none
 */
export function readChange(
  text: string,
  known: { readonly path?: string; readonly original?: string; readonly label?: string } = {},
): Change | null {
  const { path, original, label = "" } = known;
  if (/^(?:diff|patch)$/.test(extensionOf(path))) return null;
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const first = lines.findIndex((line) => line.trim() !== "" && line.trim() !== path);
  const begun = lines[first] ?? "";
  // A file that holds such marks itself may go on holding them.
  const isMark = (line: string) => SEARCH.test(line) || PATCH.test(line) || RANGES.test(line);
  if (original !== undefined && original.split("\n").some(isMark)) return null;
  if (PATCH.test(begun)) return readPatch(lines.slice(first), path);
  const prose = /^(?:md|mdx|markdown|txt|rst)$/.test(extensionOf(path));
  if (SEARCH.test(begun) || (!prose && holdsSearch(lines))) return readSearch(lines.slice(first));
  const isDiff = RANGES.test(begun) || (HUNK.test(begun) && lines.some((line) => /^[+-]/.test(line))) ||
    (FILE_HEAD.test(begun) && lines.some((line) => HUNK.test(line) || /^\+\+\+ /.test(line))) ||
    (/^(?:diff|patch)$/i.test(label) && signed(lines)) ||
    (!prose && !/^ya?ml$/.test(extensionOf(path)) && bare(lines, original));
  return isDiff ? readDiff(lines.slice(first), path) : null;
}

function holdsSearch(lines: readonly string[]): boolean {
  const from = lines.findIndex((line) => SEARCH.test(line));
  if (from < 0) return false;
  const divider = lines.findIndex((line, index) => index > from && DIVIDER.test(line));
  return divider > 0 && lines.some((line, index) => index > divider && REPLACE.test(line));
}

/** Whether every line has a sign of a diff, and some change something. */
function signed(lines: readonly string[]): boolean {
  return lines.every((line) => line === "" || /^(?:[-+ \\]|@@)/.test(line)) && lines.some((line) => /^[-+]/.test(line));
}

/** A diff without its heads: every line has a sign, and what it takes away stands in the file. */
function bare(lines: readonly string[], original: string | undefined): boolean {
  const removed = lines.flatMap((line) => /^-(?!-)/.test(line) ? [line.slice(1).trim()] : []);
  if (original === undefined || removed.length === 0 || !signed(lines) || !lines.some((line) => line.startsWith("+"))) {
    return false;
  }
  const stand = new Set(original.split("\n").map((line) => line.trim()));
  return removed.every((line) => stand.has(line));
}

function readSearch(lines: readonly string[]): Change {
  const hunks: Hunk[] = [];
  let old: string[] | null = null;
  let fresh: string[] | null = null;
  for (const line of lines) {
    if (old === null) {
      if (SEARCH.test(line)) old = [];
      // What stands beside the blocks is neither of them.
      else if (line.trim() !== "" && !/^\s*(?:`{3,}|~{3,})/.test(line) && hunks.length > 0 && !isPathLine(line)) {
        return { form: "search", fault: "unreadable" };
      }
    } else if (fresh === null) {
      if (DIVIDER.test(line)) fresh = [];
      else old.push(line);
    } else if (REPLACE.test(line)) {
      hunks.push({ old, new: fresh, at: null });
      old = fresh = null;
    } else fresh.push(line);
  }
  return old !== null || hunks.length === 0 ? { form: "search", fault: "unreadable" } : { form: "search", hunks };
}

function isPathLine(line: string): boolean {
  return /^\s*[\w./@-]{1,300}:?\s*$/.test(line);
}

function readPatch(lines: readonly string[], path: string | undefined): Change {
  const form = "patch";
  const sections: { readonly does: string; readonly file: string; readonly lines: string[] }[] = [];
  for (const line of lines) {
    const head = PATCH_FILE.exec(line);
    if (head !== null) sections.push({ does: head[1] ?? "", file: head[2] ?? "", lines: [] });
    else if (!/^\*\*\* (?:Begin Patch|End Patch|End of File|Move to: )/.test(line)) sections.at(-1)?.lines.push(line);
  }
  const own = sections.filter(({ file }) => path === undefined || isPath(file, path));
  const [section, ...more] = own;
  if (section === undefined || more.length > 0 || section.does === "Delete") {
    return { form, fault: sections.length > 0 && section === undefined ? "other_file" : "unreadable" };
  }
  if (section.does === "Add") {
    return { form, whole: section.lines.map((line) => line.startsWith("+") ? line.slice(1) : line).join("\n") };
  }
  const hunks = hunksOf(section.lines);
  return hunks.length === 0 ? { form, fault: "unreadable" } : { form, hunks };
}

function readDiff(lines: readonly string[], path: string | undefined): Change {
  const form = "diff";
  const files = lines.flatMap((line) => {
    const file = /^\+\+\+ (?:b\/)?([^\t]{1,400})/.exec(line)?.[1]?.trim();
    return file === undefined || file === "/dev/null" ? [] : [file];
  });
  if (files.length > 1) return { form, fault: "unreadable" };
  if (path !== undefined && files[0] !== undefined && !isPath(files[0], path)) return { form, fault: "other_file" };
  const isNew = lines.some((line) => /^--- \/dev\/null\s*$/.test(line) || /^@@ -0,0 /.test(line));
  let head = lines.findIndex((line) => HUNK.test(line));
  if (head < 0) head = lines.findLastIndex((line) => FILE_HEAD.test(line)) + 1;
  const hunks = hunksOf(lines.slice(head));
  if (hunks.length === 0) return { form, fault: "unreadable" };
  const [only] = hunks;
  return isNew && only !== undefined && hunks.length === 1 && only.old.length === 0
    ? { form, whole: only.new.join("\n") }
    : { form, hunks };
}

/** The hunks of lines with signs; a line without one is taken as it is, which models forget before what stays. */
function hunksOf(lines: readonly string[]): readonly Hunk[] {
  const hunks: { readonly old: string[]; readonly new: string[]; readonly at: number | null }[] = [];
  const ended = lines.findLastIndex((line) => line !== "") + 1;
  let open = hunks[0];
  for (const line of lines.slice(0, ended)) {
    if (HUNK.test(line) || RANGES.test(line)) {
      const at = RANGES.exec(line)?.[1];
      hunks.push(open = { old: [], new: [], at: at === undefined ? null : Number(at) });
    } else if (!line.startsWith("\\ No newline")) {
      if (open === undefined) hunks.push(open = { old: [], new: [], at: null });
      const sign = line[0];
      const rest = sign === "+" || sign === "-" || sign === " " ? line.slice(1) : line;
      if (sign !== "+") open.old.push(rest);
      if (sign !== "-") open.new.push(rest);
    }
  }
  return hunks.filter((hunk) => hunk.old.length + hunk.new.length > 0 && hunk.old.join("\n") !== hunk.new.join("\n"));
}
