import * as z from "zod";
import { definePlugin, defineTool, ToolError, type Workspace } from "../../src/plugin/mod.ts";
import { expressionFinder, LONGEST_MATCHED, textFinder } from "./line_finder.ts";
import { MOST_PLACES, Search, SEARCH_BOUND_MS } from "./search.ts";
import { lookTold } from "./told_look.ts";

/** Most characters of a result. */
const MOST_CHARACTERS = 16_000;
/** Most lines that one call of read_file shows. */
const MOST_LINES = 400;
/** Most entries that one call of list_directory shows. */
const MOST_ENTRIES = 400;

const listDirectory = defineTool({
  name: "list_directory",
  describes: "Lists the files and folders of one folder. Folders end with a stroke.",
  input: z.object({
    path: z.string().describe('The folder, relative to the project; "." is the project itself.'),
    recursive: z.boolean().optional().describe("Whether to list all files below it, ignored ones left out."),
  }),
  access: "reads",
  traits: { looksFor: "names" },
  async run({ path, recursive }, { workspace, signal }) {
    const folder = plainFolder(path);
    if (recursive === true) return await filesBelow(folder, workspace, signal);
    const lines = (await workspace.list(folder)).map((entry) =>
      entry.kind === "directory"
        ? `${entry.path}/`
        : entry.kind === "link"
        ? `${entry.path} (link)`
        : `${entry.path} (${entry.bytes} bytes)`
    );
    return lines.length === 0 ? `${folder} is empty.` : entriesText(lines);
  },
});

function plainFolder(path: string): string {
  return path.replace(/^(?:\.\/+)+/, "").replace(/(?<!\/)\/+$/, "") || ".";
}

function entriesText(lines: readonly string[]): string {
  const missing = lines.length - MOST_ENTRIES;
  const more = missing > 0 ? `\n(${missing} more are not shown; list one of the folders.)` : "";
  return lines.slice(0, MOST_ENTRIES).join("\n") + more;
}

async function filesBelow(folder: string, workspace: Workspace, signal: AbortSignal): Promise<string> {
  const look = await workspace.below(folder, signal);
  const told = lookTold(look, folder);
  const count = look.files.length;
  if (count > 0) return [entriesText(look.files), ...(count > 1 ? [`(${count} files.)`] : []), ...told].join("\n");
  const none = look.ignored.length > 0 ? `${folder} holds no files but ignored ones.` : `${folder} holds no files.`;
  return [none, ...told].join("\n");
}

const readFile = defineTool({
  name: "read_file",
  describes: "Shows a text file, or some lines of it.",
  input: z.object({
    path: z.string().describe("The file, relative to the project."),
    from_line: z.int().min(1).optional().describe("First line to show, counted from 1."),
    to_line: z.int().min(1).optional().describe("Last line to show."),
    line_numbers: z.boolean().optional().describe("Whether to put its number before each line."),
  }),
  access: "reads",
  async run({ path, from_line, to_line, line_numbers }, { workspace }) {
    const { text, lines: count } = await workspace.read(path);
    if (count === 0) return `${path} is empty.`;
    const from = from_line ?? 1;
    if (from > count) throw new ToolError(`${path} has ${count} lines; there is no line ${from}.`);
    const wanted = Math.min(to_line ?? count, count);
    if (wanted < from) {
      throw new ToolError(`to_line ${wanted} comes before from_line ${from}; give the first line first.`);
    }
    const shown: string[] = [];
    let room = MOST_CHARACTERS;
    for (const [index, line] of text.split("\n").slice(from - 1, Math.min(wanted, from - 1 + MOST_LINES)).entries()) {
      const plain = line.replace(/\r$/, "");
      const numbered = line_numbers === true ? `${from + index}| ${plain}` : plain;
      if (numbered.length + 1 > room && shown.length > 0) break;
      const cut = numbered.length - room;
      shown.push(cut > 0 ? `${numbered.slice(0, room)}… (${cut} characters of this line are not shown)` : numbered);
      room -= numbered.length + 1;
    }
    const to = from + shown.length - 1;
    const head = from === 1 && to === count
      ? `${path} (${count} lines):`
      : `${path}, lines ${from} to ${to} of ${count}:`;
    const rest = to < wanted ? `\n(Lines ${to + 1} to ${wanted} are not shown; read on with from_line ${to + 1}.)` : "";
    return `${head}\n${shown.join("\n")}${rest}`;
  },
});

const searchCode = defineTool({
  name: "search_code",
  describes: "Searches the project's files for a text and shows file, line number and line.",
  input: z.object({
    query: z.string().min(1).describe("The text to find, exactly as it stands in a line."),
    path: z.string().optional().describe("A file or folder to search in; all of the project if not given."),
    regex: z.boolean().optional().describe("Whether the query is a regular expression."),
    ignore_case: z.boolean().optional().describe("Whether capital and small letters are the same."),
  }),
  access: "reads",
  traits: { looksFor: "texts" },
  async run({ query, path, regex, ignore_case }, { workspace, signal }) {
    const finds = regex === true
      ? await expressionFinder(query, ignore_case === true)
      : textFinder(query, ignore_case === true);
    const inside = plainFolder(path ?? ".");
    const look = await workspace.below(inside, signal);
    const told = lookTold(look, inside);
    if (look.files.length === 0) {
      const none = look.ignored.length > 0 ? "no files but ignored ones" : "no files";
      throw new ToolError([`${inside} holds ${none}, so there is nothing to search.`, ...told].join("\n"));
    }
    const search = new Search(finds, signal);
    await search.through(look.files, inside, workspace);
    const { found, searched, unread, secret, cut } = search;
    const files = look.files.length;
    const notes = [
      ...(search.isLate()
        ? [`(Stopped after ${SEARCH_BOUND_MS / 1000} s, ${searched} of ${files} files searched; give a path.)`]
        : found.length > 0 && searched === files && files > 1
        ? [`(${files} files searched.)`]
        : []),
      ...(unread === 0 ? [] : [`(${unread} files that hold no text were passed over.)`]),
      ...(regex !== true || cut === 0
        ? []
        : [`(Of ${cut} long lines only the first ${LONGEST_MATCHED} characters were searched.)`]),
      ...(secret === 0
        ? []
        : [`(${secret} files that may hold secrets were passed over; name one as path to search it.)`]),
      ...told,
    ];
    const head = found.length === 0 ? `"${query}" was not found in ${searched} files.` : placesText(found);
    return [head, ...notes].join("\n");
  },
});

function placesText(found: readonly string[]): string {
  let room = MOST_CHARACTERS;
  const shown = found.slice(0, MOST_PLACES).filter((place) => (room -= place.length + 1) >= 0);
  if (shown.length === found.length) return shown.join("\n");
  return `${shown.join("\n")}\n(There are more places, which are not shown; give a path or a longer query.)`;
}

/** Tools that look at the project. */
export default definePlugin({ name: "read_tools", tools: [listDirectory, readFile, searchCode] });
