import * as z from "zod";
import {
  areQuoted,
  definePlugin,
  defineTool,
  languagesOf,
  ToolError,
  withoutLineNumbers,
  type Writing,
} from "../../src/plugin/mod.ts";
import { addFunction } from "./add_function.ts";
import { createTest } from "./create_test.ts";
import { withImportsOfProject } from "./imports_of_project.ts";
import { inFileStep, likeReplaced, stepOf } from "./indentation.ts";
import { type LineRange, locate, reindent } from "./locate.ts";
import { openFile, unixLines } from "./open_file.ts";
import { withSignsOf } from "./plain_signs.ts";
import { replaceDefinition } from "./replace_definition.ts";
import { rename } from "./rename.ts";
import { withHeadOfTest } from "./test_beside.ts";
import { asWholeFile, refuseCopy, refuseOfItself } from "./whole_text.ts";
import { writeDefinition } from "./write_definition.ts";
import {
  countLines,
  meant,
  MOST_LINES,
  path,
  refuseElided,
  refuseLong,
  replaceText,
  shownLines,
} from "./write_text.ts";

const createFile = defineTool({
  name: "create_file",
  describes: "Creates a new file.",
  input: z.object({ path, content: z.string().describe("The whole text of the file.") }),
  access: "writes",
  traits: { edits: "new", byWorkspace: true },
  asText: "content",
  async run({ path, content }, { workspace, languages, signal }) {
    if (await workspace.exists(path)) {
      throw new ToolError(
        `${path} exists already. Use edit_file to change a part of it, or rewrite_file to write all of it.`,
      );
    }
    const own = await withHeadOfTest(path, wholeText(path, content, ""), { workspace, languages, signal });
    const by = languagesOf(path, languages);
    refuseOfItself(path, own, by);
    const whole = asWholeFile(own, "", by);
    const { text } = await withImportsOfProject(path, whole, "", { workspace, languages, signal });
    await workspace.write(path, text, () => null);
    return `Created ${path} with ${countLines(text)} lines.`;
  },
});

const rewriteFile = defineTool({
  name: "rewrite_file",
  describes: `Replaces the whole text of a file of up to ${MOST_LINES} lines.`,
  input: z.object({ path, content: z.string().describe("The whole new text of the file, nothing left out.") }),
  access: "writes",
  traits: { edits: "file", byWorkspace: true },
  asText: "content",
  async run({ path, content }, { workspace, languages, signal }) {
    if (!await workspace.exists(path)) throw new ToolError(`There is no file ${path}. Use create_file to create it.`);
    const before = await openFile(path, workspace);
    const lines = countLines(before.text);
    if (lines > MOST_LINES) {
      throw new ToolError(
        `${path} has ${lines} lines; rewrite_file takes up to ${MOST_LINES}. Use edit_file, or rewrite_lines for some of its lines.`,
      );
    }
    const by = languagesOf(path, languages);
    const own = wholeText(path, content, before.text);
    refuseCopy(path, own, before.text, by);
    refuseOfItself(path, own, by);
    const whole = asWholeFile(own, before.text, by);
    const { text } = await withImportsOfProject(path, whole, before.text, { workspace, languages, signal });
    if (text === before.text) throw new ToolError(`The text is what ${path} holds already; nothing was changed.`);
    await workspace.write(path, before.restore(text));
    return `Rewrote ${path}: ${countLines(text)} lines, ${lines} before.`;
  },
});

const editFile = defineTool({
  name: "edit_file",
  describes: "Replaces one part of a file. The old text must stand in the file exactly once.",
  input: z.object({
    path,
    old_text: z.string().min(1).describe("Some whole lines of the file as they are now, enough to be found once."),
    new_text: z.string().describe("The text that takes their place."),
  }),
  access: "writes",
  traits: { edits: "piece", byWorkspace: true },
  asText: "new_text",
  async run({ path, old_text, new_text }, { workspace, languages }) {
    const before = await openFile(path, workspace);
    const given = unixLines(old_text);
    const wanted = before.text.includes(given) ? given : withoutLineNumbers(given, { path, original: before.text });
    const wording = meant(path, new_text, wanted);
    refuseElided(wording, before.text);
    const writing = languagesOf(path, languages)[0];
    const place = locate(before.text, wanted);
    if (place.found === "often") {
      const shown = place.lines.slice(0, 10).join(", ") + (place.lines.length > 10 ? ", …" : "");
      throw new ToolError(
        `The old text stands in ${path} ${place.lines.length} times, at lines ${shown}. Give more of the lines around the one that is meant.`,
      );
    }
    if (place.found === "never") throw notFound(path, before.text, place.nearest);
    if (place.found === "exactly" || place.found === "plainly") {
      const closed = endedLike(wording, wanted, before.text[place.end]);
      const standing = before.text.slice(place.start, place.end);
      const signed = withSignsOf(standing, wanted, closed);
      const ended = indentedLike(
        before.text.slice(0, place.start),
        inStepOf(before.text, standing, signed, writing),
        writing,
      );
      const text = before.text.slice(0, place.start) + ended + before.text.slice(place.end);
      const at = countLines(before.text.slice(0, place.start + 1));
      return await replaceText(path, before, text, at, ended, workspace, () => before.hash);
    }
    const lines = before.text.split("\n");
    const replacement = reindent(wording, place.indents, before.text, wanted);
    const text = lines.toSpliced(place.lines.from - 1, place.lines.to - place.lines.from + 1, ...replacement).join(
      "\n",
    );
    const written = replacement.join("\n");
    return await replaceText(path, before, text, place.lines.from, written, workspace, () => before.hash);
  },
});

