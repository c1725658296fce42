import type { JsonSchema } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { type CallResult, resultsIn } from "../prompt/call_result.ts";
import { checksIn, type ListedCheck } from "../prompt/listed_checks.ts";
import { linesOf, type MarkedSection, type Marks, readLine, sectionsIn, unfenced } from "../prompt/marks.ts";
import type { PlayRequest } from "./play.ts";

/** A tool that may be called now. */
export interface OfferedTool {
  readonly name: string;
  /** Object schema of its arguments. */
  readonly parameters: JsonSchema;
}

/** How a call has to be written so that the other side can read it. */
export type CallForm = "constrained" | "tagged" | "gemma" | "text";

/** A file as the request shows it. */
export interface ShownFile {
  readonly path: string;
  readonly text: string;
  /** Number of its first line, and whether all lines are there. */
  readonly from: number;
  readonly whole: boolean;
}

/** What an understudy understands of a request: only what stands in it. */
export interface Scene {
  /** Role named by the system prompt, null where none is. */
  readonly role: string | null;
  /** Everything that was said to the model after the system prompt, in order. */
  readonly heard: readonly string[];
  /** Its own replies so far, calls included as JSON. */
  readonly replies: readonly string[];
  readonly offered: readonly OfferedTool[];
  readonly form: CallForm;
  /** By which lines the prompts are told apart. */
  readonly marks: Marks;
  /** Parts of the first message. */
  readonly sections: readonly TurnSection[];
  /** What came of its calls, in order. */
  readonly results: readonly CallResult<string>[];
  /** What text is wanted, and of which file; null where a call is wanted. */
  readonly wantedText: WantedText | null;
  readonly files: ReadonlyMap<string, ShownFile>;
  /** Paths that the request names as files of the project, shown ones included. */
  readonly paths: readonly string[];
  readonly failing: readonly ListedCheck[];
  /** Most tokens of the answer, null where the request sets no bound. */
  readonly answerLimit: number | null;
  /** Seed of its chance, null where the request sets none. */
  readonly seed: number | null;
}

/** A part of what a specialist is told. */
export type TurnSection = MarkedSection<keyof Marks["turn"]>;

/** A text that is asked for by itself. */
export interface WantedText {
  readonly kind: keyof Marks["text"];
  /** File that it is for, null where none is named. */
  readonly path: string | null;
}

/**
 * Reads a request.
 * @param request what the model gets to see
 * @param marks by which lines prompts are told apart
 * @returns what an understudy acts on
 */
export function readScene(request: PlayRequest, marks: Marks): Scene {
  const system = request.messages.filter(({ role }) => role === "system").map(({ content }) => content).join("\n\n");
  const said = request.messages.filter(({ role }) => role !== "system" && role !== "assistant");
  const heard = said.map(({ content }) => content);
  const replies = request.messages.filter(({ role }) => role === "assistant").map(({ content, calls }) =>
    calls.length === 0 ? content : `${content}${JSON.stringify(calls)}`
  );
  const sections = sectionsIn(heard[0] ?? "", marks.turn);
  const results = said.flatMap((message) => resultsIn(message, marks.result));
  const files = new Map([...shownIn(sections), ...readIn(results)].map((file) => [file.path, file]));
  const listed = textOf(sections, "others").split("\n").filter((line) =>
    line !== "" && readLine(marks.within.moreFiles, line) === null
  );
  const { num_predict: limit, seed } = request.options;
  return {
    role: roleIn(system),
    heard,
    replies,
    offered: offeredIn(request, system, heard.at(-1) ?? "", marks.legal),
    form: request.format !== null
      ? "constrained"
      : request.tools.length === 0
      ? "text"
      : request.prompt.startsWith("<bos>")
      ? "gemma"
      : "tagged",
    marks,
    sections,
    results,
    wantedText: textIn(heard.at(-1) ?? "", marks),
    files,
    paths: [...new Set([...files.keys(), ...listed])],
    failing: checksIn(textOf(sections, "mustPass", "failNow"), marks.within),
    answerLimit: typeof limit === "number" && limit > 0 ? limit : null,
    seed: typeof seed === "number" ? seed : null,
  };
}

