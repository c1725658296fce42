import { type FileDifference, sayLines } from "../../tell/changed_part.ts";
import { counted } from "../../kernel/text.ts";
import { type Line, type Look, partOf, span, spread } from "../line.ts";
import { inStyle } from "../markdown.ts";
import { codeOfRows, type LineOfCode } from "./code_of_rows.ts";
import { type PatchRow, patchRows } from "./patch_rows.ts";
import { cells, cut, neutralise, oneLine, wrap } from "../text.ts";

/** What happened to a file, in words. */
export const CHANGE_WORDS: Readonly<Record<FileDifference["change"], string>> = {
  made: "new",
  changed: "changed",
  deleted: "deleted",
};

/** What stands before the rest of a line that is longer than a row, and a tab. */
const GOES_ON = "↪ ";
const TAB = "→ ";

/** Rows narrower than this have no numbers of lines. */
const NUMBERED_FROM = 44;

/** Texts from the top that have the colours of code: those that a file may have beyond it are fewer than are kept. */
const MOST_COLOURED = 400;

/**
 * Lays out what is different in files: each with its name and how many lines, then its hunks with the numbers of lines.
 *
 * @param files differences
 * @param width cells of a row
 * @param look colours of code
 */
export function differenceLines(files: readonly FileDifference[], width: number, look: Look): Line[] {
  let left = MOST_COLOURED;
  const codesOf = (path: string, rows: readonly PatchRow[]) => {
    const codes = left > 0 ? codeOfRows(path, rows) : [];
    left -= new Set(codes.map((code) => code?.of)).size;
    return codes;
  };
  return files.flatMap((file, index): Line[] => [
    ...(index === 0 ? [] : [[]]),
    spread([span(`${CHANGE_WORDS[file.change]} `, "dim"), span(oneLine(file.path), "strong")], countOf(file), width),
    ...bodyLines(file, width, look, codesOf),
  ]);
}

/** How many lines are different, in colours that their signs say, too. */
export function countOf(file: Pick<FileDifference, "added" | "removed" | "isBinary">): Line {
  if (file.isBinary) return [span(sayLines(file), "dim")];
  const [added = "", removed = ""] = sayLines(file).split(" ");
  return [
    span(added, file.added === 0 ? "dim" : "added"),
    span(" "),
    span(removed, file.removed === 0 ? "dim" : "removed"),
  ];
}

function bodyLines({ path, text }: FileDifference, width: number, look: Look, codesOf: typeof codeOfRows): Line[] {
  const rows = patchRows(text);
  const codes = codesOf(path, rows);
  const isSaid = rows.some(({ kind }) => kind === "line");
  const last = rows.reduce((most, row) => row.kind === "line" ? Math.max(most, row.number) : most, 0);
  const digits = width < NUMBERED_FROM ? 0 : String(last).length + 1;
  return rows.flatMap((row, index): Line[] => {
    switch (row.kind) {
      case "gap": {
        const words = `${" ".repeat(digits + 1)}⋯ ${counted(row.lines, "line")} unchanged`;
        return index === 0 ? [] : [[span(cut(words, width), "dim")]];
      }
      case "note": {
        const margin = isSaid ? " ".repeat(digits + 3) : "";
        return wrap(neutralise(row.text), width - margin.length).map((words): Line => [span(margin + words, "dim")]);
      }
      case "line":
        return lineRows(row, codes[index], { width, digits, look });
    }
  });
}

const STYLES = { "+": "added", "−": "removed", " ": "plain" } as const;

/** A line of a file, all of it: what is longer than a row goes on in the next ones. */
function lineRows(
  { sign, number, text }: Extract<PatchRow, { kind: "line" }>,
  code: LineOfCode | undefined,
  { width, digits, look }: { readonly width: number; readonly digits: number; readonly look: Look },
): Line[] {
  const style = STYLES[sign];
  const margin = digits === 0 ? "" : `${String(number).padStart(digits)} `;
  const shown = neutralise(text.replaceAll("\t", TAB));
  const coloured = code === undefined ? undefined : look.code?.of(code.of)?.[code.line];
  const line = coloured === undefined ? [span(shown, style)] : inStyle(withTabs(coloured, shown), style);
  const rows: Line[] = [];
  for (let from = 0; from < shown.length || rows.length === 0;) {
    const isFirst = rows.length === 0;
    const lead = isFirst ? "" : GOES_ON;
    const to = from + cut(shown.slice(from), Math.max(2, width - cells(margin) - 2 - cells(lead)), "").length;
    rows.push([
      span(isFirst ? margin : " ".repeat(margin.length), "dim"),
      span(`${isFirst ? sign : " "} `, style),
      span(lead, "dim"),
      ...partOf(line, from, to),
    ]);
    from = to;
  }
  return rows;
}

/** Puts signs in place of the blanks that stand for tabs in code; both have as many characters. */
function withTabs(line: Line, shown: string): Line {
  let from = 0;
  return line.map(({ text, style }) => span(shown.slice(from, from += text.length), style));
}
