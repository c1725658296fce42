import { z } from "zod";
import {
  codePieces,
  defineTool,
  FileChanged,
  isTestPath,
  type Language,
  languagesOf,
  ToolError,
} from "../../src/plugin/mod.ts";
import { openFile } from "./open_file.ts";

/** A name as code writes it. */
const NAME = /^[A-Za-z_$][\w$]{0,79}$/;
/** Files, and characters of one, that are looked through. */
const MOST = { files: 5_000, chars: 200_000, changed: 200 };
/** Files that a result lists. */
const LISTED = 20;
/** Names that are no word of a language: what is written so in a text or a comment means the same. */
const TELLING = /[a-z][A-Z]|^[A-Z].*[a-z]|\w_\w/;

/** Renames something wherever the project names it: small models lose a use or two of it, and a text of each file costs them the most. */
export const rename = defineTool({
  name: "rename",
  describes: "Renames something in all code but the tests.",
  input: z.object({
    from: z.string().regex(NAME).describe("The name as it is."),
    to: z.string().regex(NAME).describe("The name that it gets."),
  }),
  access: "writes",
  traits: { edits: "names", byWorkspace: true },
  async run({ from, to }, { workspace, languages, signal }) {
    if (from === to) throw new ToolError("Both names are the same. Give the one that it gets.");
    const changes: (Renamed & { readonly path: string; readonly hash: string })[] = [];
    const left: string[] = [];
    for (const path of (await workspace.files(signal)).slice(0, MOST.files)) {
      signal.throwIfAborted();
      const language = languagesOf(path, languages).find(({ files, comments }) =>
        files.test(path) && comments !== undefined
      );
      if (language === undefined && !path.endsWith(".md")) continue;
      const before = await openFile(path, workspace);
      if (before.text.length > MOST.chars) continue;
      const { text, count } = renamed(before.text, from, to, language);
      if (count === 0) continue;
      if (
        language !== undefined &&
        partsOf(before.text, language).some(({ isCode, text }) => isCode && hasWord(text, to))
      ) {
        throw new ToolError(`${path} names ${to} already: both would be one. Choose another name, or edit each file.`);
      }
      // What judges the work is changed one file at a time, each with a yes.
      if (isTestPath(path, languages)) left.push(path);
      else changes.push({ path, count, hash: before.hash, text: before.restore(text) });
    }
    if (changes.length === 0) {
      const only = left.length === 0 ? "No file names" : `Only tests name (${left.slice(0, LISTED).join(", ")})`;
      throw new ToolError(`${only} ${from}. Look for it with search_code.`);
    }
    if (changes.length > MOST.changed) throw new ToolError(`${changes.length} files name ${from}: too many at once.`);
    const written: typeof changes = [];
    for (const change of changes) {
      try {
        await workspace.write(change.path, change.text, () => change.hash);
        written.push(change);
      } catch (error) {
        if (!(error instanceof ToolError) || error instanceof FileChanged) throw error;
        left.push(change.path);
      }
    }
    if (written.length === 0) {
      throw new ToolError(`All that names ${from} is to be left: ${left.slice(0, LISTED).join(", ")}.`);
    }
    const listed = written.slice(0, LISTED).map(({ path, count }) => `${path} (${count})`).join(", ");
    const more = written.length > LISTED ? ` and ${written.length - LISTED} more` : "";
    const others = left.length === 0
      ? ""
      : ` Left as they are, since they judge the work or are not to be written: ${left.slice(0, LISTED).join(", ")}.`;
    return `Renamed ${from} to ${to} in ${listed}${more}.${others}`;
  },
});

/** A text with a name in the place of another, and how often it stands there. */
interface Renamed {
  readonly text: string;
  readonly count: number;
}

/** @param language of code; of a document, which has none, only what stands as code is renamed, unless the name tells itself apart */
function renamed(text: string, from: string, to: string, language: Language | undefined): Renamed {
  let count = 0;
  const change = (part: string) =>
    part.replace(wordOf(from), () => {
      count += 1;
      return to;
    });
  if (TELLING.test(from)) return { text: change(text), count };
  const written = language === undefined
    ? text.replace(/`[^`\n]*`/g, change)
    : partsOf(text, language).map((part) => part.isCode ? change(part.text) : part.text).join("");
  return { text: written, count };
}

/** What stands before quotes in which code is put into a text, in Python. */
const FORMATTED = /(?<![A-Za-z0-9_])(?:[fF][rR]?|[rR][fF])$/;

/** A text in pieces: what is code, and what is a text or a comment. A text that code is put into counts as code. */
function partsOf(text: string, { comments }: Language): readonly { readonly text: string; readonly isCode: boolean }[] {
  const pieces = codePieces(text, comments);
  return pieces.map(({ kind, text }, index) => {
    const isFormatted = kind === "quoted" &&
      (FORMATTED.test(pieces[index - 1]?.text ?? "") || text.startsWith("`") && text.includes("${"));
    return { text, isCode: kind === "code" || isFormatted };
  });
}

function hasWord(text: string, name: string): boolean {
  return wordOf(name).test(text);
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`, "g");
}
