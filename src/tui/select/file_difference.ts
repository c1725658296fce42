import { type FileDifference, sayLines } from "../../tell/changed_part.ts";
import { type Line, span, spread, type Style } from "../line.ts";
import { cells, cut, neutralise, oneLine } from "../text.ts";

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

/** Head of a hunk: where it begins, before and after. */
const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

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
    span(added, file.added === 0 ? "dim" : "good"),
    span(" "),
    span(removed, file.removed === 0 ? "dim" : "bad"),
  ];
}

function bodyLines({ text }: FileDifference, width: number): Line[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const hunks = lines.findIndex((line) => HUNK.test(line));
  // Without hunks there is only what git says of modes and of what is no text.
  if (hunks === -1) return lines.slice(1).map((line): Line => [span(neutralise(line), "dim")]);
  let [before, after] = [0, 0];
  const digits = Math.max(...lines.map((line) => HUNK.exec(line)?.[2]?.length ?? 1)) + 1;
  return lines.slice(hunks).flatMap((line, index): Line[] => {
    const head = HUNK.exec(line);
    if (head !== null) {
      [before, after] = [Number(head[1]), Number(head[2])];
      return index === 0 ? [] : [[span("⋯", "dim")]];
    }
    const sign = line[0] ?? " ";
    // A file that changed into a link has two differences.
    if (!" +-\\".includes(sign)) return [[span(neutralise(line), "dim")]];
    const number = sign === "-" ? before : after;
    if (sign === " " || sign === "-") before += 1;
    if (sign === " " || sign === "+") after += 1;
    return lineRows(sign, line.slice(1), sign === "\\" ? null : number, { width, digits });
  });
}

const SIGNS: Readonly<Record<string, readonly [string, Style]>> = {
  "+": ["+", "good"],
  "-": ["−", "bad"],
  "\\": [" ", "dim"],
};

function lineRows(
  sign: string,
  line: string,
  number: number | null,
  { width, digits }: { readonly width: number; readonly digits: number },
): Line[] {
  const [shown, style] = SIGNS[sign] ?? [" ", "plain"];
  const margin = width < NUMBERED_FROM ? "" : `${number === null ? "" : number}`.padStart(digits) + " ";
  const rows: Line[] = [];
  for (let rest = neutralise(line.replaceAll("\t", TAB)); rest !== "" || rows.length === 0;) {
    const lead = rows.length === 0 ? "" : GOES_ON;
    const row = cut(rest, Math.max(2, width - cells(margin) - 2 - cells(lead)), "");
    rest = rest.slice(row.length);
    const first = rows.length === 0;
    rows.push([
      span(first ? margin : " ".repeat(margin.length), "dim"),
      span(`${first ? shown : " "} `, style),
      span(lead, "dim"),
      span(row, style),
    ]);
  }
  return rows;
}
