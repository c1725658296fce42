import { circlesOf } from "./circles.ts";
import type { Finding } from "./finding.ts";
import { layerOf } from "./layers.ts";
import {
  CODE_PER_COMMENT,
  EMPTY_WORDS,
  FILE_LINES,
  FUNCTION_LINES,
  isNameless,
  KERNEL_LINES,
  MEASURED,
  MODEL_NAME,
  RITUAL,
  SENTENCES_HELD,
} from "./limits.ts";
import type { FileMeasure, Placed } from "./measure.ts";

/** Most that there may be in all. */
const MOST: Readonly<Record<string, number>> = { "kernel-lines": KERNEL_LINES, comments: CODE_PER_COMMENT, ritual: 0 };

/**
 * What is wrong in one file, seen by itself: its name, its size, the size of its functions, names of models and measured figures where
 * none are known, sentences for models outside `prompts/`.
 */
export function fileFindings(file: FileMeasure): readonly Finding[] {
  const { path } = file;
  const each = (rule: string, found: readonly Placed[], says: string) =>
    found.map(({ line, text }) => ({ rule, place: path, line, found: 1, says: `${says}: ${text.trim()}` }));
  return [
    ...(EMPTY_WORDS.test(path) ? [emptyName(path)] : []),
    ...(isOfTheHouse(path) ? sizes(file) : []),
    ...each(
      "model-name",
      file.codeLines.filter(({ text }) => MODEL_NAME.test(text)),
      "The kernel and the features know no model by name",
    ),
    ...each(
      "figure",
      file.commentLines.filter(({ text }) => isNameless(path) && MEASURED.test(text)),
      "Measured figures and their sources stand in src/strategies",
    ),
    ...each(
      "sentence",
      SENTENCES_HELD[layerOf(path) ?? ""] === true ? file.sentences : [],
      "A sentence that a model reads stands in prompts/",
    ),
  ];
}

/** What is wrong in the whole tree, beside what is wrong in each file. */
export function treeFindings(files: readonly FileMeasure[]): readonly Finding[] {
  const house = files.filter(({ path }) => isOfTheHouse(path));
  return [...unmeasured(house), ...circles(files), ...toolNames(files), ...sums(house)];
}

/** Whether a file is code of the program: of `src/` or `plugins/`. */
export function isOfTheHouse(path: string): boolean {
  return /^(?:src|plugins)\//.test(path);
}

/** The circles of imports in the program, the largest first. */
export function circlesIn(files: readonly FileMeasure[]): readonly (readonly string[])[] {
  return circlesOf(new Map(files.filter(({ path }) => isOfTheHouse(path)).map(({ path, imports }) => [path, imports])));
}

/** How many lines of comments repeat what the type says. */
export function ritualsIn(files: readonly FileMeasure[]): number {
  return files.flatMap(({ commentLines }) => commentLines).filter(({ text }) => RITUAL.test(text)).length;
}

/** Lines of some files in all. */
export function total(files: readonly FileMeasure[], key: "lines" | "code" | "comments"): number {
  return files.reduce((sum, file) => sum + file[key], 0);
}

function sizes({ path, lines, functions }: FileMeasure): readonly Finding[] {
  const tooLong = functions.filter((one) => one.lines > FUNCTION_LINES);
  return [
    ...(lines > FILE_LINES
      ? [{ rule: "file-lines", place: path, line: 0, found: lines, says: `${lines} lines; at most ${FILE_LINES}.` }]
      : []),
    ...tooLong.map((one, index) => {
      const ordinal = tooLong.slice(0, index).filter(({ name }) => name === one.name).length + 1;
      return {
        rule: "function-lines",
        place: `${path}#${one.name}${ordinal === 1 ? "" : `#${ordinal}`}`,
        line: one.line,
        found: one.lines,
        says: `The body of ${one.name} has ${one.lines} lines; at most ${FUNCTION_LINES}.`,
      };
    }),
  ];
}

function emptyName(path: string): Finding {
  const says = "No file is called manager, service, helper, util or common: name it after what it holds.";
  return { rule: "file-name", place: path, line: 0, found: 1, says };
}

/** A file that keeps itself from being linted is not measured; the others still import it. */
function unmeasured(files: readonly FileMeasure[]): readonly Finding[] {
  const known = new Set(files.map(({ path }) => path));
  const missing = new Set(
    files.flatMap(({ imports }) => imports).filter((path) => isOfTheHouse(path) && !known.has(path)),
  );
  return [...missing].filter((path) => /\.tsx?$/.test(path)).map((place) => {
    const says = "Imported, and not measured: take deno-lint-ignore-file out of it.";
    return { rule: "unmeasured", place, line: 0, found: 1, says };
  });
}

function circles(files: readonly FileMeasure[]): readonly Finding[] {
  return circlesIn(files).flatMap((circle) =>
    circle.map((place) => ({
      rule: "circle",
      place,
      line: 0,
      found: circle.length,
      says: `Imports itself by way of others: ${circle.length} files import each other in a circle.`,
    }))
  );
}

/** A name of several words is a tool's wherever it stands in code; one of a single word, only where nothing but tools is listed. */
function toolNames(files: readonly FileMeasure[]): readonly Finding[] {
  const plugins = files.filter(({ path }) => path.startsWith("plugins/"));
  const tools = new Set(plugins.flatMap((plugin) => plugin.tools));
  const namesTool = ({ text }: Placed) => text.match(/\w+_\w+/g)?.some((word) => tools.has(word)) === true;
  const says = "The kernel and the features know no tool by name, a tool declares traits";
  return files.filter(({ path }) => isNameless(path)).flatMap(({ path, codeLines, names }) => {
    const found = new Map(codeLines.filter(namesTool).map(({ line, text }) => [line, text]));
    for (const { line, text, among } of names) {
      if (among.every((name) => tools.has(name)) && !found.has(line)) found.set(line, `"${text}"`);
    }
    return [...found].map(([line, text]) => ({
      rule: "tool-name",
      place: path,
      line,
      found: 1,
      says: `${says}: ${text.trim()}`,
    }));
  });
}

function sums(files: readonly FileMeasure[]): readonly Finding[] {
  const kernel = total(files.filter(({ path }) => path.startsWith("src/kernel/")), "lines");
  const perComment = total(files, "code") / Math.max(1, total(files, "comments"));
  const rituals = ritualsIn(files);
  const all = "src, plugins";
  const found = (rule: string, place: string, found: number, says: string) => ({ rule, place, line: 0, found, says });
  return [
    found("kernel-lines", "src/kernel", kernel, `${kernel} lines; at most ${KERNEL_LINES}.`),
    found(
      "comments",
      all,
      perComment,
      `${perComment.toFixed(2)} lines of code per comment; at most ${CODE_PER_COMMENT}.`,
    ),
    found("ritual", all, rituals, `${rituals} lines of comments say "@param state what is so".`),
  ].filter(({ rule, found }) => found > MOST[rule]!);
}
