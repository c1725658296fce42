import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { definePlugin, defineTool, isSecretPath, ToolError, type Workspace } from "../../src/plugin/mod.ts";
import { expressionFinder, type LineFinder, LONGEST_MATCHED, textFinder } from "./line_finder.ts";

/** Most characters of a result. */
const MOST_CHARACTERS = 16_000;
/** Most lines that one call of read_file shows. */
const MOST_LINES = 400;
/** Most entries that one call of list_directory shows. */
const MOST_ENTRIES = 400;
/** Most places that one call of search_code shows. */
const MOST_PLACES = 200;
/** Most characters of a found line. */
const MOST_OF_LINE = 200;
/** Time that a search has, in milliseconds. */
const SEARCH_BOUND_MS = 10_000;
/** Time that a search works before everything else has its turn, in milliseconds. */
const TURN_MS = 30;

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
    const folder = path.replace(/^(?:\.\/+)+/, "").replace(/(?<!\/)\/+$/, "") || ".";
    const lines = recursive === true
      ? await filesBelow(folder, workspace, signal)
      : (await workspace.list(folder)).map((entry) =>
        entry.kind === "directory"
          ? `${entry.path}/`
          : entry.kind === "link"
          ? `${entry.path} (link)`
          : `${entry.path} (${entry.bytes} bytes)`
      );
    if (lines.length === 0) return `${folder} holds no files.`;
    const shown = lines.slice(0, MOST_ENTRIES);
    const missing = lines.length - shown.length;
    return shown.join("\n") + (missing === 0 ? "" : `\n(${missing} more are not shown; list one of the folders.)`);
  },
});

async function filesBelow(folder: string, workspace: Workspace, signal: AbortSignal): Promise<readonly string[]> {
  const files = await workspace.files(signal);
  const below = folder === "." ? files : files.filter((file) => file.startsWith(`${folder}/`));
  if (below.length === 0) await workspace.list(folder); // says so where there is no such folder
  return below;
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
    const inside = (path ?? ".").replace(/^(?:\.\/+)+/, "").replace(/(?<!\/)\/+$/, "") || ".";
    const all = await workspace.files(signal);
    const files = inside === "." ? all : all.filter((file) => file === inside || file.startsWith(`${inside}/`));
    if (files.length === 0) {
      throw new ToolError(`There are no files to search in ${inside}; list_directory shows what there is.`);
    }
    const search = new Search(finds, signal);
    let secret = 0;
    let searched = 0;
    for (const file of files) {
      if (search.isOver()) break;
      searched++;
      // Their lines would go to a model; one that is named itself was asked about.
      if (file !== inside && isSecretPath(file)) secret++;
      else await search.look(file, await textOf(file, workspace));
    }
    const { found, unread, cut } = search;
    const stopped = search.isLate()
      ? `\n(Stopped after ${SEARCH_BOUND_MS / 1000} s, ${searched} of ${files.length} files searched; give a path.)`
      : "";
    const skipped = (unread === 0 ? "" : `\n(${unread} files that hold no text were passed over.)`) +
      (regex !== true || cut === 0
        ? ""
        : `\n(Of ${cut} long lines only the first ${LONGEST_MATCHED} characters were searched.)`) +
      (secret === 0
        ? ""
        : `\n(${secret} files that may hold secrets were passed over; name one as path to search it.)`);
    if (found.length === 0) return `"${query}" was not found in ${searched} files.${stopped}${skipped}`;
    return placesText(found) + stopped + skipped;
  },
});

/** The text of a file, null where it holds none. */
async function textOf(file: string, workspace: Workspace): Promise<string | null> {
  try {
    return (await workspace.read(file)).text;
  } catch (cause) {
    if (cause instanceof ToolError) return null;
    throw cause;
  }
}

/** A search through files: what it found, and when it has to stop. */
class Search {
  readonly found: string[] = [];
  /** Files that hold no text. */
  unread = 0;
  /** Lines longer than an expression sees. */
  cut = 0;
  readonly #deadline = performance.now() + SEARCH_BOUND_MS;
  #turn = performance.now();
  #late = false;

  constructor(readonly finds: LineFinder, readonly signal: AbortSignal) {}

  /** Whether nothing more is looked at: enough was found, or the time is over. */
  isOver(): boolean {
    return this.#late || this.found.length > MOST_PLACES;
  }

  /** Whether the time ended it. */
  isLate(): boolean {
    return this.#late;
  }

  /** Looks through a file's text, null where it holds none. @throws the signal's reason when it is aborted */
  async look(file: string, text: string | null): Promise<void> {
    this.signal.throwIfAborted();
    if (text === null) this.unread++;
    for (const [index, line] of text?.split("\n").entries() ?? []) {
      if (performance.now() - this.#turn > TURN_MS) await this.#giveTurn();
      if (this.isOver()) return;
      if (line.length > LONGEST_MATCHED) this.cut++;
      if (!this.finds(line)) continue;
      const plain = line.trim();
      const shown = plain.length > MOST_OF_LINE ? `${plain.slice(0, MOST_OF_LINE)}…` : plain;
      this.found.push(`${file}:${index + 1}: ${shown}`);
    }
  }

  /** Lets everything else have its turn, so that a search through much leaves the program alive and can be ended. */
  async #giveTurn(): Promise<void> {
    await setImmediate();
    this.signal.throwIfAborted();
    this.#turn = performance.now();
    this.#late = this.#turn > this.#deadline;
  }
}

function placesText(found: readonly string[]): string {
  let room = MOST_CHARACTERS;
  const shown = found.slice(0, MOST_PLACES).filter((place) => (room -= place.length + 1) >= 0);
  if (shown.length === found.length) return shown.join("\n");
  return `${shown.join("\n")}\n(There are more places, which are not shown; give a path or a longer query.)`;
}

/** Tools that look at the project. */
export default definePlugin({ name: "read_tools", tools: [listDirectory, readFile, searchCode] });