/**
 * A text whose last line ends as that of the text whose place it takes: one asked for in a fence comes without its last line end, and others
 * have one that stands behind the old text already.
 */
function endedLike(wording: string, wanted: string, next: string | undefined): string {
  if (wording.trim() === "" || wanted.endsWith("\n") === wording.endsWith("\n")) return wording;
  if (wanted.endsWith("\n")) return `${wording}\n`;
  return next === "\n" && !wording.endsWith("\n\n") ? wording.slice(0, -1) : wording;
}

const rewriteLines = defineTool({
  name: "rewrite_lines",
  describes: `Replaces whole lines of a long file by their numbers. Line numbers change after each call.`,
  input: z.object({
    path,
    from_line: z.int().min(1).describe("First line to replace, counted from 1."),
    to_line: z.int().min(1).describe("Last line to replace."),
    content: z.string().describe("The lines that take their place."),
  }),
  access: "writes",
  traits: { edits: "lines", byWorkspace: true },
  asText: "content",
  async run({ path, from_line, to_line, content }, { workspace, languages }) {
    const before = await openFile(path, workspace);
    const count = countLines(before.text);
    if (to_line < from_line) {
      throw new ToolError(`to_line ${to_line} comes before from_line ${from_line}; give the first line first.`);
    }
    if (to_line > count) throw new ToolError(`${path} has ${count} lines; there is no line ${to_line}. Read it again.`);
    const lines = before.text.split("\n");
    const replaced = lines.slice(from_line - 1, to_line);
    const wording = meant(path, content, replaced.join("\n")).replace(/\n$/, "");
    refuseLong(wording);
    refuseElided(wording, before.text);
    const replacement = wording === ""
      ? []
      : likeReplaced(wording.split("\n"), replaced, lines, languagesOf(path, languages)[0]);
    const text = lines.toSpliced(from_line - 1, to_line - from_line + 1, ...replacement).join("\n");
    return await replaceText(path, before, text, from_line, replacement.join("\n"), workspace);
  },
});

const rewriteFunction = defineTool({
  name: "rewrite_function",
  describes: "Replaces one function or method of a file; the rest of the file stays as it is.",
  input: z.object({
    path,
    function: z.string().min(1).describe("Name of the function; Class.method for a method."),
    content: z.string().describe("The whole new text of the function."),
  }),
  access: "writes",
  traits: { edits: "function", byWorkspace: true },
  asText: "content",
  run: (given, context) => writeDefinition(given, context, replaceDefinition),
});

/** What is new in a text, in the step of indentation that the file has; lines that stood there stay, and so does what stands in quotes. */
function inStepOf(file: string, standing: string, wording: string, writing: Writing | undefined): string {
  const step = stepOf(file.split("\n"), writing);
  if (step === null) return wording;
  const [first = "", ...lines] = wording.split("\n");
  const kept = new Set(standing.split("\n"));
  const quoted = areQuoted([first, ...lines], writing).slice(1);
  const fresh = lines.filter((line, index) => !kept.has(line) && quoted[index] !== true);
  const stepped = inFileStep(fresh, step, { writing });
  const changed = new Map(fresh.map((line, index) => [line, stepped[index] ?? line]));
  return [first, ...lines.map((line, index) => quoted[index] === true ? line : changed.get(line) ?? line)].join("\n");
}

/** Where a text begins after a line's indentation, gives its further lines that indentation too, unless they have it. */
function indentedLike(textBefore: string, wording: string, writing: Writing | undefined): string {
  const indent = textBefore.slice(textBefore.lastIndexOf("\n") + 1);
  const [first = "", ...further] = wording.split("\n");
  const quoted = areQuoted([first, ...further], writing).slice(1);
  const isLeft = (line: string, index: number) => line.trim() === "" || quoted[index] === true;
  if (!/^[ \t]+$/.test(indent) || further.every((line, index) => isLeft(line, index) || line.startsWith(indent))) {
    return wording;
  }
  return [first, ...further.map((line, index) => isLeft(line, index) ? line : indent + line)].join("\n");
}

/** Checks that a text is a whole file, and ends its last line. */
function wholeText(path: string, content: string, before: string): string {
  const plain = meant(path, content, before);
  const text = before === "" ? plain : inStepOfWhole(before, plain);
  if (text.trim() === "" && before.trim() !== "") {
    throw new ToolError(`The text is empty, but ${path} is not. Give the whole new text of the file.`);
  }
  refuseLong(text);
  refuseElided(text, before);
  if (before !== "" && !before.endsWith("\n")) return text.replace(/\n$/, "");
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** A file whose lines are indented by tabs alone keeps them, although it was written anew with blanks. */
function inStepOfWhole(before: string, text: string): string {
  const lines = text.split("\n");
  const tabs = /^\t/m.test(before) && !/^ +\S/m.test(before) && !lines.some((line) => line.startsWith("\t"));
  return tabs ? inFileStep(lines, "\t").join("\n") : text;
}

function notFound(path: string, text: string, nearest: LineRange | null): ToolError {
  const advice = "Give the old text as it stands there.";
  if (nearest === null) {
    return new ToolError(`The old text is not in ${path}, nor anything like it. Read the file first. ${advice}`);
  }
  const range = nearest.from === nearest.to ? `line ${nearest.from}` : `lines ${nearest.from} to ${nearest.to}`;
  return new ToolError(
    `The old text is not in ${path}. The nearest is ${range}:\n${shownLines(text, nearest)}\n${advice}`,
  );
}

/** Tools that change files; all through the workspace, which can take every change back. */
export default definePlugin({
  name: "write_tools",
  tools: [createFile, createTest, rename, rewriteFile, rewriteFunction, addFunction, editFile, rewriteLines],
});
