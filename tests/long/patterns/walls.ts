import type { Passage } from "./worker.ts";

/** Why a pattern that is not quick on any text never sees one that it is slow on. */
export interface Wall {
  /** Beginning of the path of its file. */
  readonly at: string;
  /** How the pattern begins, as it is written; absent: all patterns at that path. */
  readonly source?: string;
  /** What its texts go through before. */
  readonly passes?: Passage;
  /** Longest text that it sees, in characters. */
  readonly longest?: number;
  /** What sees to that. */
  readonly why: string;
}

const FIRST_LINES = "findDefinitions and containersIn pass over lines longer than 400";
const CONFIGURED = "the words of a configured command or a script of package.json, which the person trusts";

/** Walls, in the order in which they are looked for. */
export const WALLS: readonly Wall[] = [
  {
    at: "src/languages/renamed.ts",
    source: "([\\w$]+)\\s*\\??",
    longest: 400,
    why: "what stands before a name is looked at for 400 signs",
  },
  { at: "src/languages/renamed.ts", source: "[\\w$]+$", longest: 400, why: "the same" },
  { at: "src/mediate/elides.ts", longest: 300, why: "elides passes over lines longer than 300" },
  {
    at: "src/mediate/",
    passes: "withoutRuns",
    why: "askHeard and StreamedReply take runs out of a reply before it is read",
  },
  {
    at: "src/languages/runners/node.ts",
    source: "\\b(?:node|tsx)\\b.*--test\\b|^(npm|pnpm|yarn|npx|bun|bunx)\\b",
    longest: 5_000,
    why: CONFIGURED,
  },
  { at: "src/languages/runners/node.ts", source: "\\b(?:node|tsx)\\b.*\\s--test\\b", longest: 5_000, why: CONFIGURED },
  {
    at: "src/languages/runners/",
    passes: "withoutLongLines",
    why: "readOutput shortens lines before any runner reads them, and readers of reports those of an evidence",
  },
  { at: "src/languages/javascript_definitions.ts", longest: 400, why: FIRST_LINES },
  { at: "src/languages/containers.ts", longest: 400, why: FIRST_LINES },
  { at: "src/languages/jvm.ts", longest: 400, source: "^(\\s", why: FIRST_LINES },
  { at: "src/languages/c_family.ts", longest: 400, why: FIRST_LINES },
  { at: "src/languages/definition_end.ts", longest: 400, source: "\\{.*\\}\\s*[;,]?\\s*$", why: FIRST_LINES },
  { at: "src/fleet/classify_error.ts", longest: 2_000, why: "readError keeps 2,000 characters of an error" },
  { at: "src/prompt/evidence.ts", longest: 1_500, why: "run_checks keeps 1,500 characters of evidence" },
  {
    at: "src/sentences/variant_text.ts",
    longest: 20_000,
    why: "prompts of the program and of the person's own folder",
  },
  { at: "src/rehearsal/", longest: 5_000, why: "the built-in fleet hears the program itself, and nobody else" },
];

/** What sees to it that patterns that are made at run time are quick, by the file that makes them. */
export const MADE: Readonly<Record<string, string>> = {
  "src/languages/as_method.ts": "the name of a receiver of up to 80 signs, each repetition with a bound",
  "src/languages/margin_statements.ts": "words that stand in the code, over 400 characters of a line",
  "src/languages/names_apart.ts": "the name of a function of word signs, alone or before one blank and a bracket",
  "src/languages/needed_beside.ts": "a name, escaped, each repetition around it with a bound",
  "src/languages/parameters.ts": "the name of a definition, escaped, alone, over the first 2,000 characters of it",
  "src/languages/standard_imports.ts": "a name that stands in the code, alone",
  "plugins/write_tools/as_before.ts": "the name of a definition, escaped, alone, over one line",
  "plugins/write_tools/exported_alike.ts": "the name of a definition, escaped, in lines that begin with one word",
  "src/languages/known_by.ts": "a name of word signs, escaped, between single signs, over one import",
  "src/languages/renamed.ts": "a name of word signs, escaped, between single signs, or behind one bracket and blanks",
  "src/languages/rename_all.ts": "a name of word signs, escaped, between single signs",
  "src/languages/ground_like.ts": "a name of word signs, escaped, between single signs, over a few lines",
  "src/features/criteria/renames_in.ts": "words that stand in the code around names of at most 80 signs, over one goal",
  "src/features/criteria/sayings_of.ts": "words that stand in the code, tried at one place of a text",
  "src/features/criteria/test_judgement.ts": "a name of word signs, escaped, around one sign and blanks",
  "src/asks/interpret/held_arguments.ts": "a value of a call, escaped, between single signs",
  "src/effects/prepare/detect_standards.ts":
    "names of settings that stand in the code, one blank run on each side of a sign",
  "src/effects/prepare/named_places.ts": "a file's name, escaped, before digits",
  "src/features/failures/slips.ts": "a tool's name between single signs",
  "src/fleet/audit.ts": "a tool's name, escaped, between single signs",
  "src/fleet/refused_fields.ts": "a field's name of word signs, which stands in the code, between single signs",
  "src/features/setup/languages_named.ts": "how a language is named in a goal, which stands in the code",
  "src/languages/declares.ts":
    "a name of word signs behind words that stand in the code, at most three words from a line's beginning",
  "src/languages/runners/python_project.ts":
    "a pattern of names with at most two signs that stand for anything, over paths of files",
  "src/languages/make.ts": "a target that stands in the code, at the beginning of a line",
  "plugins/write_tools/plain_signs.ts": "quotes, dashes and blanks of print that stand in the code, one at a time",
  "src/mediate/elides.ts": "lines of at most 300 characters",
  "src/mediate/meant_tools.ts": "names of tools in forms that stand in the code",
  "src/mediate/named_json.ts": "copies of a format's own patterns, which are tried as written",
  "src/mediate/formats/named_tags.ts": "the name of a tool, of word signs, between tags",
  "src/mediate/scan_json.ts": "a fence of at most some signs, at the beginning of a line",
  "src/mediate/tagged_arguments.ts": "joins of a format's own patterns, over replies without runs",
  "src/mediate/wanted_block.ts": "a file's name without signs, in at most 400 characters of a line",
  "src/prompt/control_tokens.ts": "forms of tokens that stand in the code, each at most 64 signs between its marks",
  "src/work/marked_processes.ts": "a variable's name that stands in the code, before digits and commas",
  "src/prompt/marks.ts": "sentences of the program's prompts, over what it wrote itself",
  "src/prompt/ranges.ts": "an identifier, escaped, in lines that may begin a definition",
  "src/rehearsal/understudy_interpreter.ts": "the built-in fleet hears the program itself, and nobody else",
  "src/rehearsal/understudy_plan.ts": "the built-in fleet hears the program itself, and nobody else",
};
