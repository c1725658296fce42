import { type FileDifference, sayLines } from "../../tell/changed_part.ts";
import { counted } from "../../kernel/text.ts";
import { type Line, span, spread } from "../line.ts";
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

/**
 * Lays out what is different in files: each with its name and how many lines, then its hunks with the numbers of lines.
 *
 * @param files differences
 * @param width cells of a row
 */
export function differenceLines(files: readonly FileDifference[], width: number): Line[] {
  return files.flatMap((file, index): Line[] => [
    ...(index === 0 ? [] : [[]]),
    spread([span(`${CHANGE_WORDS[file.change]} `, "dim"), span(oneLine(file.path), "strong")], countOf(file), width),
    ...bodyLines(file, width),
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

function bodyLines({ text }: FileDifference, width: number): Line[] {
  const rows = patchRows(text);
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
        return lineRows(row, width, digits);
    }
  });
}

const STYLES = { "+": "added", "−": "removed", " ": "plain" } as const;

/** A line of a file, all of it: what is longer than a row goes on in the next ones. */
function lineRows(
  { sign, number, text }: Extract<PatchRow, { kind: "line" }>,
  width: number,
  digits: number,
): Line[] {
  const style = STYLES[sign];
  const margin = digits === 0 ? "" : `${String(number).padStart(digits)} `;
  const rows: Line[] = [];
  for (let rest = neutralise(text.replaceAll("\t", TAB)); rest !== "" || rows.length === 0;) {
    const isFirst = rows.length === 0;
    const lead = isFirst ? "" : GOES_ON;
    const row = cut(rest, Math.max(2, width - cells(margin) - 2 - cells(lead)), "");
    rest = rest.slice(row.length);
    rows.push([
      span(isFirst ? margin : " ".repeat(margin.length), "dim"),
      span(`${isFirst ? sign : " "} `, style),
      span(lead, "dim"),
      span(row, style),
    ]);
  }
  return rows;
}