/**
 * Finds a part of a message.
 * @param sections parts of a message
 * @param names the part, or several of which the first that is there is meant
 * @returns its text, "" where there is none
 */
export function textOf<Name extends string>(sections: readonly MarkedSection<Name>[], ...names: Name[]): string {
  return sections.find(({ name }) => names.includes(name))?.text ?? "";
}

/** Finds the text that a request ends with asking for, in one line or two. */
function textIn(message: string, { text, within }: Marks): WantedText | null {
  for (const asked of message.split("\n").slice(-2).reverse()) {
    for (const kind of Object.keys(text) as (keyof Marks["text"])[]) {
      const where = readLine(text[kind], asked)?.where;
      if (where !== undefined) return { kind, path: readLine(within.where, where)?.path ?? null };
    }
  }
  return null;
}

function roleIn(system: string): string | null {
  const named = /\bYou are the (\w+)(?: specialist)? of a crew\b/.exec(system)?.[1];
  if (named !== undefined) return named;
  return /\bYou are a model that can do function calling\b/.test(system) ? "interpreter" : null;
}

/** Tools of the reply's schema, else those of the request, else those that the system prompt declares; then what the brief allows. */
function offeredIn(request: PlayRequest, system: string, last: string, legal: Marks["legal"]): OfferedTool[] {
  const all = request.format !== null
    ? branchesOf(request.format)
    : request.tools.length > 0
    ? request.tools.map(({ name, parameters }) => ({ name, parameters: parameters ?? {} }))
    : declaredIn(system);
  const said = [...linesOf(legal.step, last), ...linesOf(legal.call, last)].at(-1)?.tools?.split(", ");
  const allowed = all.filter(({ name }) => said?.includes(name) === true);
  return allowed.length === 0 ? all : allowed;
}

function branchesOf(format: JsonSchema): OfferedTool[] {
  const branches = Array.isArray(format.anyOf) ? format.anyOf : [format];
  return branches.flatMap((branch) => {
    const properties = isRecord(branch) && isRecord(branch.properties) ? branch.properties : {};
    const { name, arguments: parameters } = properties;
    return isRecord(name) && typeof name.const === "string"
      ? [{ name: name.const, parameters: isRecord(parameters) ? parameters : {} }]
      : [];
  });
}

function declaredIn(system: string): OfferedTool[] {
  const lines = /<tools>\n([\s\S]*?)\n<\/tools>/.exec(system)?.[1]?.split("\n") ?? [];
  return lines.flatMap((line) => {
    try {
      const declared: unknown = JSON.parse(line);
      const called = isRecord(declared) && isRecord(declared.function) ? declared.function : {};
      const parameters = isRecord(called.parameters) ? called.parameters : {};
      return typeof called.name === "string" ? [{ name: called.name, parameters }] : [];
    } catch {
      return []; // a line that is no declaration offers nothing
    }
  });
}

/** Files that a brief shows. */
function shownIn(sections: readonly TurnSection[]): ShownFile[] {
  return sections.filter(({ name }) => name === "file" || name === "piece").map(({ name, values, text }) => ({
    path: values.path ?? "",
    text: unfenced(text),
    from: Number(values.from ?? 1),
    whole: name === "file",
  }));
}

/** How the tool that reads begins where it shows a whole file. */
const READ = "{{path}} ({{lines}} lines):";

/** Files that were read since. */
function readIn(results: readonly CallResult<string>[]): ShownFile[] {
  return results.flatMap(({ text }) => {
    const [first = "", ...lines] = text.split("\n");
    const read = readLine(READ, first);
    return read === null
      ? []
      : [{ path: read.path ?? "", text: lines.slice(0, Number(read.lines)).join("\n"), from: 1, whole: true }];
  });
}
