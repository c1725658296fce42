import type { JsonSchema } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
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
  readonly system: string;
  /** Everything that was said to the model after the system prompt, in order. */
  readonly heard: readonly string[];
  /** Its own replies so far, calls included as JSON. */
  readonly replies: readonly string[];
  readonly offered: readonly OfferedTool[];
  readonly form: CallForm;
  /** What a text is wanted for, such as `the complete content of src/a.js`; null where a call is wanted. */
  readonly wantedText: string | null;
  readonly files: ReadonlyMap<string, ShownFile>;
  /** Paths that the request names as files of the project, shown ones included. */
  readonly paths: readonly string[];
  readonly failing: readonly FailingCheck[];
  /** Most tokens of the answer, null where the request sets no bound. */
  readonly answerLimit: number | null;
}

/** A failing check as a brief lists it. */
export interface FailingCheck {
  readonly name: string;
  readonly evidence: string;
}

/**
 * Reads a request.
 * @param request what the model gets to see
 * @returns what an understudy acts on
 */
export function readScene(request: PlayRequest): Scene {
  const system = request.messages.filter(({ role }) => role === "system").map(({ content }) => content).join("\n\n");
  const said = request.messages.filter(({ role }) => role !== "system" && role !== "assistant");
  const heard = said.map(({ content }) => content);
  const replies = request.messages.filter(({ role }) => role === "assistant").map(({ content, calls }) =>
    calls.length === 0 ? content : `${content}${JSON.stringify(calls)}`
  );
  const files = filesIn(heard);
  const brief = heard[0] ?? "";
  const listed = section(brief, "Other files of the project").split("\n").filter((line) => /^\S+$/.test(line));
  const limit = request.options.num_predict;
  return {
    role: roleIn(system),
    system,
    heard,
    replies,
    offered: offeredIn(request, system, heard.at(-1) ?? ""),
    form: request.format !== null
      ? "constrained"
      : request.tools.length === 0
      ? "text"
      : request.prompt.startsWith("<bos>")
      ? "gemma"
      : "tagged",
    wantedText: /(?:^|\n)Now write ([^\n]+?)\. Answer with one fenced block[^\n]*$/.exec(heard.at(-1) ?? "")?.[1] ??
      null,
    files,
    paths: [...new Set([...files.keys(), ...listed])],
    failing: checksIn(section(brief, "Checks that must pass") || section(brief, "Checks that fail now")),
    answerLimit: typeof limit === "number" && limit > 0 ? limit : null,
  };
}

/**
 * Finds a section of a brief.
 * @param text a brief with `# Title` lines
 * @param title the title without its mark
 * @returns the lines under it up to the next title, "" where there is none
 */
export function section(text: string, title: string): string {
  const mark = `# ${title}\n`;
  const start = text.startsWith(mark) ? 0 : text.indexOf(`\n${mark}`) + 1;
  if (!text.startsWith(mark, start)) return "";
  const body = text.slice(start + mark.length);
  const end = body.search(/\n\n# /);
  return end < 0 ? body : body.slice(0, end);
}

function roleIn(system: string): string | null {
  const named = /\bYou are the (\w+)(?: specialist)? of a crew\b/.exec(system)?.[1];
  if (named !== undefined) return named;
  return /\bYou are a model that can do function calling\b/.test(system) ? "interpreter" : null;
}

/** Tools of the reply's schema, else those of the request, else those that the system prompt declares; then what the brief allows. */
function offeredIn(request: PlayRequest, system: string, last: string): OfferedTool[] {
  const all = request.format !== null
    ? branchesOf(request.format)
    : request.tools.length > 0
    ? request.tools.map(({ name, parameters }) => ({ name, parameters: parameters ?? {} }))
    : declaredIn(system);
  const said = [...last.matchAll(/(?:with exactly one of: |The tools that can are )([\w, ]+)\./g)].at(-1)?.[1]?.split(
    ", ",
  );
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

const SHOWN =
  /(?:^|\n)(?:# File (?<head>\S+) \((?:(?<count>\d+) lines|lines (?<from>\d+) to (?<to>\d+) of \d+)\)\n```|(?<read>\S+) \((?<all>\d+) lines\):)\n/g;

/** Files in the order they were shown: what was read last holds. */
function filesIn(heard: readonly string[]): Map<string, ShownFile> {
  const files = new Map<string, ShownFile>();
  for (const text of heard) {
    for (const match of text.matchAll(SHOWN)) {
      const { head, count, from, to, read, all } = match.groups ?? {};
      const path = head ?? read ?? "";
      const first = from === undefined ? 1 : Number(from);
      const lines = to === undefined ? Number(count ?? all) : Number(to) - first + 1;
      const shown = text.slice(match.index + match[0].length).split("\n").slice(0, lines).join("\n");
      files.set(path, { path, text: shown, from: first, whole: from === undefined });
    }
  }
  return files;
}

function checksIn(listed: string): FailingCheck[] {
  const checks: { name: string; evidence: string }[] = [];
  for (const line of listed.split("\n")) {
    const name = /^- (.+)$/.exec(line)?.[1];
    const last = checks.at(-1);
    if (name !== undefined) {
      if (!/^and \d+ more$/.test(name)) checks.push({ name, evidence: "" });
    } else if (last !== undefined) last.evidence += `${line.slice(2)}\n`;
  }
  return checks;
}
