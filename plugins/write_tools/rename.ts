import * as z from "zod";
import {
  defineTool,
  FileChanged,
  type Languages,
  languagesOf,
  type NamingFile,
  renameAll,
  ToolError,
  type Workspace,
} from "../../src/plugin/mod.ts";
import { type OpenFile, openFile } from "./open_file.ts";

/** A name as code writes it. */
const NAME = /^[A-Za-z_$][\w$]{0,79}$/;
/** Files, and characters of one, that are looked through. */
const MOST = { files: 5_000, chars: 200_000, changed: 200 };
/** Files that a result lists. */
const LISTED = 20;

/** Renames something wherever the project names it: small models lose a use or two of it, and a text of each file costs them the most. */
export const rename = defineTool({
  name: "rename",
  describes: "Renames something in all code.",
  input: z.object({
    from: z.string().regex(NAME).describe("The name as it is."),
    to: z.string().regex(NAME).describe("The name that it gets."),
  }),
  access: "writes",
  traits: { edits: "names", byWorkspace: true },
  async run({ from, to }, { workspace, languages, signal }) {
    if (from === to) throw new ToolError("Both names are the same. Give the one that it gets.");
    const files = await filesOf(workspace, languages, signal);
    const all = renameAll({ from, to }, files, languages);
    if (all === null) {
      throw new ToolError(
        `${from} or ${to} is a word of the language, which stands for other things, too. Choose another name, or edit each file.`,
      );
    }
    if (all.taken !== null) {
      throw new ToolError(
        `${all.taken} names ${to} already: both would be one. Choose another name, or edit each file.`,
      );
    }
    const left = [...all.left];
    const byPath = new Map(files.map((file) => [file.path, file]));
    const changes = all.changes.map(({ path, text, count }) => {
      const { hash, restore } = byPath.get(path)!;
      return { path, count, hash, text: restore(text) };
    });
    if (changes.length + left.length === 0) throw new ToolError(`No file names ${from}. Look for it with search_code.`);
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
      : ` Left as they are, since what they mean by it cannot be told, or they are not to be written: ${
        left.slice(0, LISTED).join(", ")
      }.`;
    return `Renamed ${from} to ${to} in ${listed}${more}.${others}`;
  },
});

/** The code and the documents of a project; what cannot be read, or is too long, names nothing. */
async function filesOf(
  workspace: Workspace,
  languages: Languages,
  signal: AbortSignal,
): Promise<readonly (OpenFile & NamingFile)[]> {
  const found: (OpenFile & NamingFile)[] = [];
  for (const path of (await workspace.files(signal)).slice(0, MOST.files)) {
    signal.throwIfAborted();
    const language = languagesOf(path, languages).find(({ files, comments }) =>
      files.test(path) && comments !== undefined
    );
    if (language === undefined && !path.endsWith(".md")) continue;
    const file = await openFile(path, workspace).catch((error) => {
      if (error instanceof ToolError) return null;
      throw error;
    });
    if (file === null || file.text.length > MOST.chars) continue;
    found.push({ ...file, path, language: language ?? null });
  }
  return found;
}
