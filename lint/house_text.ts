import type { Group } from "./finding.ts";
import { KERNEL_LINES, SENTENCES_HELD } from "./limits.ts";
import type { FileMeasure } from "./measure.ts";
import { circlesIn, isOfTheHouse, ritualsIn, total } from "./rules.ts";

/** All that is told of the house. */
interface HouseView {
  readonly files: readonly FileMeasure[];
  readonly groups: readonly Group[];
  /** Exceptions that nothing needs any more. */
  readonly needless: readonly string[];
}

/**
 * Tells how the house stands: a table of its folders, its sums, its circles, and what breaks a rule.
 *
 * @returns the text, and how many faults there are that no exception knows of, needless exceptions among them
 */
export function houseText({ files, groups, needless }: HouseView): { readonly text: string; readonly faults: number } {
  const broken = groups.filter(({ found, known }) => found > known);
  const known = groups.filter((group) => group.known > 0 && group.found <= group.known);
  const smaller = known.filter((group) => group.found < group.known);
  const lines = [
    ...folderTable(files),
    "",
    ...sumLines(files),
    "",
    ...circleLines(files),
    "",
    `Known exceptions (lint/exceptions.json): ${known.length}${known.length === 0 ? "" : `; ${countsByRule(known)}`}`,
    ...titled("Smaller than known, --shrink writes that", smaller.map(smallerLine)),
    ...titled("Exceptions that nothing needs any more: remove them (--shrink does)", needless),
    ...(broken.length === 0 ? [] : [`Breaks a rule: ${broken.length}`, ...broken.flatMap(brokenLines)]),
    "",
  ];
  return { text: lines.join("\n"), faults: broken.length + needless.length };
}

function folderTable(files: readonly FileMeasure[]): readonly string[] {
  const folders = Map.groupBy(files, ({ path }) => /^src\/[^/]+|^[^/]+/.exec(path)![0]);
  const head = [
    "folder",
    "files",
    "code",
    "comments per code",
    "sentences",
    "longest file",
    "longest function",
  ];
  const rows = [...folders].map(([folder, own]) => {
    const file = own.reduce((one, other) => other.lines > one.lines ? other : one);
    const { place, lines } = longestFunction(own);
    return [
      folder,
      `${own.length}`,
      `${total(own, "code")}`,
      (total(own, "comments") / total(own, "code")).toFixed(2),
      sentencesOf(folder, own),
      `${file.lines} ${file.path.slice(folder.length + 1)}`,
      `${lines} ${place.slice(folder.length + 1)}`,
    ];
  });
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length), title.length)
  );
  const isText = [0, 5, 6];
  return [head, ...rows].map((row) =>
    row.map((cell, column) => isText.includes(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))
      .join("  ").trimEnd()
  );
}

function sentencesOf(folder: string, files: readonly FileMeasure[]): string {
  const held = SENTENCES_HELD[folder.replace("src/", "")];
  const count = files.reduce((total, { sentences }) => total + sentences.length, 0);
  return held === undefined ? "" : `${count} ${held ? "held" : "open"}`;
}

function longestFunction(files: readonly FileMeasure[]): { readonly place: string; readonly lines: number } {
  const all = files.flatMap(({ path, functions }) => functions.map((one) => ({ ...one, path })));
  const longest = all.reduce((one, other) => other.lines > one.lines ? other : one, { path: "", name: "", lines: 0 });
  return { place: `${longest.path}#${longest.name}`, lines: longest.lines };
}

function sumLines(files: readonly FileMeasure[]): readonly string[] {
  const house = files.filter(({ path }) => isOfTheHouse(path));
  const kernel = files.filter(({ path }) => path.startsWith("src/kernel/"));
  const share = total(house, "comments") / total(house, "code");
  return [
    `Kernel: ${total(kernel, "lines")} lines of at most ${KERNEL_LINES}, ${total(kernel, "code")} of them code.`,
    `src and plugins: ${total(house, "code")} lines of code without comments and blanks, ${
      total(house, "lines")
    } in all; ` +
    `${
      share.toFixed(3)
    } lines of comment per line of code. Only TypeScript; the rehearsal's sample project is left out.`,
    `Ritual lines "@param state what is so": ${ritualsIn(house)}.`,
  ];
}

function circleLines(files: readonly FileMeasure[]): readonly string[] {
  const circles = circlesIn(files);
  return [`Circles of imports: ${circles.length}`, ...circles.map((one) => `  ${one.length}: ${one.join(", ")}`)];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
}

function countsByRule(groups: readonly Group[]): string {
  return [...Map.groupBy(groups, ({ rule }) => rule)].map(([rule, { length }]) => `${rule} ${length}`).join(", ");
}

function smallerLine({ rule, place, found, known }: Group): string {
  return `${rule} ${place}: ${found} of ${known}`;
}

function brokenLines({ rule, place, found, known, findings }: Group): readonly string[] {
  const more = known === 0 ? "" : `, ${known} known`;
  return [
    `  ${rule} ${place}: ${found}${more}`,
    ...findings.map(({ line, says }) => `    ${line === 0 ? "" : `line ${line}: `}${says}`),
  ];
}
